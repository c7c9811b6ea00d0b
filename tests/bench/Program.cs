using BenchmarkDotNet.Running;

// All benchmarks: dotnet run -c Release --project tests/bench -- --filter '*'; quickly: add --job short.
BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
