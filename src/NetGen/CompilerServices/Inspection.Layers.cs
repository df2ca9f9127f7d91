using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace NetGen.CompilerServices;

/// <content>The layers whose output a prediction may never have in memory, computed as their definitions say.</content>
public sealed partial class Inspection
{
    /// <summary>Computes a convolution's output.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="source">What it reads.</param>
    /// <param name="groups">Groups of channels.</param>
    /// <param name="strideH">Rows between one window and the next.</param>
    /// <param name="strideW">Columns between one window and the next.</param>
    /// <param name="padTop">Rows of zeros above the input.</param>
    /// <param name="padLeft">Columns of zeros before the input.</param>
    /// <param name="dilationH">Rows between one row of a window and the next.</param>
    /// <param name="dilationW">Columns between one column of a window and the next.</param>
    public void Conv2d(
        int layer,
        int source,
        int groups = 1,
        int strideH = 1,
        int strideW = 1,
        int padTop = 0,
        int padLeft = 0,
        int dilationH = 1,
        int dilationW = 1)
    {
        float[] values = CreateBiased(layer);
        ParameterLayout weight = Parameter(layer, "weight")!;
        PlainWindow window = WindowOf(weight, strideH, strideW, padTop, padLeft, dilationH, dilationW);
        PlainConvolution.AddConvolution(ValuesOf(source), ShapeOf(source), weight, _block.Span, window, groups, values, ShapeOf(layer));
    }

    /// <summary>Computes a transposed convolution's output; the window is the convolution's.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="source">What it reads.</param>
    /// <param name="groups">Groups of channels.</param>
    /// <param name="strideH">Rows between one window and the next.</param>
    /// <param name="strideW">Columns between one window and the next.</param>
    /// <param name="padTop">Rows that are left out of the output at its top.</param>
    /// <param name="padLeft">Columns that are left out of the output at its left.</param>
    /// <param name="dilationH">Rows between one row of a window and the next.</param>
    /// <param name="dilationW">Columns between one column of a window and the next.</param>
    public void ConvTranspose2d(
        int layer,
        int source,
        int groups = 1,
        int strideH = 1,
        int strideW = 1,
        int padTop = 0,
        int padLeft = 0,
        int dilationH = 1,
        int dilationW = 1)
    {
        float[] values = CreateBiased(layer);
        ParameterLayout weight = Parameter(layer, "weight")!;
        PlainWindow window = WindowOf(weight, strideH, strideW, padTop, padLeft, dilationH, dilationW);
        PlainConvolution.AddTransposed(ValuesOf(source), ShapeOf(source), weight, _block.Span, window, groups, values, ShapeOf(layer));
    }

    /// <summary>Computes the output of y = W·x + b.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="source">What it reads.</param>
    public void Linear(int layer, int source)
    {
        float[] values = CreateBiased(layer), input = ValuesOf(source);
        PlainWindow window = new(1, 1);
        PlainConvolution.AddConvolution(
            input, new TensorShape(input.Length), Parameter(layer, "weight")!, _block.Span, window, groups: 1, values, ShapeOf(layer));
    }

    /// <summary>Computes the output of a batch normalisation by its running averages.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="source">What it reads.</param>
    /// <param name="epsilon">What is added to the variance.</param>
    public void BatchNorm2d(int layer, int source, double epsilon)
    {
        float[] values = Create(layer), input = ValuesOf(source);
        int channels = ShapeOf(layer).Channels, pixels = values.Length / channels;
        float[] scales = new float[2 * AlignedBuffer.RoundUp(channels)];
        NormalizationFolding.Fold(
            ref _block.Reference,
            ref _block.Reference,
            ref MemoryMarshal.GetArrayDataReference(scales),
            channels,
            epsilon,
            PlaceOf("weight"),
            PlaceOf("bias"),
            PlaceOf("running_mean"),
            PlaceOf("running_var"));
        for (int i = 0; i < values.Length; i++)
        {
            int channel = i / pixels;
            values[i] = (input[i] * scales[channel]) + scales[AlignedBuffer.RoundUp(channels) + channel];
        }

        int PlaceOf(string name) => Parameter(layer, name)?.Offset ?? NormalizationFolding.None;
    }

    /// <summary>Computes the sum of outputs of one shape.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="sources">What it reads.</param>
    public void Add(int layer, params int[] sources)
    {
        ArgumentNullException.ThrowIfNull(sources);
        float[] values = Create(layer);
        foreach (int source in sources)
        {
            float[] term = ValuesOf(source);
            for (int i = 0; i < values.Length; i++)
            {
                values[i] += term[i];
            }
        }
    }

    /// <summary>Puts the channels of outputs behind each other.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="sources">What it reads.</param>
    public void Concat(int layer, params int[] sources)
    {
        ArgumentNullException.ThrowIfNull(sources);
        float[] values = Create(layer);
        int first = 0;
        foreach (int source in sources)
        {
            float[] part = ValuesOf(source);
            part.CopyTo(values, first);
            first += part.Length;
        }
    }

    /// <summary>Takes channels that follow each other.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="source">What it reads.</param>
    /// <param name="start">The first channel.</param>
    public void Slice(int layer, int source, int start)
    {
        float[] values = Create(layer);
        ValuesOf(source).AsSpan(values.Length / ShapeOf(layer).Channels * start, values.Length).CopyTo(values);
    }

    /// <summary>Deals the channels of groups out to each other.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="source">What it reads.</param>
    /// <param name="groups">Groups of channels.</param>
    public void ChannelShuffle(int layer, int source, int groups)
    {
        float[] values = Create(layer), input = ValuesOf(source);
        int channels = ShapeOf(layer).Channels, pixels = values.Length / channels;
        for (int channel = 0; channel < channels; channel++)
        {
            int from = (channel % groups * (channels / groups)) + (channel / groups);
            input.AsSpan(from * pixels, pixels).CopyTo(values.AsSpan(channel * pixels));
        }
    }

    /// <summary>Computes the product of outputs of one shape, and of numbers for each channel.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="sources">What it reads.</param>
    public void Multiply(int layer, params int[] sources)
    {
        ArgumentNullException.ThrowIfNull(sources);
        float[] values = Create(layer);
        Array.Fill(values, 1);
        foreach (int source in sources)
        {
            float[] factor = ValuesOf(source);
            int pixels = values.Length / factor.Length;
            for (int i = 0; i < values.Length; i++)
            {
                values[i] *= factor[i / pixels];
            }
        }
    }

    /// <summary>Computes the output of an elementwise function.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="source">What it reads.</param>
    /// <param name="function">The function of a vector.</param>
    public void Apply(int layer, int source, Func<Vector128<float>, Vector128<float>> function)
    {
        ArgumentNullException.ThrowIfNull(function);
        float[] values = Create(layer);
        ReadOnlySpan<float> input = ValuesOf(source);
        Span<float> last = stackalloc float[Vector128<float>.Count];
        for (int i = 0; i < values.Length; i += last.Length)
        {
            int count = Math.Min(last.Length, values.Length - i);
            input.Slice(i, count).CopyTo(last);
            function(Vector128.Create<float>(last)).CopyTo(last);
            last[..count].CopyTo(values.AsSpan(i));
        }
    }

    private static PlainWindow WindowOf(
        ParameterLayout weight, int strideH, int strideW, int padTop, int padLeft, int dilationH, int dilationW) =>
        new(weight.Shape.Length == 4 ? weight.Shape[2] : 1, weight.Shape[^1])
        {
            StrideH = strideH,
            StrideW = strideW,
            PadTop = padTop,
            PadLeft = padLeft,
            DilationH = dilationH,
            DilationW = dilationW,
        };

    /// <summary>Makes a layer's output that is its bias everywhere.</summary>
    private float[] CreateBiased(int layer)
    {
        float[] values = Create(layer);
        if (Parameter(layer, "bias") is { } bias)
        {
            float[] biases = new float[bias.Length];
            bias.CopyTo(_block.Span, 0, biases);
            int pixels = values.Length / biases.Length;
            for (int channel = 0; channel < biases.Length; channel++)
            {
                values.AsSpan(channel * pixels, pixels).Fill(biases[channel]);
            }
        }

        return values;
    }
}
