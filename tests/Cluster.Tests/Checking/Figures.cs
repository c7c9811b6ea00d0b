using System.Globalization;
using Xunit.Abstractions;

namespace Interven.Cluster.Tests.Checking;

/// <summary>How much a fault test does, set by the environment so that the full figures are one command; and where its results go.</summary>
static class Figures
{
    /// <summary>Printed with every result; INTERVEN_SEED repeats a run's order of faults.</summary>
    public static int Seed { get; } = Of("INTERVEN_SEED", (int)(Environment.TickCount64 & 0xffff));

    public static int Of(string name, int usual) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var set) ? set : usual;

    /// <summary>A row of the table of results: to the test's output, and to the file that INTERVEN_REPORT names.</summary>
    public static void Report(ITestOutputHelper output, string bar, string figures)
    {
        var load = File.ReadAllText("/proc/loadavg").Split(' ')[0];
        var row = $"| {bar} | {figures} | seed {Seed}, load {load} |";
        output.WriteLine(row);
        if (Environment.GetEnvironmentVariable("INTERVEN_REPORT") is { Length: > 0 } file)
            File.AppendAllText(file, row + "\n");
    }
}
