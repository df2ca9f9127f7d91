using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NetGen.CompilerServices;

/// <summary>Packs the weights of small groups of channels as those of one group of 16, with zeros between channels of different groups.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class GroupMerging
{
    private const int Block = AlignedBuffer.AlignmentFloats;

    /// <summary>Packs weights of as many output as input channels a group.</summary>
    /// <param name="weights">The weights, [output channels][channels of a group][taps].</param>
    /// <param name="groupChannels">Channels of a group, a divisor of 16.</param>
    /// <param name="taps">Taps of a window.</param>
    /// <param name="blocks">Blocks of 16 output channels.</param>
    /// <param name="merged">Receives [blocks][taps][16 input channels][16 output channels].</param>
    // Not inlined: every method emitted with a call of it would be compiled with its loops.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Merge(ref float weights, int groupChannels, int taps, int blocks, ref float merged)
    {
        MemoryMarshal.CreateSpan(ref merged, blocks * taps * Block * Block).Clear();
        for (int output = 0; output < blocks * Block; output++)
        {
            int lane = output % Block, first = lane / groupChannels * groupChannels;
            ref float ofBlock = ref Unsafe.Add(ref merged, output / Block * taps * Block * Block);
            for (int input = 0; input < groupChannels; input++)
            {
                ref float from = ref Unsafe.Add(ref weights, ((output * groupChannels) + input) * taps);
                for (int tap = 0; tap < taps; tap++)
                {
                    Unsafe.Add(ref ofBlock, (((tap * Block) + first + input) * Block) + lane) = Unsafe.Add(ref from, tap);
                }
            }
        }
    }
}
