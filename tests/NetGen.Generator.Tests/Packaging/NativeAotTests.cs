using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Runtime.Intrinsics.X86;
using System.Text.RegularExpressions;
using NetGen.Generator.Tests.Numerics;
using Xunit;
using Xunit.Abstractions;

namespace NetGen.Generator.Tests.Packaging;

/// <summary>
/// NativeAOT compiles <c>samples/Inference</c> without a warning, for the vectors of the instruction set that was chosen and for no
/// others, and the executable predicts what the program predicts under the JIT, without allocating.
/// </summary>
[Collection(nameof(PackageTestGroup))]
public sealed partial class NativeAotTests(NativeAotOutput folder, ITestOutputHelper output) : IClassFixture<NativeAotOutput>
{
    /// <summary>Rounding to the four digits printed, and what summing in another order changes.</summary>
    private const double Tolerance = 2e-4;

    [NativeAotTheory]
    [InlineData("", 128)]
    [InlineData("x86-x64-v3", 256)]
    [InlineData("native", 0)]
    public void Every_instruction_set_runs_on_its_own_vectors(string instructionSet, int bits)
    {
        // A machine with AVX-512 compiles for it; none that tests run on is without AVX2.
        if (bits == 0) bits = Avx512BW.VL.IsSupported && Avx512DQ.VL.IsSupported ? 512 : Avx2.IsSupported ? 256 : 128;

        DotNetRun publish = NativeAotSample.Run(
            "publish", folder.Root, "--configuration", "Release", "--output", Path.GetDirectoryName(NativeAotSample.ExecutableIn(folder.Root))!,
            instructionSet.Length == 0 ? "-p:NetGenSuggestInstructionSet=false" : $"-p:IlcInstructionSet={instructionSet}").Succeeded();
        publish.DidNotPrint("warning ");

        int[] widths = [.. NativeAotSample.MethodsIn(folder.Root)
            .Select(line => KernelWidth().Match(line)).Where(match => match.Success)
            .Select(match => int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture)).Distinct().Order()];
        Assert.Equal([bits], widths);

        string weights = folder.Weights;
        Prediction[] expected = Read(DotNetRun.Of(folder.Root, NativeAotSample.AssemblyIn(folder.Root), weights).Succeeded().Output);
        string executable = NativeAotSample.ExecutableIn(folder.Root);
        Prediction[] actual = Read(Start(executable, weights, out _));
        Assert.Equal(expected.Select(row => (row.Drawn, row.Predicted)), actual.Select(row => (row.Drawn, row.Predicted)));
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First.Probability, pair.Second.Probability, Tolerance));
        Assert.All(actual, row => Assert.Equal(0, row.Bytes));

        Start(executable, "--help", out TimeSpan toTheEnd);
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{(instructionSet.Length == 0 ? "no instruction set" : instructionSet)}: {bits}-bit vectors, {new FileInfo(executable).Length / 1e6:F1} MB, {toTheEnd.TotalMilliseconds:F0} ms from start to end of --help, {actual.Min(row => row.Microseconds):F1} µs a prediction"));
    }

    private static string Start(string executable, string argument, out TimeSpan time)
    {
        long start = Stopwatch.GetTimestamp();
        using Process process = Process.Start(new ProcessStartInfo(executable, [argument]) { RedirectStandardOutput = true })!;
        string printed = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        time = Stopwatch.GetElapsedTime(start);
        Assert.True(process.ExitCode == 0, $"{executable} {argument} ended with {process.ExitCode}:\n{printed}");
        return printed;
    }

    private static Prediction[] Read(string printed)
    {
        Prediction[] rows = [.. printed.Split('\n')
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            .Where(columns => columns.Length == 5 && int.TryParse(columns[0], CultureInfo.InvariantCulture, out _))
            .Select(columns => new Prediction(
                int.Parse(columns[0], CultureInfo.InvariantCulture),
                int.Parse(columns[1], CultureInfo.InvariantCulture),
                double.Parse(columns[2], CultureInfo.InvariantCulture),
                double.Parse(columns[3], CultureInfo.InvariantCulture),
                double.Parse(columns[4], CultureInfo.InvariantCulture)))];
        Assert.Equal(10, rows.Length);
        return rows;
    }

    /// <summary>A kernel is a method of its width's class: <c>Kernels.V128.Linear_84_to_10_1x4</c>.</summary>
    [GeneratedRegex(@"Kernels_V(128|256|512)__\w+\b")]
    private static partial Regex KernelWidth();

    /// <summary>A line of what the sample prints.</summary>
    private sealed record Prediction(int Drawn, int Predicted, double Probability, double Microseconds, double Bytes);
}

/// <summary>The folder that the publishes share, so that only the last stages are done again, with weights for LeNet-5.</summary>
public sealed class NativeAotOutput : IDisposable
{
    private readonly Lazy<string> _weights;

    public NativeAotOutput() => _weights = new Lazy<string>(SaveWeights);

    public string Root { get; } = Directory.CreateTempSubdirectory("netgen-aot-").FullName;

    public string Weights => _weights.Value;

    public void Dispose() => Directory.Delete(Root, recursive: true);

    private string SaveWeights()
    {
        string declaration = File.ReadAllText(Path.Combine(PackedNetGen.RepositoryRoot, "samples", "Mnist", "LeNet5.cs"));
        Type network = CompiledNetworks.Load(declaration.Replace("using NetGen;", "", StringComparison.Ordinal)).GetType("Samples.LeNet5", throwOnError: true)!;
        string path = Path.Combine(Root, "lenet5.safetensors");
        typeof(NativeAotOutput).GetMethod(nameof(Save), BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(network).Invoke(null, [path]);
        return path;
    }

    private static void Save<TNetwork>(string path)
        where TNetwork : class, INetwork<TNetwork> => TNetwork.Create(1).Save(path);
}
