using System.ComponentModel;

namespace NetGen.CompilerServices;

/// <summary>What the runtime needs to know of a network class: one static object of it for all networks of the class.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class NetworkDefinition
{
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

    /// <summary>Floats of scratch memory that inference needs.</summary>
    public required int ArenaFloats { get; init; }

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
}
