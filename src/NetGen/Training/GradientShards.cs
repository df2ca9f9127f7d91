using System.Runtime.InteropServices;
using NetGen.CompilerServices;

namespace NetGen;

/// <summary>
/// The gradient buffers that a batch is spread over. Their sum is a pairwise tree, fixed by their number, so that its bits do not depend
/// on who adds.
/// </summary>
internal sealed class GradientShards
{
    // The buffers' parts of one chunk together stay in the first-level cache: one pass over memory whatever the depth of the tree.
    private const int ChunkFloats = 1024;

    private readonly AlignedBuffer?[] _buffers;
    private readonly int _length;

    /// <summary>Allocates the first buffer, where the sum will be; the others follow when a batch needs them.</summary>
    public GradientShards(int shards, int length)
    {
        _buffers = new AlignedBuffer?[shards];
        _length = length;
        Sum = Allocate(0);
    }

    /// <summary>The first buffer: the sum, once <see cref="Add"/> has covered all of it.</summary>
    public AlignedBuffer Sum { get; }

    public AlignedBuffer this[int shard] => _buffers[shard]!;

    public void Require(int count)
    {
        for (int shard = 0; shard < count; shard++)
        {
            Allocate(shard);
        }
    }

    /// <summary>Adds the first buffers up into the first of them.</summary>
    /// <param name="count">Number of buffers.</param>
    /// <param name="start">Where to begin, in floats.</param>
    /// <param name="end">Where to end.</param>
    public void Add(int count, int start, int end)
    {
        for (int chunk = start; chunk < end; chunk += ChunkFloats)
        {
            int length = Math.Min(ChunkFloats, end - chunk);
            for (int distance = 1; distance < count; distance *= 2)
            {
                for (int shard = 0; shard + distance < count; shard += 2 * distance)
                {
                    Lanes.Sweep(new AddSweep(this[shard].Span.Slice(chunk, length), this[shard + distance].Span.Slice(chunk, length)), length);
                }
            }
        }
    }

    private AlignedBuffer Allocate(int shard) => _buffers[shard] ??= new AlignedBuffer(_length);

    private readonly ref struct AddSweep(Span<float> sum, Span<float> other) : ISweep
    {
        private readonly ref float _sum = ref MemoryMarshal.GetReference(sum);
        private readonly ref float _other = ref MemoryMarshal.GetReference(other);

        public nint Run<TLanes>(nint index, nint length)
            where TLanes : struct, ILanes<TLanes>
        {
            ref float sum = ref _sum;
            ref float other = ref _other;
            for (; index <= length - TLanes.Count; index += TLanes.Count)
            {
                (TLanes.Load(ref sum, index) + TLanes.Load(ref other, index)).Store(ref sum, index);
            }

            return index;
        }
    }
}
