using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NetGen.CompilerServices;

/// <summary>Makes a batch normalisation by running averages part of the weights before it, for emitted code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class NormalizationFolding
{
    /// <summary>Where there is no such parameter.</summary>
    public const int None = -1;

    /// <summary>
    /// Writes what the normalisation multiplies each channel by, weight / √(variance + ε), and behind that, after as many whole blocks of 16,
    /// what it adds: bias + (convolution's bias − mean) · scale. What lies behind the last channel is zero.
    /// </summary>
    /// <param name="parameters">The block in which the parameters are.</param>
    /// <param name="statistics">The block in which the running statistics are.</param>
    /// <param name="scale">Receives twice <paramref name="channels"/>, each rounded up to a multiple of 16.</param>
    /// <param name="channels">Number of channels.</param>
    /// <param name="epsilon">What is added to the variance.</param>
    /// <param name="weight">Place of the normalisation's weight; <see cref="None"/> for 1.</param>
    /// <param name="bias">Place of its bias; <see cref="None"/> for 0.</param>
    /// <param name="mean">Place of the running mean in <paramref name="statistics"/>.</param>
    /// <param name="variance">Place of the running variance in <paramref name="statistics"/>.</param>
    /// <param name="convolutionBias">Place of the bias before the normalisation; <see cref="None"/> for 0.</param>
    // Not inlined: every method emitted with a call of it would be compiled with its loops.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Fold(
        ref float parameters, ref float statistics, ref float scale, int channels, double epsilon, int weight, int bias, int mean, int variance, int convolutionBias = None)
    {
        int length = AlignedBuffer.RoundUp(channels);
        ref float shift = ref Unsafe.Add(ref scale, length);
        for (int c = 0; c < length; c++)
        {
            double factor = 0, added = 0;
            if (c < channels)
            {
                factor = (weight == None ? 1 : Unsafe.Add(ref parameters, weight + c)) / Math.Sqrt(Unsafe.Add(ref statistics, variance + c) + epsilon);
                double before = convolutionBias == None ? 0 : Unsafe.Add(ref parameters, convolutionBias + c);
                added = (bias == None ? 0 : Unsafe.Add(ref parameters, bias + c)) + ((before - Unsafe.Add(ref statistics, mean + c)) * factor);
            }

            Unsafe.Add(ref scale, c) = (float)factor;
            Unsafe.Add(ref shift, c) = (float)added;
        }
    }

    /// <summary>Scales weights of which each block has one output channel a lane: [blocks][…][16].</summary>
    /// <param name="weights">The weights.</param>
    /// <param name="scale">One factor an output channel, 16 a block.</param>
    /// <param name="blocks">Number of blocks.</param>
    /// <param name="blockFloats">Floats of a block.</param>
    /// <param name="folded">Receives as many weights.</param>
    // Not inlined: every method emitted with a call of it would be compiled with its loops.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void ScaleBlocks(ref float weights, ref float scale, int blocks, int blockFloats, ref float folded)
    {
        for (int block = 0; block < blocks; block++)
        {
            Vector512<float> factors = Vector512.LoadUnsafe(ref scale, (nuint)(block * Vector512<float>.Count));
            for (nuint at = (nuint)((long)block * blockFloats); at < (nuint)((block + 1L) * blockFloats); at += (nuint)Vector512<float>.Count)
            {
                (Vector512.LoadUnsafe(ref weights, at) * factors).StoreUnsafe(ref folded, at);
            }
        }
    }

    /// <summary>Scales weights of which each row is one output channel's: [rows][…].</summary>
    /// <param name="weights">The weights.</param>
    /// <param name="scale">One factor a row.</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="rowFloats">Floats of a row.</param>
    /// <param name="folded">Receives as many weights.</param>
    // Not inlined: every method emitted with a call of it would be compiled with its loops.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void ScaleRows(ref float weights, ref float scale, int rows, int rowFloats, ref float folded)
    {
        for (int row = 0; row < rows; row++)
        {
            float factor = Unsafe.Add(ref scale, row);
            for (int i = row * rowFloats; i < (row + 1) * rowFloats; i++)
            {
                Unsafe.Add(ref folded, i) = Unsafe.Add(ref weights, i) * factor;
            }
        }
    }
}
