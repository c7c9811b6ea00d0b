using System.Diagnostics;

namespace Interven.Cluster.Tests.Running;

/// <summary>A program that is run to its end.</summary>
static class Command
{
    /// <summary>What it printed; a failure fails the test with what it said.</summary>
    public static async Task<string> Run(string program, IEnumerable<string> arguments, TimeSpan? patience = null)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Places.Root };
        using var process = Process.Start(start)!;
        var (said, complained) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        using var over = new CancellationTokenSource(patience ?? TimeSpan.FromSeconds(60));
        try
        {
            await process.WaitForExitAsync(over.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{program} did not end in time");
        }
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', start.ArgumentList)} ended with {process.ExitCode}:\n{await said}\n{await complained}");
        return await said;
    }
}
