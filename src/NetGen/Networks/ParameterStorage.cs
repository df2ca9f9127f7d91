using NetGen.CompilerServices;

namespace NetGen;

/// <summary>
/// Holds the flat block that a set of parameters lies in. Initialising and loading fill a new block and then exchange it here, so that a
/// load that fails half-way leaves the old values.
/// </summary>
internal sealed class ParameterStorage
{
    // Null until the network is initialised or loaded: reading parameters before that must fail, not read foreign memory.
    private AlignedBuffer _buffer = null!;
    private int _version;

    public AlignedBuffer Buffer
    {
        get => _buffer;
        set
        {
            _buffer = value;
            MarkChanged();
        }
    }

    /// <summary>Differs from what it was before the values changed.</summary>
    public int Version => Volatile.Read(ref _version);

    /// <summary>Says that values were written, so that whatever was derived from them is stale.</summary>
    public void MarkChanged() => Interlocked.Increment(ref _version);
}
