using System.Diagnostics.CodeAnalysis;

namespace NetGen;

/// <summary>The shape of the images, or vectors, that a network takes. Every network has one; where it stands among the layers does not matter.</summary>
/// <remarks>
/// Setting <see cref="Layout"/>, <see cref="Mean"/> or <see cref="Std"/> adds <c>Predict</c> and <c>Classify</c> for images of bytes
/// (<see cref="IImageNetwork{TSelf}"/>): each value is (byte / 255 − mean) / deviation of its channel, as torchvision's <c>ToTensor</c> and
/// <c>Normalize</c> make it. Inputs of floats stay what they are without: channel by channel, already normalised.
/// </remarks>
/// <example>
/// <code>
/// [Input(3, 224, 224, Layout = ImageLayout.Hwc, Mean = new[] { 0.485, 0.456, 0.406 }, Std = new[] { 0.229, 0.224, 0.225 })]
/// </code>
/// </example>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class InputAttribute : Attribute
{
    /// <summary>Declares images, given channel by channel and row by row (PyTorch's CHW).</summary>
    /// <param name="channels">Channels of an image: 1 for grey, 3 for colour.</param>
    /// <param name="height">Rows of a channel.</param>
    /// <param name="width">Values of a row.</param>
    public InputAttribute(int channels, int height, int width)
    {
        Channels = channels;
        Height = height;
        Width = width;
        IsVector = false;
    }

    /// <summary>Declares sequences, given channel by channel (PyTorch's CL): maps of one row, channels×1×length.</summary>
    /// <param name="channels">Values of each element of the sequence.</param>
    /// <param name="length">Elements of the sequence.</param>
    public InputAttribute(int channels, int length)
        : this(channels, 1, length)
    {
    }

    /// <summary>Declares vectors.</summary>
    /// <param name="length">Values of a vector.</param>
    public InputAttribute(int length)
    {
        Channels = length;
        Height = 1;
        Width = 1;
        IsVector = true;
    }

    /// <summary>Channels of an image, or the length of a vector.</summary>
    public int Channels { get; }

    /// <summary>Rows of a channel; 1 for a vector.</summary>
    public int Height { get; }

    /// <summary>Values of a row; 1 for a vector.</summary>
    public int Width { get; }

    /// <summary>Whether the network takes vectors rather than images.</summary>
    public bool IsVector { get; }

    /// <summary>How the images that a caller gives as bytes lie. The default is <see cref="ImageLayout.Chw"/>.</summary>
    public ImageLayout Layout { get; set; }

    /// <summary>What is subtracted from byte / 255: one mean for all channels or one for each. The default is 0.</summary>
    [SuppressMessage("Performance", "CA1819:Properties should not return arrays", Justification = "Attributes take no other lists.")]
    public double[]? Mean { get; set; }

    /// <summary>What the difference is divided by, positive: one standard deviation for all channels or one for each. The default is 1.</summary>
    [SuppressMessage("Performance", "CA1819:Properties should not return arrays", Justification = "Attributes take no other lists.")]
    public double[]? Std { get; set; }
}
