using System.Runtime.Intrinsics;
using NetGen.CompilerServices;
using Xunit;

namespace NetGen.Tests.CompilerServices;

[Trait("Category", "Numeric")]
public sealed class VectorLanesTests
{
    private static readonly float[] s_low = [.. Enumerable.Range(0, 16).Select(i => (float)i)];
    private static readonly float[] s_high = [.. Enumerable.Range(0, 16).Select(i => (float)(100 + i))];

    [Theory, InlineData(4), InlineData(8), InlineData(16)]
    public void Two_vectors_deal_out_their_lanes(int lanes)
    {
        float[] both = [.. s_low[..lanes], .. s_high[..lanes]];
        Assert.Equal(both.Where((_, i) => i % 2 == 0), Apply(lanes, VectorLanes.Evens, VectorLanes.Evens, VectorLanes.Evens));
        Assert.Equal(both.Where((_, i) => i % 2 == 1), Apply(lanes, VectorLanes.Odds, VectorLanes.Odds, VectorLanes.Odds));
        Assert.Equal(
            Enumerable.Range(0, lanes).Select(i => i % 2 == 0 ? s_low[i] : s_high[i]),
            Apply(lanes, VectorLanes.Alternate, VectorLanes.Alternate, VectorLanes.Alternate));
    }

    [Theory, InlineData(4), InlineData(8), InlineData(16)]
    public void Lanes_are_doubled(int lanes)
    {
        Expect(i => i / 2, (x, _) => VectorLanes.LowerTwice(x), (x, _) => VectorLanes.LowerTwice(x), (x, _) => VectorLanes.LowerTwice(x));
        Expect(i => (lanes / 2) + (i / 2), (x, _) => VectorLanes.UpperTwice(x), (x, _) => VectorLanes.UpperTwice(x), (x, _) => VectorLanes.UpperTwice(x));
        Expect(i => i / 2 * 2, (x, _) => VectorLanes.EvensTwice(x), (x, _) => VectorLanes.EvensTwice(x), (x, _) => VectorLanes.EvensTwice(x));
        Expect(i => (i / 2 * 2) + 1, (x, _) => VectorLanes.OddsTwice(x), (x, _) => VectorLanes.OddsTwice(x), (x, _) => VectorLanes.OddsTwice(x));

        void Expect(
            Func<int, int> source,
            Func<Vector128<float>, Vector128<float>, Vector128<float>> four,
            Func<Vector256<float>, Vector256<float>, Vector256<float>> eight,
            Func<Vector512<float>, Vector512<float>, Vector512<float>> sixteen) =>
            Assert.Equal(Enumerable.Range(0, lanes).Select(i => s_low[source(i)]), Apply(lanes, four, eight, sixteen));
    }

    [Theory, InlineData(4), InlineData(8), InlineData(16)]
    public void The_first_lanes_are_one_vector_s(int lanes)
    {
        for (int count = 0; count <= lanes; count++)
        {
            float[] actual = Apply(
                lanes,
                (x, y) => VectorLanes.First(x, count, y),
                (x, y) => VectorLanes.First(x, count, y),
                (x, y) => VectorLanes.First(x, count, y));
            Assert.Equal(Enumerable.Range(0, lanes).Select(i => i < count ? s_low[i] : s_high[i]), actual);
        }
    }

    [Fact]
    public void The_greatest_lane_is_found_wherever_it_is()
    {
        for (int lane = 0; lane < 16; lane++)
        {
            float[] values = [.. Enumerable.Repeat(-3f, 16)];
            values[lane] = 2;
            Assert.Equal(Vector512.Create(2f), VectorLanes.Greatest(Vector512.Create(values)));
            Assert.Equal(Vector256.Create(lane < 8 ? 2f : -3), VectorLanes.Greatest(Vector256.Create(values)));
            Assert.Equal(Vector128.Create(lane < 4 ? 2f : -3), VectorLanes.Greatest(Vector128.Create(values)));
        }
    }

    private static float[] Apply(
        int lanes,
        Func<Vector128<float>, Vector128<float>, Vector128<float>> four,
        Func<Vector256<float>, Vector256<float>, Vector256<float>> eight,
        Func<Vector512<float>, Vector512<float>, Vector512<float>> sixteen)
    {
        float[] result = new float[lanes];
        switch (lanes)
        {
            case 4:
                four(Vector128.Create(s_low), Vector128.Create(s_high)).CopyTo(result);
                break;
            case 8:
                eight(Vector256.Create(s_low), Vector256.Create(s_high)).CopyTo(result);
                break;
            default:
                sixteen(Vector512.Create(s_low), Vector512.Create(s_high)).CopyTo(result);
                break;
        }

        return result;
    }
}
