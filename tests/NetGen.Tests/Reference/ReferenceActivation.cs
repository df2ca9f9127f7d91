namespace NetGen.Tests.Reference;

/// <summary>An elementwise function and its derivative by the input.</summary>
internal sealed class ReferenceActivation(TensorShape shape, Func<double, double> function, Func<double, double> derivative)
    : ReferenceLayer(shape, shape)
{
    public static ReferenceActivation ReLU(TensorShape shape) => new(shape, x => x > 0 || double.IsNaN(x) ? x : 0, x => x > 0 ? 1 : 0);

    public static ReferenceActivation LeakyReLU(TensorShape shape, double negativeSlope = 0.01) =>
        new(shape, x => x > 0 ? x : negativeSlope * x, x => x > 0 ? 1 : negativeSlope);

    public static ReferenceActivation Sigmoid(TensorShape shape) =>
        new(shape, Logistic, x => Logistic(x) * (1 - Logistic(x)));

    public static ReferenceActivation Tanh(TensorShape shape) =>
        new(shape, Math.Tanh, x => 1 - (Math.Tanh(x) * Math.Tanh(x)));

    public override double[] Forward(double[] input) => Array.ConvertAll(input, x => function(x));

    public override double[] Backward(double[] input, double[] outputGradient) =>
        [.. input.Zip(outputGradient, (x, gradient) => gradient * derivative(x))];

    private static double Logistic(double x) => 1 / (1 + Math.Exp(-x));
}
