using BenchmarkDotNet.Running;
using NetGen.Benchmarks;
using NetGen.Benchmarks.SideBySide;

switch (args)
{
    case ["quick", .. var names]:
        return QuickMeasurement.Run(names);
    case ["build-cost", .. var names]:
        return BuildCost.Run(names);
    case ["batch"]:
        return BatchThroughput.Run();
    case ["direct"]:
        return DirectConvolutions.Run();
    case [SideBySideCommand.Name or FirstResultCommand.Name, ..]:
        return SideBySideProgram.Run(args);
    default:
        return RunBenchmarks(args);
}

// A method of its own, so that no other command waits until BenchmarkDotNet is loaded.
static int RunBenchmarks(string[] args)
{
    BenchmarkSwitcher.FromAssembly(typeof(LeNet5Inference).Assembly).Run(args);
    return 0;
}
