namespace NetGen;

/// <summary>
/// Sigmoid and binary cross entropy together (PyTorch's BCEWithLogitsLoss): max(x, 0) − x t + log(1 + exp(−|x|)), whose exponential never
/// overflows.
/// </summary>
internal readonly struct BinaryCrossEntropy : IElementwiseLoss
{
    // PyTorch bounds the logarithm of a probability of zero likewise.
    private const double LeastLogarithm = -100;

    public static double Value(double output, double target) =>
        Math.Max(output, 0) - output * target + LogOnePlus(Math.Exp(-Math.Abs(output)));

    public static double Derivative(double output, double target) => 1 / (1 + Math.Exp(-output)) - target;

    /// <summary>The loss of one image from its predicted probabilities.</summary>
    public static double OfProbabilities(ReadOnlySpan<float> probabilities, ReadOnlySpan<float> targets)
    {
        double loss = 0;
        for (int i = 0; i < targets.Length; i++)
        {
            double probability = probabilities[i];
            loss -= targets[i] * Math.Max(Math.Log(probability), LeastLogarithm)
                + (1 - targets[i]) * Math.Max(Math.Log(1 - probability), LeastLogarithm);
        }

        return loss / targets.Length;
    }

    // Math has no log1p; below 1e-5 the series' next term is beyond double's precision relative to float's.
    private static double LogOnePlus(double x) => x < 1e-5 ? x - x * x / 2 : Math.Log(1 + x);
}
