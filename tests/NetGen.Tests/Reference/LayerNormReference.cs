namespace NetGen.Tests.Reference;

/// <summary>
/// (x − mean) / √(variance + epsilon) · weight + bias over groups of elements: all of them, or the channels at each position. With n elements in a
/// group, the variance is the sum of the squared distances from the mean over n.
/// </summary>
internal sealed class LayerNormReference : ReferenceLayer
{
    private readonly bool _overChannels;
    private readonly double _epsilon;
    private readonly ReferenceParameter? _weight, _bias;

    public LayerNormReference(TensorShape shape, bool overChannels = false, double epsilon = 1e-5, bool affine = true)
        : base(shape, shape)
    {
        (_overChannels, _epsilon) = (overChannels, epsilon);
        if (affine)
        {
            int[] extents = overChannels || shape.IsVector ? [shape.Channels] : [shape.Channels, shape.Height, shape.Width];
            _weight = new ReferenceParameter("weight", extents);
            _bias = new ReferenceParameter("bias", extents);
            Parameters = [_weight, _bias];
        }
    }

    public override string NameStem => "ln";

    public override double[] Forward(double[] input)
    {
        double[] output = new double[input.Length];
        foreach (int[] group in Groups())
        {
            (double mean, double deviation) = Statistics(input, group);
            foreach (int element in group)
            {
                output[element] = ((input[element] - mean) / deviation * WeightOf(element)) + (_bias?.Values[ParameterOf(element)] ?? 0);
            }
        }

        return output;
    }

    // By the chain rule through mean and deviation, element by element: the deviation's derivative by x is h / n.
    public override double[] Backward(double[] input, double[] outputGradient)
    {
        double[] gradient = new double[input.Length];
        foreach (int[] group in Groups())
        {
            (double mean, double deviation) = Statistics(input, group);
            double meanGradient = 0, deviationGradient = 0;
            foreach (int element in group)
            {
                double h = (input[element] - mean) / deviation, g = outputGradient[element] * WeightOf(element);
                gradient[element] += g / deviation;
                meanGradient -= g / deviation;
                deviationGradient -= g * h / deviation;
                if (_weight is not null && _bias is not null)
                {
                    _weight.Gradient[ParameterOf(element)] += outputGradient[element] * h;
                    _bias.Gradient[ParameterOf(element)] += outputGradient[element];
                }
            }

            foreach (int element in group)
            {
                double h = (input[element] - mean) / deviation;
                gradient[element] += (meanGradient / group.Length) + (deviationGradient * h / group.Length);
            }
        }

        return gradient;
    }

    private (double Mean, double Deviation) Statistics(double[] input, int[] group)
    {
        double mean = group.Average(element => input[element]);
        return (mean, Math.Sqrt(group.Average(element => (input[element] - mean) * (input[element] - mean)) + _epsilon));
    }

    private int Positions => Input.Height * Input.Width;

    private IEnumerable<int[]> Groups() => _overChannels
        ? Enumerable.Range(0, Positions).Select(position => Enumerable.Range(0, Input.Channels).Select(channel => (channel * Positions) + position).ToArray())
        : [[.. Enumerable.Range(0, Input.Length)]];

    private double WeightOf(int element) => _weight?.Values[ParameterOf(element)] ?? 1;

    private int ParameterOf(int element) => _overChannels ? element / Positions : element;
}
