namespace NetGen;

/// <summary>
/// Some of the channels of a feature map, or elements of a vector: C×H×W to count×H×W. Several with one <see cref="LayerAttribute.From"/>
/// split a map (PyTorch's <c>narrow</c>, <c>chunk</c> and <c>split</c>).
/// </summary>
/// <param name="start">The first channel.</param>
/// <param name="count">Number of channels.</param>
/// <example>
/// <code>
/// [Conv2d(32, 1, Name = "both")]
/// [Slice(0, 16, Name = "left")]
/// [Slice(16, 16, From = "both"), Conv2d(16, 3, Padding = 1), Concat("left")]
/// </code>
/// </example>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class SliceAttribute(int start, int count) : LayerAttribute
{
    /// <summary>The first channel.</summary>
    public int Start { get; } = start;

    /// <summary>Number of channels.</summary>
    public int Count { get; } = count;
}
