namespace NetGen.Tests.Reference;

/// <summary>exp(x) over its sum: of the channels at each position, which of a vector are all its elements.</summary>
internal sealed class SoftmaxReference(TensorShape shape) : ReferenceLayer(shape, shape)
{
    private int Positions => Input.Height * Input.Width;

    public override double[] Forward(double[] input)
    {
        double[] output = new double[input.Length];
        for (int position = 0; position < Positions; position++)
        {
            int[] channels = Channels(position);
            double greatest = channels.Max(channel => input[channel]);
            double sum = channels.Sum(channel => Math.Exp(input[channel] - greatest));
            foreach (int channel in channels)
            {
                output[channel] = Math.Exp(input[channel] - greatest) / sum;
            }
        }

        return output;
    }

    // The Jacobian is diag(y) − y·yᵀ.
    public override double[] Backward(double[] input, double[] outputGradient)
    {
        double[] output = Forward(input);
        double[] gradient = new double[input.Length];
        for (int position = 0; position < Positions; position++)
        {
            int[] channels = Channels(position);
            double mean = channels.Sum(channel => output[channel] * outputGradient[channel]);
            foreach (int channel in channels)
            {
                gradient[channel] = output[channel] * (outputGradient[channel] - mean);
            }
        }

        return gradient;
    }

    private int[] Channels(int position) => [.. Enumerable.Range(0, Input.Channels).Select(channel => channel * Positions + position)];
}
