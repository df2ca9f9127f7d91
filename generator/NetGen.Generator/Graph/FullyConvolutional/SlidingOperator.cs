namespace NetGen.Generator.Graph.FullyConvolutional;

/// <summary>The operator that gives over a whole image what one of the source gives for each window.</summary>
/// <param name="Operator">The operator; null where there is none.</param>
/// <param name="Refusal">Why there is none, as the message goes on behind the layer's name.</param>
internal sealed record SlidingOperator(Operator? Operator, string Refusal = "")
{
    /// <summary>Why there is no counterpart of an operator that does not say what its is.</summary>
    public const string Unknown = "is of a kind that is not known to be the same for every window";

    private const int Usual = 1;

    /// <summary>What it multiplies the stride by.</summary>
    public SizePair Stride { get; init; } = new(Usual, Usual);

    /// <summary>What it divides the stride by.</summary>
    public SizePair Scale { get; init; } = new(Usual, Usual);

    /// <summary>Whether its result near the border of a window depends on what is beyond.</summary>
    public bool SeesNeighbours { get; init; }

    /// <summary>The counterpart of an operator with one input.</summary>
    public static SlidingOperator Of(Operator @operator, SlidingValue input) => input.IsFlattened && !@operator.SlidesFlattened
        ? Refuse($"reads a flattened map of {input.Window}, whose elements are no channels; put it before [Flatten] or behind a [Linear]")
        : @operator.Slide(input);

    /// <summary>There is no counterpart.</summary>
    /// <param name="reason">Why, as the message goes on behind the layer's name.</param>
    public static SlidingOperator Refuse(string reason) => new(null, reason);

    /// <summary>An operator whose window moves on, over the image as over the source's window.</summary>
    public static SlidingOperator Windowed(Operator @operator, Window2d window) => new(@operator)
    {
        Stride = new(window.StrideH, window.StrideW),
        SeesNeighbours = window is not { PadTop: 0, PadBottom: 0, PadLeft: 0, PadRight: 0 },
    };

    /// <summary>A pool; where ceil mode adds no position to a window's map, none is added here either.</summary>
    /// <param name="map">The map of one window.</param>
    /// <param name="pool">The pool with another window.</param>
    public static SlidingOperator Pooled(Window2d window, TensorShape map, Func<Window2d, Operator> pool)
    {
        Window2d floor = window with { CeilMode = false };
        return (floor.OutputHeight(map.Height), floor.OutputWidth(map.Width)) == (window.OutputHeight(map.Height), window.OutputWidth(map.Width))
            ? Windowed(pool(floor), floor)
            : Refuse($"rounds up: its last window reaches beyond the map of {map.Height}×{map.Width}, where the image goes on; leave CeilMode out");
    }

    /// <summary>A window over all of a map, at every position.</summary>
    public static Window2d Over(TensorShape map) => new(map.Height, map.Width, Usual, Usual, 0, 0, 0, 0);

    /// <summary>Why values cannot be joined element by element over the image; null where they can.</summary>
    /// <param name="ofSizes">Why two values of different extents in a window cannot.</param>
    public static string? RefusalToJoin(IReadOnlyList<SlidingValue> inputs, Func<SlidingValue, SlidingValue, string> ofSizes)
    {
        SlidingValue first = inputs[0];
        SlidingValue? other = inputs.FirstOrDefault(input => (input.Window.Height, input.Window.Width) != (first.Window.Height, first.Window.Width));
        return other is not null ? ofSizes(first, other)
            : inputs.Any(input => (input.Rows, input.Columns) != (first.Rows, first.Columns)) ?
                "joins maps of different strides, whose elements part when the window moves; give the branches the same strides, "
                + "and pool over a whole map with [GlobalAvgPool2d] or [GlobalMaxPool2d]"
            : null;
    }
}
