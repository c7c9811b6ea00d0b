namespace Interven.ApiFrontend.Http;

/// <summary>
/// Nobody tells a client of the cluster that the silo which has its question is gone: the question stays open until Orleans' own time-out of half a minute. And until the
/// cluster has noticed, some seconds, what would be looked up in the dead silo's part of the directory is refused. What may be asked twice is therefore asked again,
/// of another silo, and by another name where any name will do.
/// </summary>
static class LostSilo
{
    /// <summary>With two silos, every other name is in the dead one's part.</summary>
    const int MostTries = 6;

    /// <summary>A silo that finds another one dead, and does without it, takes a little more than a second.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(2500);

    /// <param name="clock">Measures the patience.</param>
    /// <param name="ask">Told how often it has been asked before; what that came to is not known.</param>
    public static async Task<T> Ask<T>(TimeProvider clock, Func<int, Task<T>> ask)
    {
        for (var tries = 0; ; tries++)
            try
            {
                return await ask(tries).WaitAsync(Patience, clock);
            }
            catch (Exception e) when (e is OrleansException or TimeoutException && tries + 1 < MostTries)
            {
                // The next silo is asked.
            }
    }

    public static Task<T> Ask<T>(HttpContext http, Func<int, Task<T>> ask) => Ask(http.RequestServices.GetRequiredService<TimeProvider>(), ask);
}
