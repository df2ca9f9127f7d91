namespace NetGen;

/// <summary>
/// Makes a partial class the fully convolutional form of a network (Long et al., 2015), for images larger than that network's: one prediction
/// gives what the network gives for every window of its own size, without computing twice what windows have in common.
/// </summary>
/// <remarks>
/// <para>
/// Every <see cref="LinearAttribute"/> becomes the convolution that it is of one window's map, a pool over the whole map one over as much at
/// stride 1, and <see cref="FlattenAttribute"/> goes. The output is a map: scores × rows × columns, with a position for every window at a stride of
/// the product of the source's strides. What is left of the image where that does not divide takes no part; rows that the source itself does not
/// read need not be there.
/// </para>
/// <para>
/// The parameters keep the source's names and shapes, and a file of weights serves both; so does a seed. The class only predicts: train the
/// source. How loops are unrolled and convolutions computed is what <see cref="NetworkAttribute"/> says there, and images of bytes are taken
/// where the source takes them. <c>Classify</c>, as for every network that gives a map, is the index of the greatest element of all. No other
/// attribute of a network stands beside this one.
/// </para>
/// <para>
/// A source without padding has exactly the scores of its windows, to rounding. At the border of a window a padded one sees zeros, and this
/// class what lies there in the image: a warning says so. A source in which a window is not computed as every other cannot be derived from:
/// one that normalises over a whole map, gates a map by numbers of its own window, aligns corners, pools adaptively over unequal windows, or
/// in ceil mode where that adds a window beyond the edge. An error names the layer.
/// </para>
/// </remarks>
/// <example>
/// <code>
/// [FullyConvolutional(typeof(Digits), 280, 420)]
/// public sealed partial class DigitsOnPage;
/// </code>
/// </example>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = false, Inherited = false)]
public sealed class FullyConvolutionalAttribute : Attribute
{
    /// <summary>Derives a network over images.</summary>
    /// <param name="source">A class with <see cref="NetworkAttribute"/>, of this project or of one that it references.</param>
    /// <param name="height">Rows of an image, at least the source's.</param>
    /// <param name="width">Values of a row, at least the source's.</param>
    public FullyConvolutionalAttribute(Type source, int height, int width)
    {
        Source = source;
        Height = height;
        Width = width;
    }

    /// <summary>Derives a network over sequences.</summary>
    /// <param name="source">A class with <see cref="NetworkAttribute"/> that takes sequences, of this project or of one that it references.</param>
    /// <param name="length">Elements of a sequence, at least the source's.</param>
    public FullyConvolutionalAttribute(Type source, int length)
        : this(source, 1, length)
    {
    }

    /// <summary>The network that is derived from.</summary>
    public Type Source { get; }

    /// <summary>Rows of an image; 1 for sequences.</summary>
    public int Height { get; }

    /// <summary>Values of a row, or elements of a sequence.</summary>
    public int Width { get; }
}
