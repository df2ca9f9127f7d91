namespace NetGen.Tests.Zoo;

/// <summary>A network with each kind of layer that a chain can have, for the writer of ONNX files.</summary>
[Network(Training = false)]
[Input(2, 19, 21)]
[Conv2d(8, 3, Padding = 1, Name = "stem.first"), ReLU]
[MaxPool2d(3, Stride = 2, Padding = 1, CeilMode = true)]
[Conv2d(6, 3, 2, StrideH = 2, PaddingW = 1, Dilation = 2, Groups = 2, Bias = false), LeakyReLU(0.2)]
[AvgPool2d(1, 2, PaddingW = 1, CountIncludePad = false)]
[Conv2d(4, 2, SamePadding = true), Sigmoid]
[GlobalAvgPool2d, Dropout(0.5)]
[Linear(5), Tanh, ELU(0.5), SELU, HardSigmoid, Softplus]
[Linear(3, Bias = false), Softmax]
internal sealed partial class EveryLayer;

/// <summary>A network whose input is a vector already.</summary>
[Network(Training = false)]
[Input(7)]
[Flatten]
[Linear(4), LogSoftmax]
internal sealed partial class VectorNetwork;

/// <summary>A network whose output is a feature map.</summary>
[Network(Training = false)]
[Input(3, 6, 5)]
[Conv2d(4, 3)]
internal sealed partial class MapNetwork;
