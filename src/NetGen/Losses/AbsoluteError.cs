namespace NetGen;

/// <summary>|x − t|, whose derivative at 0 is taken as 0 (PyTorch's L1Loss).</summary>
internal readonly struct AbsoluteError : IElementwiseLoss
{
    public static double Value(double output, double target) => Math.Abs(output - target);

    public static double Derivative(double output, double target)
    {
        double difference = output - target;
        return difference > 0 ? 1 : difference < 0 ? -1 : difference;
    }
}
