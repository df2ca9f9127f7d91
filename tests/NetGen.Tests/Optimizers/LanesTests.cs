using NetGen.CompilerServices;
using Xunit;

namespace NetGen.Tests.Optimizers;

public sealed class LanesTests
{
    [Fact]
    public void Every_width_computes_the_same_bits()
    {
        float[] one = Compute<Lanes1>();
        Assert.Equal(one, Compute<Lanes128>());
        Assert.Equal(one, Compute<Lanes256>());
        Assert.Equal(one, Compute<Lanes512>());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(47)]
    [InlineData(100)]
    public void A_sweep_covers_its_range_once_and_nothing_else(int length)
    {
        AlignedBuffer buffer = new(length + 1);
        Lanes.Sweep(new CountSweep(buffer), length);
        Assert.All(buffer.Span[..length].ToArray(), value => Assert.Equal(1, value));
        Assert.Equal(0, buffer.Span[length]);
    }

    private static float[] Compute<TLanes>()
        where TLanes : struct, ILanes<TLanes>
    {
        float[] a = [.. Enumerable.Range(1, 64).Select(i => MathF.Exp(MathF.Sin(i)))];
        float[] b = [.. Enumerable.Range(1, 64).Select(i => MathF.Cos(3 * i))];
        float[] result = new float[64];
        for (int i = 0; i < 64; i += TLanes.Count)
        {
            TLanes x = TLanes.Load(ref a[0], i);
            TLanes y = TLanes.Load(ref b[0], i);
            ((TLanes.Sqrt(x) * y - x) / (x + y * y) + TLanes.Create(0.1f) * y).Store(ref result[0], i);
        }

        return result;
    }

    private sealed class CountSweep(AlignedBuffer buffer) : ISweep
    {
        public nint Run<TLanes>(nint index, nint length)
            where TLanes : struct, ILanes<TLanes>
        {
            for (; index <= length - TLanes.Count; index += TLanes.Count)
            {
                (TLanes.Load(ref buffer.Reference, index) + TLanes.Create(1)).Store(ref buffer.Reference, index);
            }

            return index;
        }
    }
}
