using System.Text.Json;
using Interven.Bench;

namespace Interven.Engine.Tests.Deciding;

/// <summary>
/// What a scan may cost, so that a slip of a whole factor is seen with the next test run. Allocations and ratios hold on any machine; times are measured by the
/// benchmarks (`docs/performance.md`).
/// </summary>
public sealed class CostGateTests
{
    const int Scans = 400, Rounds = 12, MostRounds = 600, MostBytes = 6 * 1024;

    /// <summary>A scan reads the call, looks into every text of it for all classes of data, decides, and writes record and answer.</summary>
    const double MostReadings = 25;

    readonly WholeScan scan = new();

    [Fact]
    public void A_clean_scan_of_a_kilobyte_allocates_no_more_than_six()
    {
        Warm();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var n = 0; n < Scans; n++)
            scan.Run();
        var each = (GC.GetAllocatedBytesForCurrentThread() - before) / Scans;
        Assert.True(each <= MostBytes, $"A scan allocates {each} bytes");
    }

    [Fact]
    public void A_clean_scan_takes_no_longer_than_so_many_readings_of_its_JSON()
    {
        Warm();
        var least = double.MaxValue;
        // The runtime compiles well what is called often, but not while other tests go on bringing it new code.
        for (var round = 0; round < Rounds || (least > MostReadings && round < MostRounds); round++)
            least = Math.Min(least, ThreadTime.Of(ScanAll) / ThreadTime.Of(ReadAll));
        Assert.True(least <= MostReadings, $"A scan costs {least:F1} readings of its JSON");
    }

    void Warm()
    {
        for (var round = 0; round < Rounds; round++)
            ScanAll();
    }

    void ScanAll()
    {
        for (var n = 0; n < Scans; n++)
            scan.Run();
    }

    void ReadAll()
    {
        for (var n = 0; n < Scans; n++)
            JsonDocument.Parse(scan.Request).Dispose();
    }
}
