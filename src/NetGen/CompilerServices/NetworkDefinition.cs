using System.ComponentModel;

namespace NetGen.CompilerServices;

/// <summary>What the runtime needs to know of a network class: one static object of it for all networks of the class.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class NetworkDefinition
{
    private readonly int? _trainedFloats;

    /// <summary>The class's name, for messages.</summary>
    public required string Name { get; init; }

    /// <summary>Shape of the input.</summary>
    public required TensorShape InputShape { get; init; }

    /// <summary>Shape of the output.</summary>
    public required TensorShape OutputShape { get; init; }

    /// <summary>The parameters in PyTorch's order.</summary>
    public required ParameterLayout[] Parameters { get; init; }

    /// <summary>Floats in the parameter block, holes included.</summary>
    public required int ParameterFloats { get; init; }

    /// <summary>Floats at the block's start that the optimizer changes; statistics that training keeps lie behind them.</summary>
    public int TrainedFloats
    {
        get => _trainedFloats ?? ParameterFloats;
        init => _trainedFloats = value;
    }

    /// <summary>Floats of scratch memory that inference needs.</summary>
    public required int ArenaFloats { get; init; }

    /// <summary>Floats of scratch memory that each thread needs for itself; 0 where one thread predicts.</summary>
    public int ScratchFloats { get; init; }

    /// <summary>Whether several threads can share a prediction; a small network's would wait for each other longer than they save.</summary>
    public bool SharesWork { get; init; }

    /// <summary>Images that the program for groups takes at most; 0 where there is none.</summary>
    public int GroupImages { get; init; }

    /// <summary>Images from which a group is faster than one image after the other.</summary>
    public int FewestGroupImages { get; init; }

    /// <summary>Floats of scratch memory that the program for groups needs.</summary>
    public int GroupArenaFloats { get; init; }

    /// <summary>
    /// Of a network whose one output tells two classes apart: the value above which it means class 1. 0.5 for a sigmoid, 0 for a raw
    /// logit; null for other networks.
    /// </summary>
    public float? DecisionThreshold { get; init; }

    /// <summary>Floats of weights in the layouts that only prediction reads, such as Winograd's transformed ones.</summary>
    public int PackedFloats { get; init; }

    /// <summary>How images of bytes become the input; null where the network takes none.</summary>
    public PixelConversion? Pixels { get; init; }

    /// <summary>Where in the scratch memory the input that bytes become lies, in floats.</summary>
    public int PixelsOffset { get; init; }

    /// <summary>The parameters that the optimizer changes.</summary>
    internal ParameterLayout[] TrainedParameters => Array.FindAll(Parameters, layout => layout.Offset < TrainedFloats);

    // A workspace holds the threads' own memory, one after the other, and behind that the arena with room for one output, or a group's.

    /// <summary>Bytes that a single prediction needs.</summary>
    /// <param name="threads">Number of threads.</param>
    internal long WorkspaceBytes(int threads) => Bytes(threads, OutputEnd);

    /// <summary>Bytes that predictions of batches need.</summary>
    /// <param name="threads">Number of threads.</param>
    internal long BatchWorkspaceBytes(int threads) => Bytes(threads, Math.Max(OutputEnd, GroupArenaFloats));

    private int OutputEnd => ArenaFloats + AlignedBuffer.RoundUp(OutputShape.Length);

    private long Bytes(int threads, int arena) => sizeof(float) * (((long)threads * ScratchFloats) + arena);
}
