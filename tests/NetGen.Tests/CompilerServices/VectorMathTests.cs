using System.Runtime.Intrinsics;
using NetGen.CompilerServices;
using Xunit;

namespace NetGen.Tests.CompilerServices;

[Trait("Category", "Numeric")]
public sealed class VectorMathTests
{
    private static readonly float[] s_values =
    [
        float.NaN, float.NegativeInfinity, float.MinValue, -1, -float.Epsilon, -0f, 0, float.Epsilon, 1, float.MaxValue, float.PositiveInfinity,
    ];

    [Fact]
    public void The_maximum_is_NaN_where_either_is_and_the_greater_elsewhere()
    {
        foreach (float a in s_values)
        {
            foreach (float b in s_values)
            {
                float expected = float.IsNaN(a) || float.IsNaN(b) ? float.NaN : a > b ? a : b;
                float[] actual =
                [
                    VectorMath.Maximum(Vector128.Create(a), Vector128.Create(b))[3],
                    VectorMath.Maximum(Vector256.Create(a), Vector256.Create(b))[7],
                    VectorMath.Maximum(Vector512.Create(a), Vector512.Create(b))[15],
                ];
                Assert.All(actual, value => Assert.True(
                    float.IsNaN(expected) ? float.IsNaN(value) : value == expected, $"the maximum of {a} and {b} is {value}"));
            }
        }
    }
}
