using NetGen.CompilerServices;

namespace NetGen;

/// <summary>
/// Holds the flat block that a set of parameters lies in. Initialising and loading fill a new block and then exchange it here, so that a
/// load that fails half-way leaves the old values.
/// </summary>
internal sealed class ParameterStorage
{
    // Null until the network is initialised or loaded: reading parameters before that must fail, not read foreign memory.
    public AlignedBuffer Buffer { get; set; } = null!;
}
