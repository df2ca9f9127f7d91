using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NetGen.CompilerServices;

/// <summary>Packs the weights of several groups of channels as those of one, with zeros between channels of different groups.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class GroupMerging
{
    private const int Block = AlignedBuffer.AlignmentFloats;

    /// <summary>Packs weights of as many output as input channels a group.</summary>
    /// <param name="weights">The weights, [output channels][channels of a group][taps].</param>
    /// <param name="groupChannels">Channels of a group.</param>
    /// <param name="taps">Taps of a window.</param>
    /// <param name="mergedGroups">Number of merged groups.</param>
    /// <param name="mergedChannels">Channels of a merged group, a multiple of <paramref name="groupChannels"/>; of several also one of 16.</param>
    /// <param name="merged">
    /// Receives [merged groups][blocks of 16 output channels][blocks of 16 input channels][taps][16 input channels][16 output channels]; where a
    /// merged group has fewer than 16 channels the one block of inputs has as many.
    /// </param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Merge(ref float weights, int groupChannels, int taps, int mergedGroups, int mergedChannels, ref float merged)
    {
        int inputBlock = Math.Min(Block, mergedChannels), inputBlocks = (mergedChannels + Block - 1) / Block, outputBlocks = inputBlocks;
        int blockFloats = inputBlocks * taps * inputBlock * Block;
        MemoryMarshal.CreateSpan(ref merged, mergedGroups * outputBlocks * blockFloats).Clear();
        for (int output = 0; output < mergedGroups * mergedChannels; output++)
        {
            int channel = output % mergedChannels, first = channel / groupChannels * groupChannels;
            ref float ofBlock = ref Unsafe.Add(ref merged, ((output / mergedChannels * outputBlocks) + (channel / Block)) * blockFloats);
            for (int input = 0; input < groupChannels; input++)
            {
                int place = (first + input) / inputBlock * taps * inputBlock, lane = (first + input) % inputBlock;
                ref float from = ref Unsafe.Add(ref weights, ((output * groupChannels) + input) * taps);
                for (int tap = 0; tap < taps; tap++)
                {
                    Unsafe.Add(ref ofBlock, ((place + (tap * inputBlock) + lane) * Block) + (channel % Block)) = Unsafe.Add(ref from, tap);
                }
            }
        }
    }
}
