namespace NetGen.Tests.Threading;

/// <summary>Networks large enough for several threads to share them, of every operator and with shapes that share out unevenly.</summary>
internal static partial class SharedNetworks
{
    [Network(Convolution = ConvolutionAlgorithm.Direct), Input(3, 61, 59), Conv2d(40, 3, Padding = 1), ReLU]
    [MaxPool2d(3, Stride = 2, Padding = 1), Conv2d(72, 3, Padding = 1), Sigmoid, AvgPool2d(2), Tanh, Conv2d(33, 1), LeakyReLU(0.1)]
    [Linear(70), ReLU, Linear(11), Softmax]
    internal sealed partial class Blocks;

    [Network(Training = false), Input(6, 90, 101), Conv2d(6, 3, Padding = 1, Groups = 6), MaxPool2d(3, Stride = 2, Padding = 1)]
    [Conv2d(12, 5, StrideW = 2, Padding = 2, Groups = 3), Tanh, AvgPool2d(3, Stride = 1, Padding = 1, CountIncludePad = false), ReLU]
    [Conv2d(80, 5, Padding = 2), GlobalAvgPool2d, Linear(7), Sigmoid]
    internal sealed partial class Planes;

    [Network(Training = false), Input(3, 32, 32), Conv2d(32, 3, Padding = 1), ReLU, Conv2d(64, 3, Padding = 1), ReLU, MaxPool2d(2)]
    [Linear(300), ReLU, Linear(10)]
    internal sealed partial class Winograd;

    [Network(Training = false), Input(3, 64, 61), Conv2d(32, 5, Padding = 2), ReLU, Conv2d(20, 3, Padding = 1), Softmax]
    internal sealed partial class Segmentation;

    [Network(Training = false), Input(20, 40, 41), Conv2d(40, 3, Stride = 2, Dilation = 2, Padding = 3, Groups = 20), Conv2d(96, 3), Conv2d(5, 3), Flatten]
    [Linear(9)]
    internal sealed partial class Groups;

    [Network(Training = false), Input(3, 60, 60), Conv2d(40, 3, Padding = 1), ReLU(Name = "stem"), Conv2d(40, 3, Padding = 1), Add("stem"), ReLU(Name = "sum")]
    [MaxPool2d(3, Stride = 1, Padding = 1, Name = "pool"), Conv2d(24, 1, From = "sum", Name = "branch"), Concat("branch", "pool", "input"), Conv2d(16, 1, Name = "left")]
    [Conv2d(32, 3, Padding = 1, Name = "right"), Concat("left", "right"), Conv2d(16, 1)]
    internal sealed partial class Joins;

    [Network(Training = false), Input(7, 60, 61), PReLU, Scale, LocalResponseNorm(3, Alpha = 0.5)]
    [LayerNorm(Over = LayerNormAxes.Channels, Epsilon = 0.1, Name = "planes"), GlobalMaxPool2d, Linear(7), Sigmoid, Multiply("planes")]
    [AdaptiveMaxPool2d(47, 50), Conv2d(40, 3, Padding = 1), PReLU(Shared = true), Scale(InitialValue = 0.7), LocalResponseNorm(5, Alpha = 0.5)]
    [LayerNorm(Over = LayerNormAxes.Channels, Epsilon = 0.1, Name = "blocks"), GlobalAvgPool2d, Conv2d(40, 1), Sigmoid, Multiply("blocks"), ReLU]
    [AdaptiveAvgPool2d(21, 17), LayerNorm]
    internal sealed partial class GatesAndNorms;

    [Network(Training = false, Convolution = ConvolutionAlgorithm.Direct), Input(3, 52, 28), Conv2d(192, 4, Stride = 4), ReLU(Name = "stem")]
    [Conv2d(256, 1), ReLU, Conv2d(192, 3, Padding = 1), Add("stem"), ReLU, Conv2d(512, 3, Stride = 2), ReLU, Conv2d(270, 1), Linear(5)]
    internal sealed partial class LongReductions;

    [Network(Training = false), Input(900), Linear(4003), ReLU, Linear(2200), Tanh, Linear(101)]
    internal sealed partial class Products;

    /// <summary>Values of whole pages an image, which a batch's images keep apart by a line more.</summary>
    [Network(Training = false), Input(2048), Linear(1024), Tanh(Name = "kept"), Linear(1024), SiLU, Add("kept"), Mish, Linear(2048), LayerNorm, Linear(7), Softmax]
    internal sealed partial class WholePages;

    /// <summary>Convolutions of the same maps and different numbers of channels, behind normalisations that nothing can take in.</summary>
    [Network(Training = false), Input(3, 64, 62), Conv2d(48, 3, Stride = 2, Padding = 1), MaxPool2d(3, Stride = 1, Padding = 1, Name = "pool")]
    [BatchNorm2d, ReLU, Conv2d(64, 1, Bias = false), BatchNorm2d, ReLU, Conv2d(32, 3, Padding = 1, Name = "first"), Concat("pool", "first", Name = "joined")]
    [BatchNorm2d, ReLU, Conv2d(64, 1, Bias = false), BatchNorm2d, ReLU, Conv2d(32, 3, Padding = 1, Name = "second"), Concat("joined", "second")]
    [BatchNorm2d, Tanh, Conv2d(160, 1), ReLU, Conv2d(400, 1), ReLU, Conv2d(160, 3), Conv2d(7, 1)]
    internal sealed partial class GrowingChannels;

    [Network(Training = false), Input(3, 46, 47), Conv2d(168, 3, Stride = 2), ReLU, Conv2d(168, 3, Padding = 1, Groups = 7, Bias = false), BatchNorm2d, ReLU]
    [Conv2d(120, 1), Conv2d(120, 3, Stride = 2, Groups = 3), Conv2d(60, 1), Conv2d(60, 3, Groups = 5), Linear(3)]
    internal sealed partial class UnevenGroups;

    /// <summary>Joined in place, and read by a matrix product over all images of a batch.</summary>
    [Network(Training = false), Input(16, 24, 24), Conv2d(16, 3, Padding = 1), SiLU(Name = "left"), Conv2d(32, 3, Padding = 1, From = "input"), GELU(Name = "right")]
    [Concat("right", "left"), Linear(300), ReLU, Linear(5)]
    internal sealed partial class JoinedFeatures;

    [Network(Training = false), Input(7, 100, 101), AvgPool2d(3, Stride = 1, Padding = 1), BatchNorm2d, Mish, Conv2d(40, 5, Stride = 2), Conv2d(8, 3)]
    internal sealed partial class NormalizedPlanes;

    [Network(Training = false), Input(3, 33, 30), Flatten, Linear(4100), Linear(3)]
    internal sealed partial class FlattenedInput;

    [Network(Training = false), Input(16, 32, 31), Conv2d(16, 3, Padding = 1), ReLU(Name = "first"), Conv2d(16, 3, Padding = 1), Add("first"), ReLU]
    [Conv2d(32, 3, Stride = 2, Padding = 1, Bias = false), BatchNorm2d, ReLU, Conv2d(32, 3, Padding = 1), SiLU, Conv2d(64, 3), MaxPool2d(2), Linear(3)]
    internal sealed partial class SmallMaps;

    [Network(Training = false), Input(3, 40, 41), Conv2d(58, 3, Padding = 1), ReLU(Name = "stem"), Slice(0, 29, Name = "kept"), Slice(29, 29, From = "stem")]
    [Conv2d(29, 1, Name = "convolved"), Concat("kept", "convolved"), ChannelShuffle(2, Name = "shuffled"), Slice(5, 40), Conv2d(20, 1, Name = "part")]
    [ChannelShuffle(4), Concat("stem", "shuffled"), Conv2d(9, 1)]
    internal sealed partial class SelectedChannels;

    [Network(Training = false), Input(6, 90, 101), Conv2d(12, 3, Padding = 1, Groups = 6), Slice(1, 10), ChannelShuffle(5), Conv2d(40, 3, Groups = 10, Name = "made")]
    [Slice(3, 36), ChannelShuffle(18, Name = "shuffled"), Conv2d(36, 3, Padding = 1, Groups = 18), Concat("shuffled", "made"), Conv2d(9, 1)]
    internal sealed partial class SelectedPlanes;

    [Network(Training = false), Input(3, 28, 28), Conv2d(128, 3, Padding = 1), ReLU, Conv2d(128, 3, Padding = 1), Tanh, AvgPool2d(4), Linear(5)]
    internal sealed partial class SharedBands;

    /// <summary>Products of halves whose tiles, panels or bands threads take, over bands of an odd number of pixels, with sums in place.</summary>
    [Network(Training = false), Input(3, 66, 66), Conv2d(320, 3, Stride = 2, Padding = 1), Tanh(Name = "map33"), Conv2d(128, 1), ReLU, Conv2d(320, 1)]
    [Add("map33"), ReLU, MaxPool2d(8, Stride = 1), Conv2d(288, 1, Name = "map26"), Conv2d(288, 1, Bias = false), BatchNorm2d, SiLU, Conv2d(288, 1), Add("map26")]
    [MaxPool2d(2, Stride = 1, Name = "map25"), Conv2d(160, 1), ReLU6, Conv2d(288, 1, Bias = false), Add("map25"), ReLU, Conv2d(128, 1), ReLU, Conv2d(384, 1)]
    [GlobalAvgPool2d, Linear(5)]
    internal sealed partial class OddHalves;

    /// <summary>The same mostly over even numbers, and on one map alone.</summary>
    [Network(Training = false), Input(3, 34, 34), Conv2d(288, 3, Stride = 2, Padding = 1), Tanh(Name = "map17"), Conv2d(192, 1), ReLU, Conv2d(288, 1)]
    [Add("map17"), MaxPool2d(2, Stride = 1, Name = "map16"), Conv2d(256, 1), ReLU, Conv2d(288, 1), Add("map16"), ReLU, MaxPool2d(3, Stride = 1)]
    [Conv2d(320, 1, Name = "map14"), Conv2d(320, 1, Bias = false), BatchNorm2d, SiLU, Conv2d(320, 1), Add("map14"), ReLU, GlobalAvgPool2d, Linear(5)]
    internal sealed partial class Halves;

    [Network(Training = false), Input(3, 24, 25), Conv2d(20, 3, Padding = 1), Upsample(2, Mode = UpsampleMode.Bilinear), ReLU]
    [ConvTranspose2d(18, 3, Stride = 2, Padding = 1, OutputPadding = 1), Pad(2, Mode = PadMode.Reflect), MaxPool2d(2), Upsample(2), Conv2d(4, 1)]
    internal sealed partial class Resampling;
}
