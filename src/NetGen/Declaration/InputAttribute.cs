namespace NetGen;

/// <summary>The shape of the images, or vectors, that a network takes. Every network has one; where it stands among the layers does not matter.</summary>
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
}
