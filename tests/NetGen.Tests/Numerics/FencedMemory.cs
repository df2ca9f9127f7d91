using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Xunit;

namespace NetGen.Tests.Numerics;

/// <summary>Which end of a <see cref="FencedMemory"/> touches its fence.</summary>
internal enum Fence
{
    Behind,
    Before,
}

/// <summary>
/// Floats right before or right behind memory that may not be touched, filled with NaN. On Linux the fence is a page without access on
/// either side: reading or writing there ends the process with a stack trace of the kernel that did, whatever became of the value. What
/// is left of the data's own pages, and elsewhere the whole surroundings, are guard values that <see cref="Check"/> looks after.
/// </summary>
internal sealed class FencedMemory : IDisposable
{
    private const uint GuardBits = 0x7FC0_DEAD;

    private readonly nint _mapping;
    private readonly nuint _mappingBytes;
    private readonly int _floats;
    private readonly int _start;
    private readonly float[] _array = [];
    private readonly nint _room;
    private readonly int _roomFloats;

    public FencedMemory(int floats, Fence fence = Fence.Behind)
    {
        _floats = floats;
        if (OperatingSystem.IsLinux())
        {
            int page = Environment.SystemPageSize;
            _roomFloats = ((floats * sizeof(float)) + page - 1) / page * page / sizeof(float);
            _mappingBytes = (nuint)((_roomFloats * sizeof(float)) + (2 * page));
            _mapping = Map(0, _mappingBytes, protection: 0, PrivateAnonymous, -1, 0);
            _room = _mapping + page;
            if (_mapping == -1 || (_roomFloats > 0 && Protect(_room, (nuint)(_roomFloats * sizeof(float)), ReadWrite) != 0))
            {
                throw new Win32Exception();
            }
        }
        else
        {
            _roomFloats = floats + 128;
            _array = GC.AllocateArray<float>(_roomFloats, pinned: true);
            _room = Marshal.UnsafeAddrOfPinnedArrayElement(_array, 0);
        }

        _start = fence == Fence.Behind ? _roomFloats - floats : 0;
        if (!OperatingSystem.IsLinux())
        {
            _start = 64;
        }

        Room.Fill(BitConverter.UInt32BitsToSingle(GuardBits));
        Span.Fill(float.NaN);
    }

    private const int ReadWrite = 3;
    private const int PrivateAnonymous = 0x22;

    public Span<float> Span => Room.Slice(_start, _floats);

    /// <summary>The first float; the fence, where there is none.</summary>
    public ref float Reference => ref Unsafe.AddByteOffset(ref Unsafe.NullRef<float>(), _room + (_start * sizeof(float)));

    private Span<float> Room => MemoryMarshal.CreateSpan(ref Unsafe.AddByteOffset(ref Unsafe.NullRef<float>(), _room), _roomFloats);

    public static FencedMemory Of(ReadOnlySpan<float> values, Fence fence = Fence.Behind)
    {
        var memory = new FencedMemory(values.Length, fence);
        values.CopyTo(memory.Span);
        return memory;
    }

    /// <summary>Demands that nothing was written around the floats.</summary>
    public void Check()
    {
        ReadOnlySpan<uint> bits = MemoryMarshal.Cast<float, uint>(Room);
        Assert.False(bits[.._start].ContainsAnyExcept(GuardBits), "memory before the floats was written");
        Assert.False(bits[(_start + _floats)..].ContainsAnyExcept(GuardBits), "memory behind the floats was written");
    }

    public void Dispose()
    {
        if (_mapping != 0)
        {
            _ = Unmap(_mapping, _mappingBytes);
        }
    }

    [DllImport("libc", EntryPoint = "mmap", SetLastError = true)]
    private static extern nint Map(nint address, nuint bytes, int protection, int flags, int file, nint offset);

    [DllImport("libc", EntryPoint = "mprotect", SetLastError = true)]
    private static extern int Protect(nint address, nuint bytes, int protection);

    [DllImport("libc", EntryPoint = "munmap", SetLastError = true)]
    private static extern int Unmap(nint address, nuint bytes);
}
