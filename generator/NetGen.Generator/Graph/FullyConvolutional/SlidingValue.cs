namespace NetGen.Generator.Graph.FullyConvolutional;

/// <summary>What a value of the source is while its window slides: the window at a multiple of the stride has its map that many elements on.</summary>
/// <param name="Value">The map over the whole image.</param>
/// <param name="Window">The map of one window; what the source flattens is the map before, a vector a map of one element.</param>
/// <param name="Rows">From one row to the next.</param>
/// <param name="Columns">From one column to the next.</param>
/// <param name="IsVector">Whether it is a vector in the source.</param>
internal sealed record SlidingValue(Value Value, TensorShape Window, SlidingStride Rows, SlidingStride Columns, bool IsVector)
{
    /// <summary>Whether the source reads several elements of each channel as one vector.</summary>
    public bool IsFlattened => IsVector && (long)Window.Height * Window.Width > 1;

    /// <summary>Its extent in one window, as messages show it.</summary>
    public string Extent => FormattableString.Invariant($"{Window.Height}×{Window.Width}");
}
