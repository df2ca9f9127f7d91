using System.Runtime.Intrinsics;
using NetGen.CompilerServices;
using NetGen.Tests.Reference;
using Xunit;

namespace NetGen.Tests.CompilerServices;

/// <summary>The functions that activations are made of, at every width, against their definitions in double: also far out, near zero and at the ends.</summary>
[Trait("Category", "Numeric")]
public sealed class ActivationMathTests
{
    private const double Tolerance = 5e-7;

    /// <summary>Below it floats lose digits, and the exponentials that results are divided by are infinite.</summary>
    private const double Least = 1e-37;

    private static readonly float[] s_arguments =
    [
        .. Enumerable.Range(-1200, 4200).Select(i => i / 100f),
        .. Enumerable.Range(1, 37).SelectMany(i => (float[])[MathF.Pow(10, -i), -MathF.Pow(10, -i)]),
        0, 1e3f, -1e3f, 1e20f, -1e20f, float.MaxValue, float.MinValue,
    ];

    private delegate Vector128<float> Four(Vector128<float> x);

    private delegate Vector256<float> Eight(Vector256<float> x);

    private delegate Vector512<float> Sixteen(Vector512<float> x);

    [Fact]
    public void Exp() => Compare(Math.Exp, VectorMath.Exp, VectorMath.Exp, VectorMath.Exp);

    [Fact]
    public void Tanh() => Compare(Math.Tanh, VectorMath.Tanh, VectorMath.Tanh, VectorMath.Tanh);

    [Fact]
    public void Exponentials_are_subnormal_zero_infinite_and_NaN_where_they_should_be()
    {
        foreach ((float x, double expected, double tolerance) in new (float, double, double)[]
        {
            (float.NegativeInfinity, 0, 0), (-105, 0, 0), (-100, Math.Exp(-100), 2e-45), (-88, Math.Exp(-88), 2e-45), (-0f, 1, 0), (0, 1, 0),
            (88.72f, Math.Exp(88.72f), 1e32), (88.73f, double.PositiveInfinity, 0), (float.PositiveInfinity, double.PositiveInfinity, 0),
        })
        {
            Assert.All(Lanes(x), value => Assert.True(value == expected || Math.Abs(value - expected) <= tolerance, $"exp({x}) is {value}, not {expected}"));
        }

        Assert.All(Lanes(float.NaN), value => Assert.True(float.IsNaN(value), $"exp(NaN) is {value}"));

        static float[] Lanes(float x) => [VectorMath.Exp(Vector128.Create(x))[3], VectorMath.Exp(Vector256.Create(x))[7], VectorMath.Exp(Vector512.Create(x))[15]];
    }

    [Fact]
    public void ExpMinusOne() => Compare(
        x => Math.Abs(x) < 1e-5 ? x + (x * x / 2) : Math.Exp(x) - 1, VectorMath.ExpMinusOne, VectorMath.ExpMinusOne, VectorMath.ExpMinusOne);

    [Fact]
    public void Gelu() => Compare(Value(shape => new GeluReference(shape)), VectorMath.Gelu, VectorMath.Gelu, VectorMath.Gelu);

    [Fact]
    public void GeluTanh() => Compare(Value(shape => new GeluTanhReference(shape)), VectorMath.GeluTanh, VectorMath.GeluTanh, VectorMath.GeluTanh);

    [Fact]
    public void Mish() => Compare(Value(shape => new MishReference(shape)), VectorMath.Mish, VectorMath.Mish, VectorMath.Mish);

    [Theory]
    [InlineData(1, 20)]
    [InlineData(0.3f, 20)]
    [InlineData(4, 1)]
    [InlineData(1, float.PositiveInfinity)]
    public void Softplus(float beta, float threshold) => Compare(
        Value(shape => new SoftplusReference(shape, beta, threshold)),
        x => VectorMath.Softplus(x, beta, threshold),
        x => VectorMath.Softplus(x, beta, threshold),
        x => VectorMath.Softplus(x, beta, threshold));

    [Fact]
    public void Gradients()
    {
        Compare(Gradient(shape => new GeluReference(shape)), VectorMath.GeluGradient, VectorMath.GeluGradient, VectorMath.GeluGradient, crossesZero: true);
        Compare(
            Gradient(shape => new GeluTanhReference(shape)),
            VectorMath.GeluTanhGradient,
            VectorMath.GeluTanhGradient,
            VectorMath.GeluTanhGradient,
            crossesZero: true);
        Compare(Gradient(shape => new SiluReference(shape)), VectorMath.SiluGradient, VectorMath.SiluGradient, VectorMath.SiluGradient, crossesZero: true);
        Compare(Gradient(shape => new MishReference(shape)), VectorMath.MishGradient, VectorMath.MishGradient, VectorMath.MishGradient, crossesZero: true);
        Compare(
            Gradient(shape => new SoftplusReference(shape, 2, 3)),
            x => VectorMath.SoftplusGradient(x, 2, 3),
            x => VectorMath.SoftplusGradient(x, 2, 3),
            x => VectorMath.SoftplusGradient(x, 2, 3));
    }

    [Fact]
    public void NaN_stays_NaN()
    {
        Vector128<float> x = Vector128.Create(float.NaN);
        Vector128<float>[] results =
        [
            VectorMath.ExpMinusOne(x), VectorMath.Gelu(x), VectorMath.GeluGradient(x), VectorMath.GeluTanh(x), VectorMath.GeluTanhGradient(x),
            VectorMath.Mish(x), VectorMath.MishGradient(x), VectorMath.SiluGradient(x), VectorMath.Softplus(x, 1, 20),
            VectorMath.SoftplusGradient(x, 1, 20),
        ];
        Assert.All(results, result => Assert.Equal(float.NaN, result[2]));
    }

    private static Func<double, double> Value(Func<TensorShape, ReferenceLayer> reference) => x => reference(new(1)).Forward([x])[0];

    private static Func<double, double> Gradient(Func<TensorShape, ReferenceLayer> reference) => x => reference(new(1)).Backward([x], [1])[0];

    /// <param name="crossesZero">Whether errors near a zero are relative to 1 and not to what is left there.</param>
    private static void Compare(Func<double, double> function, Four four, Eight eight, Sixteen sixteen, bool crossesZero = false)
    {
        foreach (float x in s_arguments)
        {
            double expected = function(x);
            float[] actual = [four(Vector128.Create(x))[3], eight(Vector256.Create(x))[7], sixteen(Vector512.Create(x))[15]];

            // An exponential's argument, up to x² / 2 or so until nothing is left of it, is rounded as well.
            double magnitude = Math.Max(Math.Abs(expected), crossesZero ? 1 : 0) * Math.Clamp((double)x * x / 4, 1, 50);
            Assert.All(actual, value => Assert.True(
                IsClose(expected, value, Tolerance * magnitude), FormattableString.Invariant($"at {x:R} it is {value:R} where {expected:R} is right")));
        }
    }

    private static bool IsClose(double expected, float actual, double error) =>
        Math.Abs(expected) > float.MaxValue ? !float.IsFinite(actual) : Math.Abs(expected - actual) <= error + Least;
}
