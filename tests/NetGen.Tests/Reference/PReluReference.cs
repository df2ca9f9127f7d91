namespace NetGen.Tests.Reference;

/// <summary>x where it is positive, slope · x elsewhere, with a slope for each channel or one for all.</summary>
internal sealed class PReluReference : ReferenceLayer
{
    private readonly ReferenceParameter _weight;

    public PReluReference(TensorShape shape, bool shared = false)
        : base(shape, shape)
    {
        _weight = new ReferenceParameter("weight", shared ? 1 : shape.Channels);
        Parameters = [_weight];
    }

    public override string NameStem => "prelu";

    public override double[] Forward(double[] input) => [.. input.Select((x, i) => x > 0 ? x : _weight.Values[SlopeOf(i)] * x)];

    public override double[] Backward(double[] input, double[] outputGradient)
    {
        double[] gradient = new double[input.Length];
        for (int i = 0; i < input.Length; i++)
        {
            gradient[i] = outputGradient[i] * (input[i] > 0 ? 1 : _weight.Values[SlopeOf(i)]);
            _weight.Gradient[SlopeOf(i)] += input[i] > 0 ? 0 : outputGradient[i] * input[i];
        }

        return gradient;
    }

    private int SlopeOf(int element) => _weight.Values.Length == 1 ? 0 : element / (Input.Height * Input.Width);
}
