namespace NetGen;

/// <summary>
/// Softmax and cross entropy together (PyTorch's CrossEntropyLoss): log Σ exp x − Σ tᵢ xᵢ for targets that sum to 1, with the greatest
/// logit taken out of the exponentials so that none overflows. Label smoothing ε mixes targets with the uniform distribution: (1 − ε) t + ε / C.
/// </summary>
internal static class CrossEntropy
{
    // PyTorch bounds the logarithm of a probability of zero likewise.
    private const double LeastLogarithm = -100;

    /// <summary>The loss of one image, and its gradient times a factor. The gradient may overwrite the logits.</summary>
    public static double Evaluate(ReadOnlySpan<float> logits, int label, double smoothing, double scale, Span<float> gradient)
    {
        double elsewhere = smoothing / logits.Length;
        double target = 1 - smoothing + elsewhere;
        double labelLogit = logits[label];
        (double max, double sum, double logitSum) = Exponentials(logits, gradient);
        for (int i = 0; i < gradient.Length; i++)
        {
            gradient[i] = (float)(scale * (gradient[i] / sum - elsewhere));
        }

        gradient[label] = (float)(scale * (Math.Exp(labelLogit - max) / sum - target));

        // The differences of logits first: they are exact where the logarithm is small beside them.
        double logSum = Math.Log(sum);
        double loss = (1 - smoothing) * (max - labelLogit + logSum);
        return smoothing == 0 ? loss : loss + elsewhere * (logits.Length * max - logitSum + logits.Length * logSum);
    }

    /// <summary>The loss of one image whose targets are class probabilities, and its gradient times a factor.</summary>
    public static double Evaluate(ReadOnlySpan<float> logits, ReadOnlySpan<float> targets, double smoothing, double scale, Span<float> gradient)
    {
        double elsewhere = smoothing / logits.Length;
        double targetSum = 0;
        double expected = 0;
        for (int i = 0; i < targets.Length; i++)
        {
            double target = (1 - smoothing) * targets[i] + elsewhere;
            targetSum += target;
            expected += target * logits[i];
        }

        (double max, double sum, _) = Exponentials(logits, gradient);
        for (int i = 0; i < targets.Length; i++)
        {
            gradient[i] = (float)(scale * (gradient[i] / sum * targetSum - ((1 - smoothing) * targets[i] + elsewhere)));
        }

        return targetSum * (max + Math.Log(sum)) - expected;
    }

    /// <summary>The loss of one image from its predicted probabilities.</summary>
    public static double OfProbabilities(ReadOnlySpan<float> probabilities, int label, double smoothing)
    {
        double loss = -(1 - smoothing) * Logarithm(probabilities[label]);
        for (int i = 0; smoothing != 0 && i < probabilities.Length; i++)
        {
            loss -= smoothing / probabilities.Length * Logarithm(probabilities[i]);
        }

        return loss;
    }

    /// <summary>The loss of one image from its predicted probabilities, where the targets are class probabilities.</summary>
    public static double OfProbabilities(ReadOnlySpan<float> probabilities, ReadOnlySpan<float> targets, double smoothing)
    {
        double loss = 0;
        for (int i = 0; i < targets.Length; i++)
        {
            loss -= ((1 - smoothing) * targets[i] + smoothing / targets.Length) * Logarithm(probabilities[i]);
        }

        return loss;
    }

    private static double Logarithm(double probability) => Math.Max(Math.Log(probability), LeastLogarithm);

    private static (double Max, double Sum, double LogitSum) Exponentials(ReadOnlySpan<float> logits, Span<float> exponentials)
    {
        double max = double.NegativeInfinity;
        foreach (float logit in logits)
        {
            max = logit > max ? logit : max;
        }

        double sum = 0;
        double logitSum = 0;
        for (int i = 0; i < logits.Length; i++)
        {
            double exponential = Math.Exp(logits[i] - max);
            sum += exponential;
            logitSum += logits[i];
            exponentials[i] = (float)exponential;
        }

        return (max, sum, logitSum);
    }
}
