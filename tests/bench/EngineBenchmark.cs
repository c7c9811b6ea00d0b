using BenchmarkDotNet.Attributes;

namespace Interven.Bench;

/// <summary>P4: the engine alone on one clean 1 KB request with ten policies, from the request's bytes to the record's and the answer's.</summary>
[MemoryDiagnoser]
[ShortRunJob]
public class EngineBenchmark
{
    readonly WholeScan scan = new();

    [Benchmark]
    public int Scan()
    {
        var (record, answer) = scan.Run();
        return record.Canonical.Length + answer.Length;
    }
}
