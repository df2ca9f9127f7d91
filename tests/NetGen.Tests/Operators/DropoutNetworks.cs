namespace NetGen.Tests.Operators;

/// <summary>Dropout of vectors and maps; the first layer's result is value 1 of its network.</summary>
internal static partial class DropoutNetworks
{
    [Network(InputGradients = true), Input(2000), Dropout(0.3)]
    internal sealed partial class OfAVector;

    [Network(InputGradients = true), Input(3, 13, 37), Dropout(0.5)]
    internal sealed partial class OfPlanes;

    [Network(InputGradients = true), Input(20, 9, 11), Dropout(0.1)]
    internal sealed partial class OfBlocks;

    [Network(InputGradients = true), Input(2000), Dropout(0)]
    internal sealed partial class OfNothing;

    [Network(InputGradients = true), Input(2000), Dropout(0.9999999999)]
    internal sealed partial class OfEverything;

    [Network(InputGradients = true), Input(3000), Dropout(0.5), Dropout(0.5)]
    internal sealed partial class Twice;

    [Network(InputGradients = true), Input(40), Linear(200, Bias = false), ReLU, Dropout(0.4), Linear(30)]
    internal sealed partial class BetweenLayers;
}
