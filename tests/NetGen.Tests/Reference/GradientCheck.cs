using Xunit;

namespace NetGen.Tests.Reference;

/// <summary>
/// Checks the gradients of a reference layer against central differences of the scalar Σ w·y with random w. In double with a step of
/// 1e-5 the differences are right to about 1e-10 of the values (h² of truncation, 1e-16 / h of rounding), so 1e-7 tells right from wrong.
/// </summary>
internal static class GradientCheck
{
    private const double Step = 1e-5;
    private const double Tolerance = 1e-7;

    /// <param name="layer">The layer, whose parameters are filled with random values.</param>
    /// <param name="seed">Seed of all values.</param>
    /// <param name="awayFromZero">Least magnitude of an input: a function with a kink at 0 has no derivative there.</param>
    /// <param name="scale">Greatest magnitude of an input, for functions that bend further out.</param>
    public static void Run(ReferenceLayer layer, int seed, double awayFromZero = 0.01, double scale = 1)
    {
        var random = new Random(seed);
        double[] input = [.. Values(layer.Input.Length, random, awayFromZero / scale).Select(value => scale * value)];
        double[] weights = Values(layer.Output.Length, random, 0);
        foreach (ReferenceParameter parameter in layer.Parameters)
        {
            Values(parameter.Values.Length, random, 0).CopyTo(parameter.Values, 0);
        }

        double[] inputGradient = layer.Backward(input, weights);
        Compare("input", input, inputGradient, Scalar);
        foreach (ReferenceParameter parameter in layer.Parameters)
        {
            Compare(parameter.Name, parameter.Values, parameter.Gradient, Scalar);
        }

        double Scalar() => layer.Forward(input).Zip(weights, (y, w) => y * w).Sum();
    }

    private static void Compare(string name, double[] values, double[] gradient, Func<double> scalar)
    {
        Assert.Equal(values.Length, gradient.Length);
        for (int i = 0; i < values.Length; i++)
        {
            double value = values[i];
            values[i] = value + Step;
            double above = scalar();
            values[i] = value - Step;
            double below = scalar();
            values[i] = value;
            double difference = (above - below) / (2 * Step);
            Assert.True(
                Math.Abs(difference - gradient[i]) <= Tolerance * Math.Max(1, Math.Abs(difference)),
                $"gradient of {name}[{i}] is {gradient[i]:R}, by differences {difference:R}");
        }
    }

    private static double[] Values(int count, Random random, double awayFromZero)
    {
        double[] values = new double[count];
        for (int i = 0; i < count; i++)
        {
            double magnitude = awayFromZero + ((1 - awayFromZero) * random.NextDouble());
            values[i] = random.Next(2) == 0 ? magnitude : -magnitude;
        }

        return values;
    }
}
