namespace NetGen.Tests.Operators;

/// <summary>
/// Pools over maps of every layout: up to 15 channels lie in planes, more in blocks of 16, of which the last can have holes; widths
/// around the vector lengths; windows side by side, overlapping, apart, clipped by padding and by ceil mode.
/// </summary>
internal static partial class PoolNetworks
{
    // Halves of planes: whole and partial vectors, rows and columns left over.
    [Network(InputGradients = true), Input(1, 2, 2), MaxPool2d(2)]
    internal sealed partial class MaxOfOneWindow;

    [Network(InputGradients = true), Input(6, 28, 28), MaxPool2d(2)]
    internal sealed partial class MaxOfLeNetsFirst;

    [Network(InputGradients = true), Input(16, 10, 10), MaxPool2d(2)]
    internal sealed partial class MaxOfLeNetsSecond;

    [Network(InputGradients = true), Input(3, 7, 29), MaxPool2d(2)]
    internal sealed partial class MaxOfOddHalves;

    [Network(InputGradients = true), Input(2, 5, 33), MaxPool2d(2)]
    internal sealed partial class MaxOfHalvesBeyondAVector;

    [Network(InputGradients = true), Input(2, 4, 34), MaxPool2d(2)]
    internal sealed partial class MaxOfHalvesWithHalfAVector;

    [Network(InputGradients = true), Input(3, 6, 131), MaxPool2d(2)]
    internal sealed partial class MaxOfWideHalves;

    [Network(InputGradients = true), Input(3, 6, 128), MaxPool2d(2)]
    internal sealed partial class MaxOfWholeVectors;

    [Network(InputGradients = true), Input(6, 28, 28), AvgPool2d(2)]
    internal sealed partial class MeanOfLeNetsFirst;

    [Network(InputGradients = true), Input(3, 7, 29), AvgPool2d(2)]
    internal sealed partial class MeanOfOddHalves;

    [Network(InputGradients = true), Input(2, 5, 33), AvgPool2d(2, CountIncludePad = false)]
    internal sealed partial class MeanOfHalvesBeyondAVector;

    [Network(InputGradients = true), Input(1, 6, 131), AvgPool2d(2)]
    internal sealed partial class MeanOfWideHalves;

    // Planes at stride 1 and 2 without padding: no scratch memory for small windows, a row of it for large ones.
    [Network(InputGradients = true), Input(2, 9, 19), MaxPool2d(3, Stride = 1)]
    internal sealed partial class MaxAtStride1;

    [Network(InputGradients = true), Input(2, 9, 19), MaxPool2d(5, Stride = 1)]
    internal sealed partial class LargeMaxAtStride1;

    [Network(InputGradients = true), Input(2, 9, 37), MaxPool2d(3, Stride = 2)]
    internal sealed partial class MaxAtStride2;

    [Network(InputGradients = true), Input(2, 9, 37), AvgPool2d(3, Stride = 2)]
    internal sealed partial class MeanAtStride2;

    [Network(InputGradients = true), Input(3, 9, 70), AvgPool2d(3, 1, StrideH = 1, StrideW = 2)]
    internal sealed partial class MeanOfColumnsAtStride2;

    [Network(InputGradients = true), Input(3, 9, 41), MaxPool2d(1, 2, StrideH = 3, StrideW = 2)]
    internal sealed partial class MaxOfPairsInEveryThirdRow;

    [Network(InputGradients = true), Input(3, 9, 40), MaxPool2d(1, 3, StrideH = 1, StrideW = 1)]
    internal sealed partial class MaxOfRows;

    [Network(InputGradients = true), Input(3, 40, 9), AvgPool2d(3, 1, Stride = 1)]
    internal sealed partial class MeanOfColumns;

    [Network(InputGradients = true), Input(3, 23, 17), MaxPool2d(1)]
    internal sealed partial class MaxOfSingleElements;

    [Network(InputGradients = true), Input(3, 23, 17), AvgPool2d(1, Stride = 3)]
    internal sealed partial class EveryThirdElement;

    [Network(InputGradients = true), Input(15, 13, 13), AvgPool2d(13)]
    internal sealed partial class MeanOfWholePlanes;

    [Network(InputGradients = true), Input(1, 64, 70), MaxPool2d(60, 65, Stride = 1)]
    internal sealed partial class MaxOfHugeWindows;

    [Network(InputGradients = true), Input(1, 64, 140), AvgPool2d(60, 65, Stride = 2)]
    internal sealed partial class MeanOfHugeWindowsAtStride2;

    // Planes with padding and ceil mode.
    [Network(InputGradients = true), Input(3, 8, 11), MaxPool2d(3, Stride = 2, Padding = 1)]
    internal sealed partial class PaddedMax;

    [Network(InputGradients = true), Input(3, 8, 11), AvgPool2d(3, Stride = 2, Padding = 1)]
    internal sealed partial class PaddedMean;

    [Network(InputGradients = true), Input(3, 8, 11), AvgPool2d(3, Stride = 2, Padding = 1, CountIncludePad = false)]
    internal sealed partial class MeanWithoutPadding;

    [Network(InputGradients = true), Input(3, 8, 20), AvgPool2d(3, Stride = 2, Padding = 1, CeilMode = true)]
    internal sealed partial class MeanBeyondThePadding;

    [Network(InputGradients = true), Input(3, 10, 36), MaxPool2d(3, Stride = 2, CeilMode = true)]
    internal sealed partial class MaxInCeilMode;

    [Network(InputGradients = true), Input(3, 10, 36), AvgPool2d(3, Stride = 2, CeilMode = true, CountIncludePad = false)]
    internal sealed partial class MeanInCeilMode;

    [Network(InputGradients = true), Input(2, 7, 45), MaxPool2d(2, CeilMode = true)]
    internal sealed partial class HalvesInCeilMode;

    [Network(InputGradients = true), Input(4, 17, 33), MaxPool2d(3, Stride = 1, Padding = 1)]
    internal sealed partial class PaddedMaxAtStride1;

    [Network(InputGradients = true), Input(4, 17, 33), AvgPool2d(5, Stride = 1, Padding = 2)]
    internal sealed partial class PaddedMeanAtStride1;

    [Network(InputGradients = true), Input(4, 17, 33), AvgPool2d(5, 3, StrideH = 3, StrideW = 4, PaddingH = 2, PaddingW = 1)]
    internal sealed partial class MeanOfOblongWindows;

    [Network(InputGradients = true), Input(4, 17, 50), MaxPool2d(4, 6, StrideH = 3, StrideW = 5, PaddingW = 3, CeilMode = true)]
    internal sealed partial class MaxOfOblongWindows;

    [Network(InputGradients = true), Input(1, 1, 1), MaxPool2d(3, Stride = 2, Padding = 1)]
    internal sealed partial class MaxOfOneElement;

    [Network(InputGradients = true), Input(1, 1, 1), AvgPool2d(3, Stride = 2, Padding = 1)]
    internal sealed partial class MeanOfOneElement;

    [Network(InputGradients = true), Input(2, 1, 40), MaxPool2d(2, Stride = 2, Padding = 1)]
    internal sealed partial class MaxOfOneRow;

    [Network(InputGradients = true), Input(2, 3, 200), MaxPool2d(100, Stride = 7, Padding = 50)]
    internal sealed partial class MaxOfMorePaddingThanMap;

    // Blocks of 16 channels, with and without holes.
    [Network(InputGradients = true), Input(17, 5, 7), MaxPool2d(2)]
    internal sealed partial class MaxOf17Channels;

    [Network(InputGradients = true), Input(32, 7, 7), MaxPool2d(3, Stride = 2, Padding = 1)]
    internal sealed partial class PaddedMaxOf32Channels;

    [Network(InputGradients = true), Input(40, 9, 9), MaxPool2d(3, Stride = 2)]
    internal sealed partial class MaxOf40ChannelsAtStride2;

    [Network(InputGradients = true), Input(20, 11, 8), AvgPool2d(3, Stride = 2, Padding = 1, CeilMode = true)]
    internal sealed partial class MeanOf20ChannelsBeyondThePadding;

    [Network(InputGradients = true), Input(20, 11, 8), AvgPool2d(3, Stride = 2, Padding = 1, CountIncludePad = false)]
    internal sealed partial class MeanOf20ChannelsWithoutPadding;

    [Network(InputGradients = true), Input(16, 6, 6), AvgPool2d(2, Stride = 3)]
    internal sealed partial class MeanOfWindowsApart;

    [Network(InputGradients = true), Input(16, 6, 6), MaxPool2d(1, Stride = 2)]
    internal sealed partial class EverySecondElementOf16Channels;

    [Network(InputGradients = true), Input(33, 7, 7), AvgPool2d(7)]
    internal sealed partial class MeanOfWholeMapsOf33Channels;

    [Network(InputGradients = true), Input(21, 7, 9), MaxPool2d(5, 3, StrideH = 1, StrideW = 2, PaddingH = 2)]
    internal sealed partial class MaxOfOblongWindowsOf21Channels;

    [Network(InputGradients = true), Input(16, 30, 31), MaxPool2d(13, Stride = 1, Padding = 6)]
    internal sealed partial class PyramidMax;

    [Network(InputGradients = true), Input(19, 12, 31), AvgPool2d(11, 29, Stride = 1)]
    internal sealed partial class MeanOfLargeWindows;

    [Network(InputGradients = true, Unroll = Unroll.Compact), Input(18, 7, 8), MaxPool2d(3, Stride = 2)]
    internal sealed partial class CompactMax;

    [Network(InputGradients = true, Unroll = Unroll.Compact), Input(3, 7, 38), AvgPool2d(3, Stride = 2, Padding = 1)]
    internal sealed partial class CompactMean;

    [Network(InputGradients = true, Unroll = Unroll.Full), Input(18, 12, 12), MaxPool2d(9, Stride = 2)]
    internal sealed partial class FullyUnrolledMax;

    // Means of whole channels.
    [Network(InputGradients = true), Input(3, 1, 1), GlobalAvgPool2d]
    internal sealed partial class GlobalMeanOfOneElement;

    [Network(InputGradients = true), Input(3, 5, 7), GlobalAvgPool2d]
    internal sealed partial class GlobalMeanOf3Channels;

    [Network(InputGradients = true), Input(5, 9, 37), GlobalAvgPool2d]
    internal sealed partial class GlobalMeanOfWidePlanes;

    [Network(InputGradients = true), Input(16, 7, 7), GlobalAvgPool2d]
    internal sealed partial class GlobalMeanOf16Channels;

    [Network(InputGradients = true), Input(37, 3, 5), GlobalAvgPool2d]
    internal sealed partial class GlobalMeanOf37Channels;

    // Maxima of whole channels, and windows that divide a map.
    [Network(InputGradients = true), Input(3, 5, 7), GlobalMaxPool2d]
    internal sealed partial class GlobalMaxOf3Channels;

    [Network(InputGradients = true), Input(37, 3, 5), GlobalMaxPool2d]
    internal sealed partial class GlobalMaxOf37Channels;

    [Network(InputGradients = true), Input(3, 7, 39), AdaptiveAvgPool2d(5, 22)]
    internal sealed partial class MeanOfDividedPlanes;

    [Network(InputGradients = true), Input(3, 7, 11), AdaptiveMaxPool2d(5, 17)]
    internal sealed partial class MaxOfDividedPlanes;

    [Network(InputGradients = true), Input(20, 9, 5), AdaptiveAvgPool2d(4, 7)]
    internal sealed partial class MeanOfDividedBlocks;

    [Network(InputGradients = true), Input(20, 9, 5), AdaptiveMaxPool2d(4, 3)]
    internal sealed partial class MaxOfDividedBlocks;

    [Network(InputGradients = true), Input(3, 7, 9), AdaptiveAvgPool2d(7, 9), AdaptiveMaxPool2d(7, 9)]
    internal sealed partial class NothingToDivide;

    // One after the other: what a pool leaves in holes and gaps the next must not mind.
    [Network(InputGradients = true), Input(5, 21, 23), MaxPool2d(2), AvgPool2d(3, Stride = 2, Padding = 1), GlobalAvgPool2d]
    internal sealed partial class ChainOfPlanes;

    [Network(InputGradients = true), Input(21, 21, 23), AvgPool2d(2), MaxPool2d(3, Stride = 2, Padding = 1), GlobalAvgPool2d]
    internal sealed partial class ChainOfBlocks;

    [Network(InputGradients = true), Input(21, 8, 8), AvgPool2d(2), AvgPool2d(4), MaxPool2d(1)]
    internal sealed partial class ChainToOnePixel;

    [Network(InputGradients = true), Input(6, 12, 20), MaxPool2d(2), ReLU, MaxPool2d(3, Stride = 1), ReLU]
    internal sealed partial class MaxAndReLU;

    [Network(InputGradients = true), Input(18, 9, 9), MaxPool2d(3, Stride = 2), ReLU, AvgPool2d(2), Flatten]
    internal sealed partial class PoolsAndFlatten;
}
