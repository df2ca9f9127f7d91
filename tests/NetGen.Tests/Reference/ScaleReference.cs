namespace NetGen.Tests.Reference;

/// <summary>factor · x, with a factor for each channel or one for all.</summary>
internal sealed class ScaleReference : ReferenceLayer
{
    private readonly ReferenceParameter _factors;

    public ScaleReference(TensorShape shape, bool shared = false)
        : base(shape, shape)
    {
        _factors = new ReferenceParameter("", shared ? 1 : shape.Channels);
        Parameters = [_factors];
    }

    public override string NameStem => "scale";

    public override double[] Forward(double[] input) => [.. input.Select((x, i) => _factors.Values[FactorOf(i)] * x)];

    public override double[] Backward(double[] input, double[] outputGradient)
    {
        double[] gradient = new double[input.Length];
        for (int i = 0; i < input.Length; i++)
        {
            gradient[i] = outputGradient[i] * _factors.Values[FactorOf(i)];
            _factors.Gradient[FactorOf(i)] += outputGradient[i] * input[i];
        }

        return gradient;
    }

    private int FactorOf(int element) => _factors.Values.Length == 1 ? 0 : element / (Input.Height * Input.Width);
}
