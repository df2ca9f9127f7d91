using NetGen;

namespace Samples;

/// <summary>
/// LeNet-5 without padding, which tells the digit in the middle of a window, or that there is none: a network that knows nothing but digits
/// sees one everywhere.
/// </summary>
[Network]
[Input(1, 28, 28, Mean = new[] { Mean }, Std = new[] { Deviation })]
[Conv2d(6, 5), ReLU]
[MaxPool2d(2)]
[Conv2d(16, 5), ReLU]
[MaxPool2d(2)]
[Linear(120), ReLU]
[Linear(84), ReLU]
[Linear(Paper + 1), Softmax]
internal sealed partial class DigitOrPaper
{
    /// <summary>The class of windows without a digit in the middle.</summary>
    public const int Paper = 10;

    /// <summary>Rows and columns of a window.</summary>
    public const int Side = 28;

    private const double Mean = 0.1307, Deviation = 0.3081;

    /// <summary>How the bytes of a window become its input.</summary>
    public static PixelNormalization Normalization { get; } = new((float)Mean, (float)Deviation);
}

/// <summary>The same network, with the same weights, at every fourth pixel of a page.</summary>
[FullyConvolutional(typeof(DigitOrPaper), Page.Height, Page.Width)]
internal sealed partial class DigitsOnPage
{
    /// <summary>Pixels from one window to the next: the product of the strides.</summary>
    public const int Stride = 4;
}
