namespace NetGen;

/// <summary>(x − t)² (PyTorch's MSELoss).</summary>
internal readonly struct MeanSquaredError : IElementwiseLoss
{
    public static double Value(double output, double target) => (output - target) * (output - target);

    public static double Derivative(double output, double target) => 2 * (output - target);
}
