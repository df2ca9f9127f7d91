namespace NetGen;

/// <summary>A loss that is the mean over the outputs of a function of output and target.</summary>
internal interface IElementwiseLoss
{
    static abstract double Value(double output, double target);

    /// <summary>The derivative of <see cref="Value"/> by the output.</summary>
    static abstract double Derivative(double output, double target);
}

/// <summary>Evaluates elementwise losses.</summary>
internal static class ElementwiseLoss
{
    /// <summary>The loss of one image, and its gradient times a factor. The gradient may overwrite the outputs.</summary>
    public static double Evaluate<TLoss>(ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets, double scale, Span<float> gradient)
        where TLoss : IElementwiseLoss
    {
        double sum = 0;
        scale /= outputs.Length;
        for (int i = 0; i < outputs.Length; i++)
        {
            double output = outputs[i];
            double target = targets[i];
            sum += TLoss.Value(output, target);
            gradient[i] = (float)(scale * TLoss.Derivative(output, target));
        }

        return sum / outputs.Length;
    }
}
