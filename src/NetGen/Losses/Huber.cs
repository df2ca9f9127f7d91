namespace NetGen;

/// <summary>½ d² where |d| &lt; 1, else |d| − ½, with d = x − t (PyTorch's SmoothL1Loss with beta 1).</summary>
internal readonly struct Huber : IElementwiseLoss
{
    public static double Value(double output, double target)
    {
        double distance = Math.Abs(output - target);
        return distance < 1 ? 0.5 * distance * distance : distance - 0.5;
    }

    public static double Derivative(double output, double target) => Math.Clamp(output - target, -1, 1);
}
