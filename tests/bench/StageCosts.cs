using System.Diagnostics;
using System.Globalization;

namespace Interven.Bench;

/// <summary>Where a scan's time and allocation go, stage by stage: the best of several rounds, because other load only ever adds.</summary>
static class StageCosts
{
    const int Rounds = 60, Scans = 500;

    static readonly string[] Names = ["read", "prepare", "classify", "decide", "record", "answer"];

    public static void Print()
    {
        var scan = new WholeScan();
        var best = new double[Names.Length];
        var bytes = new long[Names.Length];
        Array.Fill(best, double.MaxValue);
        for (var round = 0; round < Rounds; round++)
        {
            var ticks = new long[Names.Length];
            Array.Clear(bytes);
            for (var n = 0; n < Scans; n++)
                Once(scan, ticks, bytes);
            for (var stage = 0; stage < Names.Length; stage++)
                best[stage] = Math.Min(best[stage], ticks[stage] * 1e6 / Stopwatch.Frequency / Scans);
        }
        for (var stage = 0; stage < Names.Length; stage++)
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Names[stage],-9}{best[stage],7:0.00} us{bytes[stage] / Scans,8} B"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{"all",-9}{best.Sum(),7:0.00} us{bytes.Sum() / Scans,8} B"));
    }

    /// <summary>The detectors (P5) and the policies (P6) by the same measure: the best of many rounds.</summary>
    public static void PrintParts()
    {
        foreach (var size in (int[])[1024, 65_536])
        {
            var detectors = new ClassifierBenchmark { Bytes = size };
            detectors.Read();
            var best = Best(() => detectors.Classify(), 4 * 65_536 / size);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"detectors, {size} bytes {best,9:0.00} us {size / best,7:0} MB/s"));
            detectors.Release();
        }
        var policies = new PolicyBenchmarks();
        policies.Build();
        var (few, many) = (Best(() => policies.TenRulesOnOtherTools().Matches.Count, 20_000), Best(() => policies.AThousandRulesOnOtherTools().Matches.Count, 20_000));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"policies, 10 rules {few * 1000:0.0} ns, 1,000 rules {many * 1000:0.0} ns"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"ten policies on the call {Best(() => policies.TenPoliciesOnThisCall().Matches.Count, 500):0.00} us"));
    }

    static double Best(Func<int> work, int times)
    {
        var best = double.MaxValue;
        for (var round = 0; round < 2 * Rounds; round++)
        {
            var start = Stopwatch.GetTimestamp();
            for (var n = 0; n < times; n++)
                work();
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalMicroseconds / times);
        }
        return best;
    }

    static void Once(WholeScan bench, long[] ticks, long[] bytes)
    {
        var read = Timed(0, bench.Read);
        using var scan = Timed(1, () => bench.Prepare(read));
        Timed(2, () => { scan.Classify(); return 0; });
        var outcome = Timed(3, () => bench.Decide(scan));
        Timed(4, () => WholeScan.Record(scan, outcome));
        Timed(5, () => WholeScan.Answer(outcome));

        T Timed<T>(int stage, Func<T> work)
        {
            var (start, before) = (Stopwatch.GetTimestamp(), GC.GetAllocatedBytesForCurrentThread());
            var result = work();
            bytes[stage] += GC.GetAllocatedBytesForCurrentThread() - before;
            ticks[stage] += Stopwatch.GetTimestamp() - start;
            return result;
        }
    }
}
