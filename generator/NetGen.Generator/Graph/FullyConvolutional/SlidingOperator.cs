using NetGen.Generator.Graph.Ops;

namespace NetGen.Generator.Graph.FullyConvolutional;

/// <summary>
/// The operator that gives over a whole image what one of the source gives for each window. An operator that is not named here is refused unless
/// it is elementwise: what it reads of its window is not known.
/// </summary>
/// <param name="Operator">The operator; null where there is none.</param>
/// <param name="Refusal">Why there is none, as the message goes on behind the layer's name.</param>
internal sealed record SlidingOperator(Operator? Operator, string Refusal = "")
{
    private const string Unknown = "is of a kind that is not known to be the same for every window";

    private const int Usual = 1;

    /// <summary>What it multiplies the stride by.</summary>
    public SizePair Stride { get; private init; } = new(Usual, Usual);

    /// <summary>What it divides the stride by.</summary>
    public SizePair Scale { get; private init; } = new(Usual, Usual);

    /// <summary>Whether its result near the border of a window depends on what is beyond.</summary>
    public bool SeesNeighbours { get; private init; }

    /// <summary>The counterpart of an operator with one input.</summary>
    public static SlidingOperator Of(Operator @operator, SlidingValue input)
    {
        TensorShape map = input.Window;
        return @operator switch
        {
            LinearOp linear => new(new Conv2dOp(linear.OutFeatures, Over(map), Groups: 1, linear.HasBias) { IsLinear = true }),
            ActivationOperator or DropoutOp or PReLUOp { Shared: true } => new(@operator),
            _ when input.IsFlattened => Refuse($"reads a flattened map of {map}, whose elements are no channels; put it before [Flatten] or behind a [Linear]"),
            Conv2dOp conv => Windowed(conv, conv.Window),
            GlobalAvgPool2dOp => new(new AvgPool2dOp(Over(map), CountIncludePad: true)),
            MaxPool2dOp { IsGlobal: true } pool => new(pool with { Window = Over(map) }),
            MaxPool2dOp pool => Pooled(pool.Window, map, window => pool with { Window = window }),
            AvgPool2dOp pool => Pooled(pool.Window, map, window => pool with { Window = window }),
            AdaptiveAvgPool2dOp or AdaptiveMaxPool2dOp => Refuse(
                $"divides {input.Extent} into windows that are not all alike; use a pool with a stride, or one to 1×1"),
            ConvTranspose2dOp transposed => new(transposed)
            {
                Scale = new(transposed.Window.StrideH, transposed.Window.StrideW),
                SeesNeighbours = Overlaps(transposed),
            },
            UpsampleOp { AlignCorners: true } => Refuse("aligns the corners of a window's map, which the image's lacks; leave AlignCorners out"),
            UpsampleOp upsample => new(upsample) { Scale = new(upsample.ScaleH, upsample.ScaleW), SeesNeighbours = upsample.Form != UpsampleForm.Nearest },
            PadOp pad => new(pad) { SeesNeighbours = pad.Top + pad.Bottom + pad.Left + pad.Right > 0 },
            LayerNormOp norm => Normalized(norm, input),
            BatchNorm2dOp or LocalResponseNormOp or ChannelShuffleOp or SliceOp or SoftmaxOp or LogSoftmaxOp or PReLUOp => new(@operator),
            _ => Refuse(Unknown),
        };
    }

    /// <summary>Why an operator with several inputs has no counterpart; null where it is its own.</summary>
    public static string? RefusalOf(Operator @operator, IReadOnlyList<SlidingValue> inputs)
    {
        SlidingValue first = inputs[0];
        SlidingValue? other = inputs.FirstOrDefault(input => (input.Window.Height, input.Window.Width) != (first.Window.Height, first.Window.Width));
        return @operator is not (AddOp or MultiplyOp or ConcatOp) ? Unknown
            : other is not null && @operator is MultiplyOp ? $"multiplies a map of {first.Extent} by numbers of its own window, which are others for every window"
            : other is not null ? $"joins vectors of maps of {first.Extent} and {other.Extent}, which have no map in common"
            : inputs.Any(input => (input.Rows, input.Columns) != (first.Rows, first.Columns)) ?
                "joins maps of different strides, whose elements part when the window moves; give the branches the same strides, "
                + "and pool over a whole map with [GlobalAvgPool2d] or [GlobalMaxPool2d]"
            : null;
    }

    private static SlidingOperator Windowed(Operator @operator, Window2d window) => new(@operator)
    {
        Stride = new(window.StrideH, window.StrideW),
        SeesNeighbours = window is not { PadTop: 0, PadBottom: 0, PadLeft: 0, PadRight: 0 },
    };

    /// <summary>Where ceil mode adds no position to a window's map, none is added here either.</summary>
    private static SlidingOperator Pooled(Window2d window, TensorShape map, Func<Window2d, Operator> pool)
    {
        Window2d floor = window with { CeilMode = false };
        return (floor.OutputHeight(map.Height), floor.OutputWidth(map.Width)) == (window.OutputHeight(map.Height), window.OutputWidth(map.Width))
            ? Windowed(pool(floor), floor)
            : Refuse($"rounds up: its last window reaches beyond the map of {map.Height}×{map.Width}, where the image goes on; leave CeilMode out");
    }

    private static SlidingOperator Normalized(LayerNormOp norm, SlidingValue input) =>
        norm.Over == NormAxes.Channels && !input.IsVector ? new(norm)
        : input.Window is not { Height: 1, Width: 1 } ? Refuse($"normalises over all {input.Window} of a window at once; use Over = LayerNormAxes.Channels")
        : !input.IsVector && norm.IsAffine ? Refuse($"has a weight of {input.Window}, the shape of a window's map; use Over = LayerNormAxes.Channels")
        : new(norm with { Over = NormAxes.Channels });

    /// <summary>Whether windows of a transposed convolution add to each other's results, or leave some to none.</summary>
    private static bool Overlaps(ConvTranspose2dOp transposed) =>
        transposed.Window.ExtentH > transposed.Window.StrideH || transposed.Window.ExtentW > transposed.Window.StrideW || transposed.OutputPadding != default;

    private static Window2d Over(TensorShape map) => new(map.Height, map.Width, Usual, Usual, 0, 0, 0, 0);

    private static SlidingOperator Refuse(string reason) => new(null, reason);
}
