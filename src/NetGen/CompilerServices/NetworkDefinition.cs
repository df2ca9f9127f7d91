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

    /// <summary>Whether the network ends in one sigmoid output: class 1 where it is above 0.5.</summary>
    public bool IsBinary { get; init; }

    /// <summary>Floats of weights in the layouts that only prediction reads, such as Winograd's transformed ones.</summary>
    public int PackedFloats { get; init; }

    /// <summary>Derives those from the parameters; null where there are none.</summary>
    public PackWeights? PackWeights { get; init; }
}
