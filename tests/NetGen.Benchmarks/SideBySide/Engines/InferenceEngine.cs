namespace NetGen.Benchmarks.SideBySide;

/// <summary>A network loaded into an engine, with one input set and memory for its output.</summary>
internal abstract class InferenceEngine : IDisposable
{
    /// <summary>Computes the output from the input; what is timed.</summary>
    public abstract void Run();

    /// <summary>What the last run left.</summary>
    public abstract ReadOnlySpan<float> Output { get; }

    /// <summary>Frees what the engine holds outside the managed heap.</summary>
    public abstract void Dispose();
}

/// <summary>NetGen's generated code, called as an application would.</summary>
internal sealed class NetGenEngine<TNetwork> : InferenceEngine
    where TNetwork : class, INetwork<TNetwork>
{
    private readonly TNetwork _network;
    private readonly float[] _input = new float[TNetwork.InputLength];
    private readonly float[] _output = new float[TNetwork.OutputLength];
    private readonly Workspace _workspace;

    /// <param name="network">The network.</param>
    /// <param name="threads">Threads to use, the caller's counted.</param>
    public NetGenEngine(TNetwork network, int threads)
    {
        _network = network;
        _workspace = Workspace.For<TNetwork>(threads);
        FormulaValues.FillInput(_input);
    }

    public override ReadOnlySpan<float> Output => _output;

    public override void Run() => _network.Predict(_input, _output, _workspace);

    public override void Dispose() => _workspace.Dispose();
}
