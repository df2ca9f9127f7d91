using System.Reflection;
using NetGen.Benchmarks.SideBySide.Onnx;

namespace NetGen.Benchmarks.SideBySide;

/// <summary>A network that both engines can run: its files, and how an engine loads them.</summary>
/// <param name="name">The network's name on the command line and in tables.</param>
internal abstract class BenchmarkNetwork(string name)
{
    public string Name { get; } = name;

    /// <summary>Multiply-adds of one image.</summary>
    public abstract long MultiplyAdds { get; }

    /// <summary>Writes the network with the formula's weights for both engines.</summary>
    /// <param name="directory">Where the files go.</param>
    public abstract void WriteFiles(string directory);

    /// <summary>Loads the network from its file as NetGen's application would.</summary>
    /// <param name="directory">Where the files are.</param>
    /// <param name="threads">Threads to use.</param>
    public abstract InferenceEngine LoadNetGen(string directory, int threads);

    /// <summary>Loads the network from its file into ONNX Runtime.</summary>
    /// <param name="directory">Where the files are.</param>
    /// <param name="runtime">The library.</param>
    /// <param name="threads">Threads to use.</param>
    public abstract InferenceEngine LoadOnnxRuntime(string directory, OnnxRuntime runtime, int threads);

    protected string WeightsPath(string directory) => Path.Combine(directory, Name + ".safetensors");

    protected string ModelPath(string directory) => Path.Combine(directory, Name + ".onnx");
}

/// <summary>A network given as its class.</summary>
internal sealed class BenchmarkNetwork<TNetwork>(string name) : BenchmarkNetwork(name)
    where TNetwork : class, INetwork<TNetwork>
{
    public override long MultiplyAdds => TNetwork.MultiplyAdds;

    public override void WriteFiles(string directory)
    {
        TNetwork network = TNetwork.Create(seed: 0);
        FormulaValues.Fill(network.Parameters);
        network.Save(WeightsPath(directory));
        using FileStream stream = File.Create(ModelPath(directory));
        OnnxModel.Write(DeclaredGraphs.Of(typeof(TNetwork)), network.Parameters, stream);
    }

    public override InferenceEngine LoadNetGen(string directory, int threads) =>
        new NetGenEngine<TNetwork>(TNetwork.Load(WeightsPath(directory)), threads);

    public override InferenceEngine LoadOnnxRuntime(string directory, OnnxRuntime runtime, int threads) => new OnnxRuntimeEngine(
        runtime, ModelPath(directory), InputExtents(), [1, TNetwork.OutputLength], threads);

    // Without the graph: a process that measures the first result must not compile declarations before.
    private static long[] InputExtents() => typeof(TNetwork).GetCustomAttribute<InputAttribute>()!.IsVector
        ? [1, TNetwork.InputLength]
        : [1, TNetwork.InputShape.Channels, TNetwork.InputShape.Height, TNetwork.InputShape.Width];
}
