using BenchmarkDotNet.Running;
using NetGen.Benchmarks;

switch (args)
{
    case ["quick", .. var names]:
        return QuickMeasurement.Run(names);
    case ["build-cost"]:
        return BuildCost.Run();
    default:
        BenchmarkSwitcher.FromAssembly(typeof(LeNet5Inference).Assembly).Run(args);
        return 0;
}
