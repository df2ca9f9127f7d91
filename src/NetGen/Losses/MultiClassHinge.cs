namespace NetGen;

/// <summary>Σ over the other classes of max(0, 1 − x[label] + xᵢ), divided by the number of classes (PyTorch's MultiMarginLoss).</summary>
internal static class MultiClassHinge
{
    /// <summary>The loss of one image, and its gradient times a factor. The gradient may overwrite the outputs.</summary>
    public static double Evaluate(ReadOnlySpan<float> outputs, int label, double scale, Span<float> gradient)
    {
        double sum = 0;
        int violations = 0;
        double threshold = outputs[label] - 1.0;
        float step = (float)(scale / outputs.Length);
        for (int i = 0; i < outputs.Length; i++)
        {
            double excess = outputs[i] - threshold;
            // Written so that NaN counts as an excess and reaches the loss.
            bool violated = i != label && !(excess <= 0);
            sum += violated ? excess : 0;
            violations += violated ? 1 : 0;
            gradient[i] = violated ? step : 0;
        }

        gradient[label] = -step * violations;
        return sum / outputs.Length;
    }
}
