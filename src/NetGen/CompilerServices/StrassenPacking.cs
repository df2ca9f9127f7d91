using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NetGen.CompilerServices;

/// <summary>Packs the weights of 1×1 convolutions for Strassen's algorithm (1969) in Winograd's form (1971), for emitted code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class StrassenPacking
{
    private const int Block = AlignedBuffer.AlignmentFloats;

    private const int Products = 7;

    /// <summary>2⁻⁶³: a channel of smaller weights has none that count, and its pixels stay finite.</summary>
    private const float LeastScale = 1f / (1L << 62) / 2;

    private const uint ExponentBits = 0x7F800000;

    /// <summary>
    /// Packs the seven factors of a product of halves. With A11 the weights from the first half of the input channels to the first half of the
    /// output channels, A12 those from the second half, and A21 and A22 below them, they are A11, S2 = S1 − A11, S3 = A11 − A21, S1 = A21 + A22,
    /// S4 = A12 − S2, A22 and A12. In all but the first and the last an input channel's weights are divided by its scale, a power of two next to the
    /// largest of them (Ballard, Benson, Druinsky, Lipshitz and Schwartz, 2016).
    /// </summary>
    /// <param name="weights">The weights, [2 · outputBlocks][2 · inputBlocks][16 input channels][16 output channels].</param>
    /// <param name="outputBlocks">Blocks of 16 channels in half of the output channels.</param>
    /// <param name="inputBlocks">Blocks of 16 channels in half of the input channels.</param>
    /// <param name="packed">Receives [7][outputBlocks][inputBlocks][16][16], and behind it the scale of each input channel.</param>
    public static void Pack(ref float weights, int outputBlocks, int inputBlocks, ref float packed) =>
        Pack(ref weights, ref Unsafe.NullRef<float>(), outputBlocks, inputBlocks, ref packed);

    /// <summary>Packs the same with each output channel's weights multiplied by a factor.</summary>
    /// <param name="weights">The weights, [2 · outputBlocks][2 · inputBlocks][16 input channels][16 output channels].</param>
    /// <param name="outputScale">One factor an output channel.</param>
    /// <param name="outputBlocks">Blocks of 16 channels in half of the output channels.</param>
    /// <param name="inputBlocks">Blocks of 16 channels in half of the input channels.</param>
    /// <param name="packed">Receives [7][outputBlocks][inputBlocks][16][16], and behind it the scale of each input channel.</param>
    // Not inlined: every method emitted with a call of it would be compiled with its loops.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Pack(ref float weights, ref float outputScale, int outputBlocks, int inputBlocks, ref float packed)
    {
        nint rowFloats = (nint)inputBlocks * Block * Block, productFloats = outputBlocks * rowFloats;
        ref float scales = ref Unsafe.Add(ref packed, Products * productFloats);
        FindScales(ref weights, ref outputScale, 2 * outputBlocks, 2 * inputBlocks, ref packed, ref scales);
        for (int output = 0; output < outputBlocks; output++)
        {
            Vector512<float> upperScale = ScaleOf(ref outputScale, output), lowerScale = ScaleOf(ref outputScale, outputBlocks + output);
            ref float upper = ref Unsafe.Add(ref weights, output * 2 * rowFloats);
            ref float lower = ref Unsafe.Add(ref weights, (outputBlocks + output) * 2 * rowFloats);
            ref float row = ref Unsafe.Add(ref packed, output * rowFloats);
            for (nint channel = 0, at = 0; channel < inputBlocks * Block; channel++, at += Block)
            {
                float first = 1 / Unsafe.Add(ref scales, channel), second = 1 / Unsafe.Add(ref scales, (inputBlocks * Block) + channel);
                Vector512<float> a11 = Vector512.LoadUnsafe(ref upper, (nuint)at) * upperScale;
                Vector512<float> a12 = Vector512.LoadUnsafe(ref upper, (nuint)(rowFloats + at)) * upperScale;
                Vector512<float> a21 = Vector512.LoadUnsafe(ref lower, (nuint)at) * lowerScale * first;
                Vector512<float> a22 = Vector512.LoadUnsafe(ref lower, (nuint)(rowFloats + at)) * lowerScale * second;
                ref float to = ref Unsafe.Add(ref row, at);
                a11.StoreUnsafe(ref to);
                a12.StoreUnsafe(ref to, (nuint)(6 * productFloats));
                a11 *= first;
                a12 *= second;
                Vector512<float> s1 = a21 + a22, s2 = s1 - a11;
                s2.StoreUnsafe(ref to, (nuint)productFloats);
                (a11 - a21).StoreUnsafe(ref to, (nuint)(2 * productFloats));
                s1.StoreUnsafe(ref to, (nuint)(3 * productFloats));
                (a12 - s2).StoreUnsafe(ref to, (nuint)(4 * productFloats));
                a22.StoreUnsafe(ref to, (nuint)(5 * productFloats));
            }
        }
    }

    /// <summary>
    /// Finds for each input channel the power of two below its largest weight; 1 where that is zero, tiny, or no number. Weights are read front to back,
    /// and the largest in each lane kept meanwhile, 16 floats an input channel.
    /// </summary>
    // Not inlined: every method emitted with a call of it would be compiled with its loops.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void FindScales(ref float weights, ref float outputScale, int outputBlocks, int inputBlocks, ref float largest, ref float scales)
    {
        nint rowFloats = (nint)inputBlocks * Block * Block;
        for (int output = 0; output < outputBlocks; output++)
        {
            Vector512<float> scale = ScaleOf(ref outputScale, output);
            ref float row = ref Unsafe.Add(ref weights, output * rowFloats);
            for (nint at = 0; at < rowFloats; at += Block)
            {
                Vector512<float> here = Vector512.Abs(Vector512.LoadUnsafe(ref row, (nuint)at) * scale);
                (output == 0 ? here : Vector512.Max(here, Vector512.LoadUnsafe(ref largest, (nuint)at))).StoreUnsafe(ref largest, (nuint)at);
            }
        }

        for (nint channel = 0; channel < inputBlocks * Block; channel++)
        {
            float most = 0;
            for (int lane = 0; lane < Block; lane++)
            {
                most = Math.Max(most, Unsafe.Add(ref largest, (channel * Block) + lane));
            }

            Unsafe.Add(ref scales, channel) = most is >= LeastScale and <= 1 / LeastScale ? BitConverter.UInt32BitsToSingle(BitConverter.SingleToUInt32Bits(most) & ExponentBits) : 1;
        }
    }

    private static Vector512<float> ScaleOf(ref float outputScale, int block) =>
        Unsafe.IsNullRef(ref outputScale) ? Vector512<float>.One : Vector512.LoadUnsafe(ref outputScale, (nuint)(block * Block));
}
