using BenchmarkDotNet.Running;
using Interven.Bench;

// All benchmarks: dotnet run -c Release --project tests/bench -- --filter '*'; quickly: add --job short.
// Where a scan's time and allocation go: dotnet run -c Release --project tests/bench -- stages
if (args is ["stages"])
{
    StageCosts.Print();
    StageCosts.PrintParts();
}
else
    BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
