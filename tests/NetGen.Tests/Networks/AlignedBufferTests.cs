using System.Runtime.CompilerServices;
using NetGen.CompilerServices;
using Xunit;

namespace NetGen.Tests.Networks;

public sealed class AlignedBufferTests
{
    [Fact]
    public void Storage_starts_at_64_bytes_zeroed_and_stays_when_the_collector_compacts()
    {
        foreach (int length in Enumerable.Range(0, 70))
        {
            AlignedBuffer buffer = new(length);
            long before = Address(buffer);
            GC.Collect(2, GCCollectionMode.Forced, blocking: true, compacting: true);
            Assert.Equal(0, before % 64);
            Assert.Equal(before, Address(buffer));
            Assert.Equal(length, buffer.Length);
            Assert.Equal(new float[length], buffer.Span.ToArray());
        }
    }

    [Fact]
    public void Memory_reaches_to_the_next_whole_vector()
    {
        AlignedBuffer buffer = new(17);
        Unsafe.Add(ref buffer.Reference, 31) = 1;
        Assert.Equal(new float[17], buffer.Span.ToArray());
        Assert.Equal(32, AlignedBuffer.RoundUp(17));
    }

    [Fact]
    public void Blocks_of_many_megabytes_are_zeroed_too()
    {
        for (int round = 0; round < 2; round++)
        {
            AlignedBuffer buffer = new((int)(FreshMemory.LeastBytes / sizeof(float)) + 17);
            Assert.False(buffer.Span.ContainsAnyExcept(0f));
            buffer.Span.Fill(1);
            Assert.False(buffer.Span.ContainsAnyExcept(1f));
        }
    }

    [Fact]
    public void A_negative_length_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(() => new AlignedBuffer(-1));

    // From the offset of the reference to a null reference, which is an address without unsafe code.
    private static long Address(AlignedBuffer buffer) => Unsafe.ByteOffset(ref Unsafe.NullRef<float>(), ref buffer.Reference);
}
