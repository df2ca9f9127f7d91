using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace NetGen.CompilerServices;

/// <summary>
/// Turns the bytes of an image into a network's input: planes of (byte / 255 − mean) / deviation. The two divisions are one factor, rounded
/// once, and nothing is fused, so that an image has the same bits on every machine.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class PixelConversion
{
    private const int Step = 16;
    private const int Colours = 3;

    private readonly ImageLayout _layout;
    private readonly float[] _factors;
    private readonly float[] _addends;
    private readonly int _pixels;

    /// <summary>Describes the images of a network.</summary>
    /// <param name="shape">The network's input.</param>
    /// <param name="layout">How the bytes lie.</param>
    /// <param name="means">One mean for all channels, or one for each.</param>
    /// <param name="deviations">One standard deviation for all channels, or one for each.</param>
    /// <exception cref="ArgumentException">There are neither one nor as many means or deviations as channels.</exception>
    public PixelConversion(TensorShape shape, ImageLayout layout, double[] means, double[] deviations)
    {
        ArgumentNullException.ThrowIfNull(means);
        ArgumentNullException.ThrowIfNull(deviations);
        CheckCount(means, shape, nameof(means));
        CheckCount(deviations, shape, nameof(deviations));
        _layout = layout;
        _pixels = shape.Height * shape.Width;
        _factors = new float[shape.Channels];
        _addends = new float[shape.Channels];
        for (int channel = 0; channel < shape.Channels; channel++)
        {
            double mean = means[means.Length == 1 ? 0 : channel], deviation = deviations[deviations.Length == 1 ? 0 : channel];
            _factors[channel] = (float)(1 / (byte.MaxValue * deviation));
            _addends[channel] = (float)(-mean / deviation);
        }
    }

    /// <summary>Converts one image.</summary>
    /// <param name="image">Its bytes.</param>
    /// <param name="input">Receives as many values, channel by channel.</param>
    internal void Convert(ReadOnlySpan<byte> image, Span<float> input)
    {
        if (_layout == ImageLayout.Chw || _factors.Length == 1)
        {
            for (int channel = 0; channel < _factors.Length; channel++)
            {
                ConvertPlane(
                    image.Slice(channel * _pixels, _pixels), input.Slice(channel * _pixels, _pixels), _factors[channel], _addends[channel]);
            }
        }
        else if (_factors.Length == Colours)
        {
            ConvertColours(image[..(Colours * _pixels)], input[..(Colours * _pixels)]);
        }
        else
        {
            ConvertPixels(image, input, 0);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ConvertPlane(ReadOnlySpan<byte> image, Span<float> plane, float factor, float addend)
    {
        ref byte source = ref MemoryMarshal.GetReference(image);
        ref float destination = ref MemoryMarshal.GetReference(plane);
        int i = 0;
        if (Vector128.IsHardwareAccelerated)
        {
            for (; i <= image.Length - Step; i += Step)
            {
                Store(Vector128.LoadUnsafe(ref source, (nuint)i), ref Unsafe.Add(ref destination, i), factor, addend);
            }
        }

        for (; i < image.Length; i++)
        {
            plane[i] = (image[i] * factor) + addend;
        }
    }

    /// <summary>Takes 16 pixels of three bytes apart at a time.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ConvertColours(ReadOnlySpan<byte> image, Span<float> input)
    {
        int pixel = 0;
        if (Vector128.IsHardwareAccelerated)
        {
            ref byte source = ref MemoryMarshal.GetReference(image);
            ref float red = ref MemoryMarshal.GetReference(input);
            ref float green = ref Unsafe.Add(ref red, _pixels);
            ref float blue = ref Unsafe.Add(ref green, _pixels);
            (float redFactor, float greenFactor, float blueFactor) = (_factors[0], _factors[1], _factors[2]);
            (float redAddend, float greenAddend, float blueAddend) = (_addends[0], _addends[1], _addends[2]);
            for (; pixel <= _pixels - Step; pixel += Step)
            {
                ref byte pixels = ref Unsafe.Add(ref source, Colours * pixel);
                Vector128<byte> a = Vector128.LoadUnsafe(ref pixels);
                Vector128<byte> b = Vector128.LoadUnsafe(ref pixels, Step);
                Vector128<byte> c = Vector128.LoadUnsafe(ref pixels, 2 * Step);

                // An index beyond the vector gives zero. The indices stand here, since the JIT makes one instruction of a shuffle only
                // where it sees them as constants.
                Vector128<byte> reds =
                    Vector128.Shuffle(a, Vector128.Create((byte)0, 3, 6, 9, 12, 15, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255))
                    | Vector128.Shuffle(b, Vector128.Create((byte)255, 255, 255, 255, 255, 255, 2, 5, 8, 11, 14, 255, 255, 255, 255, 255))
                    | Vector128.Shuffle(c, Vector128.Create((byte)255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 1, 4, 7, 10, 13));
                Vector128<byte> greens =
                    Vector128.Shuffle(a, Vector128.Create((byte)1, 4, 7, 10, 13, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255))
                    | Vector128.Shuffle(b, Vector128.Create((byte)255, 255, 255, 255, 255, 0, 3, 6, 9, 12, 15, 255, 255, 255, 255, 255))
                    | Vector128.Shuffle(c, Vector128.Create((byte)255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 2, 5, 8, 11, 14));
                Vector128<byte> blues =
                    Vector128.Shuffle(a, Vector128.Create((byte)2, 5, 8, 11, 14, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255))
                    | Vector128.Shuffle(b, Vector128.Create((byte)255, 255, 255, 255, 255, 1, 4, 7, 10, 13, 255, 255, 255, 255, 255, 255))
                    | Vector128.Shuffle(c, Vector128.Create((byte)255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 0, 3, 6, 9, 12, 15));
                Store(reds, ref Unsafe.Add(ref red, pixel), redFactor, redAddend);
                Store(greens, ref Unsafe.Add(ref green, pixel), greenFactor, greenAddend);
                Store(blues, ref Unsafe.Add(ref blue, pixel), blueFactor, blueAddend);
            }
        }

        ConvertPixels(image, input, pixel);
    }

    /// <summary>Converts the pixels from one on, value by value, for any number of channels.</summary>
    private void ConvertPixels(ReadOnlySpan<byte> image, Span<float> input, int first)
    {
        int channels = _factors.Length;
        for (int channel = 0; channel < channels; channel++)
        {
            float factor = _factors[channel], addend = _addends[channel];
            Span<float> plane = input.Slice(channel * _pixels, _pixels);
            for (int pixel = first; pixel < plane.Length; pixel++)
            {
                plane[pixel] = (image[(channels * pixel) + channel] * factor) + addend;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector128<byte> bytes, ref float destination, float factor, float addend)
    {
        if (Vector256.IsHardwareAccelerated)
        {
            Vector256<ushort> words = Vector256.WidenLower(bytes.ToVector256Unsafe());
            Vector256<float> lower = Vector256.ConvertToSingle(Vector256.WidenLower(words).AsInt32());
            Vector256<float> upper = Vector256.ConvertToSingle(Vector256.WidenUpper(words).AsInt32());
            ((lower * factor) + Vector256.Create(addend)).StoreUnsafe(ref destination);
            ((upper * factor) + Vector256.Create(addend)).StoreUnsafe(ref destination, 8);
            return;
        }

        (Vector128<ushort> low, Vector128<ushort> high) = Vector128.Widen(bytes);
        (Vector128<uint> first, Vector128<uint> second) = Vector128.Widen(low);
        (Vector128<uint> third, Vector128<uint> fourth) = Vector128.Widen(high);
        ((Vector128.ConvertToSingle(first.AsInt32()) * factor) + Vector128.Create(addend)).StoreUnsafe(ref destination);
        ((Vector128.ConvertToSingle(second.AsInt32()) * factor) + Vector128.Create(addend)).StoreUnsafe(ref destination, 4);
        ((Vector128.ConvertToSingle(third.AsInt32()) * factor) + Vector128.Create(addend)).StoreUnsafe(ref destination, 8);
        ((Vector128.ConvertToSingle(fourth.AsInt32()) * factor) + Vector128.Create(addend)).StoreUnsafe(ref destination, 12);
    }

    private static void CheckCount(double[] values, TensorShape shape, string argument)
    {
        if (values.Length != 1 && values.Length != shape.Channels)
        {
            throw new ArgumentException($"There are {values.Length} values for {shape.Channels} channels; pass one, or one for each.", argument);
        }
    }
}
