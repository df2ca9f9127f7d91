namespace NetGen.Tests.Reference;

/// <summary>x less the logarithm of the sum of exp(x): of the channels at each position, which of a vector are all its elements.</summary>
internal sealed class LogSoftmaxReference(TensorShape shape) : ReferenceLayer(shape, shape)
{
    private int Positions => Input.Height * Input.Width;

    public override double[] Forward(double[] input)
    {
        double[] output = new double[input.Length];
        for (int position = 0; position < Positions; position++)
        {
            int[] channels = Channels(position);
            double greatest = channels.Max(channel => input[channel]);
            double logarithm = Math.Log(channels.Sum(channel => Math.Exp(input[channel] - greatest)));
            foreach (int channel in channels)
            {
                output[channel] = input[channel] - greatest - logarithm;
            }
        }

        return output;
    }

    // The Jacobian is the identity less a row of exp(y) for each element.
    public override double[] Backward(double[] input, double[] outputGradient)
    {
        double[] output = Forward(input);
        double[] gradient = new double[input.Length];
        for (int position = 0; position < Positions; position++)
        {
            int[] channels = Channels(position);
            double sum = channels.Sum(channel => outputGradient[channel]);
            foreach (int channel in channels)
            {
                gradient[channel] = outputGradient[channel] - (Math.Exp(output[channel]) * sum);
            }
        }

        return gradient;
    }

    private int[] Channels(int position) => [.. Enumerable.Range(0, Input.Channels).Select(channel => channel * Positions + position)];
}
