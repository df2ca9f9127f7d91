namespace NetGen.Tests.Reference;

/// <summary>x / d^beta with d = k + alpha / size · Σ x² over the channels from c − ⌊size / 2⌋ to c + ⌊(size − 1) / 2⌋, as far as there are.</summary>
internal sealed class LocalResponseNormReference(TensorShape shape, int size, double alpha, double beta, double k) : ReferenceLayer(shape, shape)
{
    private int Positions => Input.Height * Input.Width;

    public override double[] Forward(double[] input) => [.. input.Select((x, i) => x * Math.Pow(Divisor(input, i), -beta))];

    public override double[] Backward(double[] input, double[] outputGradient)
    {
        double[] gradient = new double[input.Length];
        for (int i = 0; i < input.Length; i++)
        {
            double d = Divisor(input, i);
            gradient[i] += outputGradient[i] * Math.Pow(d, -beta);
            foreach (int neighbor in Window(i))
            {
                gradient[neighbor] -= outputGradient[i] * input[i] * beta * Math.Pow(d, -beta - 1) * alpha / size * 2 * input[neighbor];
            }
        }

        return gradient;
    }

    private double Divisor(double[] input, int element) => k + (alpha / size * Window(element).Sum(neighbor => input[neighbor] * input[neighbor]));

    private IEnumerable<int> Window(int element)
    {
        int channel = element / Positions;
        return Enumerable.Range(channel - (size / 2), size).Where(c => c >= 0 && c < Input.Channels).Select(c => (c * Positions) + (element % Positions));
    }
}
