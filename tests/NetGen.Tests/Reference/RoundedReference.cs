namespace NetGen.Tests.Reference;

/// <summary>
/// A layer whose results are as wrong as single precision makes them, at random: by up to 16 roundings of the greatest. What a chain of
/// these deviates from the exact chain is what errors between its layers may amount to.
/// </summary>
internal sealed class RoundedReference : ReferenceLayer
{
    private const double Error = 16 * (1.0 / (1 << 24));

    private readonly ReferenceLayer _layer;
    private readonly Random _random;

    public RoundedReference(ReferenceLayer layer, Random random)
        : base(layer.Input, layer.Output)
    {
        _layer = layer;
        _random = random;
        Parameters = layer.Parameters;
    }

    public override string NameStem => _layer.NameStem;

    public override double[] Forward(double[] input) => Round(_layer.Forward(input));

    public override double[] Backward(double[] input, double[] outputGradient) => Round(_layer.Backward(input, outputGradient));

    public override double[][] TrainForward(double[][] inputs) => Array.ConvertAll(_layer.TrainForward(inputs), Round);

    public override double[][] TrainBackward(double[][] inputs, double[][] outputGradients) =>
        Array.ConvertAll(_layer.TrainBackward(inputs, outputGradients), Round);

    private double[] Round(double[] values)
    {
        double error = Error * values.Max(Math.Abs);
        return [.. values.Select(value => value + (error * ((2 * _random.NextDouble()) - 1)))];
    }
}
