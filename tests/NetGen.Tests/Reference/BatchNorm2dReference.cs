namespace NetGen.Tests.Reference;

/// <summary>Batch normalisation: by its running averages for one image, by the batch's own statistics while training.</summary>
internal sealed class BatchNorm2dReference : ReferenceLayer
{
    private readonly double _epsilon;
    private readonly ReferenceParameter? _weight;
    private readonly ReferenceParameter? _bias;
    private readonly ReferenceParameter _mean;
    private readonly ReferenceParameter _variance;

    public BatchNorm2dReference(TensorShape input, double epsilon = 1e-5, bool affine = true)
        : base(input, input)
    {
        _epsilon = epsilon;
        _mean = new("running_mean", input.Channels);
        _variance = new("running_var", input.Channels);
        if (affine)
        {
            _weight = new("weight", input.Channels);
            _bias = new("bias", input.Channels);
        }

        Parameters = affine ? [_weight!, _bias!, _mean, _variance] : [_mean, _variance];
    }

    public override string NameStem => "bn";

    private int Pixels => Input.Height * Input.Width;

    public override double[] Forward(double[] input) =>
        [.. input.Select((value, i) => Scaled(i / Pixels, (value - _mean.Values[i / Pixels]) / Math.Sqrt(_variance.Values[i / Pixels] + _epsilon)))];

    public override double[] Backward(double[] input, double[] outputGradient) => TrainBackward([input], [outputGradient])[0];

    public override double[][] TrainForward(double[][] inputs)
    {
        (double Mean, double Variance)[] moments = Moments(inputs);
        return Array.ConvertAll(inputs, input => input.Select((value, i) => Scaled(i / Pixels, Normalised(value, moments[i / Pixels]))).ToArray());
    }

    public override double[][] TrainBackward(double[][] inputs, double[][] outputGradients)
    {
        (double Mean, double Variance)[] moments = Moments(inputs);
        double[] sums = new double[Input.Channels], products = new double[Input.Channels];
        for (int image = 0; image < inputs.Length; image++)
        {
            for (int i = 0; i < Input.Length; i++)
            {
                sums[i / Pixels] += outputGradients[image][i];
                products[i / Pixels] += outputGradients[image][i] * Normalised(inputs[image][i], moments[i / Pixels]);
            }
        }

        for (int c = 0; c < Input.Channels && _weight is not null; c++)
        {
            _weight.Gradient[c] += products[c];
            _bias!.Gradient[c] += sums[c];
        }

        double count = inputs.Length * Pixels;
        return [.. inputs.Zip(outputGradients, (input, gradient) => gradient.Select((dy, i) =>
        {
            int c = i / Pixels;
            double normalised = Normalised(input[i], moments[c]);
            return (_weight?.Values[c] ?? 1) / Math.Sqrt(moments[c].Variance + _epsilon)
                * (dy - (sums[c] / count) - (normalised * products[c] / count));
        }).ToArray())];
    }

    /// <summary>Mean and variance of each channel over a batch.</summary>
    public (double Mean, double Variance)[] Moments(double[][] inputs) => [.. Enumerable.Range(0, Input.Channels).Select(c =>
    {
        double[] values = [.. inputs.SelectMany(input => input.Skip(c * Pixels).Take(Pixels))];
        double mean = values.Average();
        return (mean, values.Average(value => (value - mean) * (value - mean)));
    })];

    private double Normalised(double value, (double Mean, double Variance) moments) =>
        (value - moments.Mean) / Math.Sqrt(moments.Variance + _epsilon);

    private double Scaled(int c, double normalised) => (normalised * (_weight?.Values[c] ?? 1)) + (_bias?.Values[c] ?? 0);
}
