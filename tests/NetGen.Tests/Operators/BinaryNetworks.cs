namespace NetGen.Tests.Operators;

/// <summary>Networks with one output.</summary>
internal static partial class BinaryNetworks
{
    [Network, Input(1), Linear(1), Sigmoid]
    internal sealed partial class Probability;

    [Network, Input(1), Linear(1), Loss(Loss.BinaryCrossEntropy)]
    internal sealed partial class Logit;

    [Network, Input(1), Linear(1)]
    internal sealed partial class Number;
}
