using BenchmarkDotNet.Attributes;
using Interven.Engine.Classifying;
using Interven.Engine.Reading;

namespace Interven.Bench;

/// <summary>P5: every detector over clean agent traffic, on one core.</summary>
[MemoryDiagnoser]
public class ClassifierBenchmark
{
    readonly Classifier classifier = new(Detectors.All);
    readonly FindingList findings = new();
    ScanText text = new();

    [Params(1024, 65_536)]
    public int Bytes { get; set; }

    [GlobalSetup]
    public void Read() => text = AgentTraffic.Text(AgentTraffic.Body(Bytes));

    [GlobalCleanup]
    public void Release() => text.Dispose();

    [Benchmark]
    public int Classify()
    {
        findings.Clear();
        classifier.Classify(text, findings);
        return findings.Count;
    }
}
