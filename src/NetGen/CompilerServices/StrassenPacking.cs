using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NetGen.CompilerServices;

/// <summary>Packs the weights of 1×1 convolutions for Strassen's algorithm (1969) in Winograd's form (1971), for emitted code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class StrassenPacking
{
    private const int Block = AlignedBuffer.AlignmentFloats;

    /// <summary>
    /// Packs the seven factors of a product of halves. With A11 the weights from the first half of the input channels to the first half of the
    /// output channels, A12 those from the second half, and A21 and A22 below them, they are S1 = A21 + A22, S2 = S1 − A11, S3 = A11 − A21,
    /// S4 = A12 − S2, A11, A12 and A22.
    /// </summary>
    /// <param name="weights">The weights, [2 · outputBlocks][2 · inputBlocks][16 input channels][16 output channels].</param>
    /// <param name="outputBlocks">Blocks of 16 channels in half of the output channels.</param>
    /// <param name="inputBlocks">Blocks of 16 channels in half of the input channels.</param>
    /// <param name="packed">Receives [7][outputBlocks][inputBlocks][16][16].</param>
    public static void Pack(ref float weights, int outputBlocks, int inputBlocks, ref float packed) =>
        Pack(ref weights, ref Unsafe.NullRef<float>(), outputBlocks, inputBlocks, ref packed);

    /// <summary>Packs the same with each output channel's weights multiplied by a factor.</summary>
    /// <param name="weights">The weights, [2 · outputBlocks][2 · inputBlocks][16 input channels][16 output channels].</param>
    /// <param name="scale">One factor an output channel.</param>
    /// <param name="outputBlocks">Blocks of 16 channels in half of the output channels.</param>
    /// <param name="inputBlocks">Blocks of 16 channels in half of the input channels.</param>
    /// <param name="packed">Receives [7][outputBlocks][inputBlocks][16][16].</param>
    // Not inlined: every method emitted with a call of it would be compiled with its loops.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Pack(ref float weights, ref float scale, int outputBlocks, int inputBlocks, ref float packed)
    {
        nint rowFloats = (nint)inputBlocks * Block * Block, productFloats = outputBlocks * rowFloats;
        for (int output = 0; output < outputBlocks; output++)
        {
            Vector512<float> upperScale = Vector512<float>.One, lowerScale = upperScale;
            if (!Unsafe.IsNullRef(ref scale))
            {
                upperScale = Vector512.LoadUnsafe(ref scale, (nuint)(output * Block));
                lowerScale = Vector512.LoadUnsafe(ref scale, (nuint)((outputBlocks + output) * Block));
            }

            ref float upper = ref Unsafe.Add(ref weights, output * 2 * rowFloats);
            ref float lower = ref Unsafe.Add(ref weights, (outputBlocks + output) * 2 * rowFloats);
            ref float row = ref Unsafe.Add(ref packed, output * rowFloats);
            for (nint at = 0; at < rowFloats; at += Block)
            {
                Vector512<float> a11 = Vector512.LoadUnsafe(ref upper, (nuint)at) * upperScale;
                Vector512<float> a12 = Vector512.LoadUnsafe(ref upper, (nuint)(rowFloats + at)) * upperScale;
                Vector512<float> a21 = Vector512.LoadUnsafe(ref lower, (nuint)at) * lowerScale;
                Vector512<float> a22 = Vector512.LoadUnsafe(ref lower, (nuint)(rowFloats + at)) * lowerScale;
                Vector512<float> s1 = a21 + a22, s2 = s1 - a11;
                ref float to = ref Unsafe.Add(ref row, at);
                s1.StoreUnsafe(ref to);
                s2.StoreUnsafe(ref to, (nuint)productFloats);
                (a11 - a21).StoreUnsafe(ref to, (nuint)(2 * productFloats));
                (a12 - s2).StoreUnsafe(ref to, (nuint)(3 * productFloats));
                a11.StoreUnsafe(ref to, (nuint)(4 * productFloats));
                a12.StoreUnsafe(ref to, (nuint)(5 * productFloats));
                a22.StoreUnsafe(ref to, (nuint)(6 * productFloats));
            }
        }
    }
}
