using System.Text.RegularExpressions;
using NetGen.Tests.Numerics;
using Samples.Zoo;
using Xunit;
using Xunit.Abstractions;

namespace NetGen.Tests.LeNet;

/// <summary>
/// How the JIT compiles emitted methods. Above certain sizes RyuJIT gives up optimising a method without a word; what it did with each
/// is printed by a process that asks for the summary.
/// </summary>
public sealed partial class CompilationTests(ITestOutputHelper output)
{
    private const string Scenario = "JitScenario";

    [Fact]
    public void No_emitted_method_is_compiled_without_optimisation()
    {
        string summary = Path.GetTempFileName();
        try
        {
            TestProcess.Run(
                typeof(CompilationTests),
                $"FullyQualifiedName~{nameof(Emitted_code_runs)}",
                ("DOTNET_JitStdOutFile", summary),
                ("DOTNET_JitDisasmSummary", "1"));
            // Threads that compile at the same time write into each other's lines: only whole ones count.
            string[] methods = [.. File.ReadLines(summary).Where(line => CompiledKernel().IsMatch(line))];
            output.WriteLine($"{methods.Length} emitted methods were compiled");
            Assert.True(methods.Length > 40, $"only {methods.Length} emitted methods were compiled:\n{string.Join('\n', methods)}");
            string[] unoptimised = [.. methods.Where(line => Tier(line) == "MinOpts" || (Tier(line) == "Tier0" && !IsProgram(line)))];
            Assert.True(unoptimised.Length == 0, string.Join('\n', unoptimised));
        }
        finally
        {
            File.Delete(summary);
        }
    }

    /// <summary>What the process above runs: a small network as it is scheduled, one that asks for full unrolling, a large one.</summary>
    [Fact]
    [Trait("Category", Scenario)]
    public void Emitted_code_runs()
    {
        Run<LeNet5>();
        Run<UnrolledNetwork>();
        Run<MnistCnn>();
    }

    [GeneratedRegex(@"JIT compiled NetGen\.Generated\.\S+Kernels:\S+ \[(?<tier>[^,\[\]]+), [^\[\]]*\]$")]
    private static partial Regex CompiledKernel();

    private static string Tier(string line) => CompiledKernel().Match(line).Groups["tier"].Value;

    // The programs only call steps, once each: they may start in the first tier.
    private static bool IsProgram(string line) =>
        new[] { ":Infer(", ":TrainForward(", ":TrainBackward(", ":PackForTraining(", ":PackForInference(" }.Any(name => line.Contains(name, StringComparison.Ordinal));

    private static void Run<TNetwork>()
        where TNetwork : class, ITrainableNetwork<TNetwork>
    {
        TNetwork network = TNetwork.Create(seed: 1);
        float[] images = new float[17 * TNetwork.InputLength];
        network.Predict(images.AsSpan(0, TNetwork.InputLength), new float[TNetwork.OutputLength]);
        using Trainer<TNetwork> trainer = new(network, new Sgd());
        trainer.Step(images, new int[17]);
    }
}

#pragma warning disable NETGEN071 // the point is what the budget keeps of full unrolling
[Network(Unroll = Unroll.Full)]
[Input(3, 20, 20)]
[Conv2d(24, 3, Padding = 1), ReLU]
[MaxPool2d(3, Stride = 2)]
[Conv2d(40, 3, Padding = 1), ReLU]
[AvgPool2d(2)]
[Linear(50), ReLU]
[Linear(10), Softmax]
internal sealed partial class UnrolledNetwork;
