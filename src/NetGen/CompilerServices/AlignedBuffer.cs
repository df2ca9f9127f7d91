using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NetGen.CompilerServices;

/// <summary>
/// Zeroed float storage that starts at a multiple of 64 bytes and never moves, so that no vector straddles two cache lines. Its memory
/// reaches to the next multiple of 64 bytes behind the last element.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class AlignedBuffer
{
    internal const int AlignmentFloats = 16;
    private const int AlignmentBytes = AlignmentFloats * sizeof(float);

    private readonly float[] _array;
    private readonly int _start;

    /// <summary>Allocates zeroed storage.</summary>
    /// <param name="length">Number of floats.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="length"/> is negative.</exception>
    public AlignedBuffer(int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        Length = length;
        _array = GC.AllocateArray<float>(checked(RoundUp(length) + AlignmentFloats), pinned: true);
        nint address = Marshal.UnsafeAddrOfPinnedArrayElement(_array, 0);
        FreshMemory.Populate(address, sizeof(float) * (long)_array.Length);
        _start = (int)((AlignmentBytes - (address & (AlignmentBytes - 1))) & (AlignmentBytes - 1)) / sizeof(float);
    }

    /// <summary>Number of floats.</summary>
    public int Length { get; }

    /// <summary>The first element.</summary>
    public ref float Reference => ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_array), _start);

    /// <summary>All elements.</summary>
    public Span<float> Span => _array.AsSpan(_start, Length);

    /// <summary>The next multiple of the alignment, in floats.</summary>
    internal static int RoundUp(int length) => checked(length + AlignmentFloats - 1) & -AlignmentFloats;
}
