using BenchmarkDotNet.Running;
using Interven.Bench;

// All benchmarks: dotnet run -c Release --project tests/bench -- --filter '*'; quickly: add --job short.
// Where a scan's time and allocation go: dotnet run -c Release --project tests/bench -- stages
// Records for an export to be measured by: dotnet run -c Release --project tests/bench -- fill <folder> <count>; tests/bench/load/export.sh does it all.
if (args is ["stages"])
{
    StageCosts.Print();
    StageCosts.PrintParts();
}
else if (args is ["fill", var folder, var records])
    await FillRecords.Run(folder, int.Parse(records, System.Globalization.CultureInfo.InvariantCulture));
else
    BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
