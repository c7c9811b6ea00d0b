namespace Interven.Storage.Tests.Harness;

/// <summary>Waits for a condition, never for a time.</summary>
static class Eventually
{
    public static async Task Is(Func<Task<bool>> condition, string what, int seconds = 30)
    {
        using var over = new CancellationTokenSource(TimeSpan.FromSeconds(seconds));
        using var look = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        Exception? last = null;
        while (!over.IsCancellationRequested)
        {
            try
            {
                if (await condition())
                    return;
            }
            catch (Exception fault) when (fault is not Xunit.Sdk.XunitException)
            {
                last = fault;
            }
            await look.WaitForNextTickAsync(CancellationToken.None);
        }
        Assert.Fail($"Not within {seconds} s: {what}. {last?.Message}");
    }
}
