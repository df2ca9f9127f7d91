using FsCheck;
using FsCheck.Fluent;
using NetGen.CompilerServices;
using Xunit;

namespace NetGen.Tests.Networks;

public sealed class ParameterLayoutTests
{
    private const int Rest = int.MaxValue;

    [Fact]
    public void A_blocked_convolution_lies_block_by_block()
    {
        // [O/16][I][kh][kw][16] of 20×3×2×2.
        int block = 3 * 2 * 2 * 16;
        ParameterLayout layout = new("w", [20, 3, 2, 2], 8, 0, [[16, 1, Rest, block], [Rest, 64], [Rest, 32], [Rest, 16]]);
        float[] values = [.. Enumerable.Range(1, layout.Length).Select(value => (float)value)];
        float[] memory = new float[8 + 2 * block];
        layout.CopyFrom(memory, 0, values);
        for (int o = 0, k = 0; o < 20; o++)
        {
            for (int i = 0; i < 3; i++)
            {
                for (int y = 0; y < 2; y++)
                {
                    for (int x = 0; x < 2; x++, k++)
                    {
                        Assert.Equal(values[k], memory[8 + o / 16 * block + i * 64 + y * 32 + x * 16 + o % 16]);
                    }
                }
            }
        }

        Assert.Equal(values.Length, memory.Count(value => value != 0));
    }

    [Fact]
    public void An_axis_of_three_digits_undoes_a_flattened_feature_map()
    {
        // 6 channels of 2×3 in [channel/4][y][x][4], flattened channel-major outside.
        ParameterLayout layout = new("w", [36], 0, 0, [[3, 4, 2, 12, 4, 1, Rest, 24]]);
        float[] memory = new float[48];
        float[] values = [.. Enumerable.Range(1, 36).Select(value => (float)value)];
        layout.CopyFrom(memory, 0, values);
        for (int k = 0; k < 36; k++)
        {
            (int channel, int y, int x) = (k / 6, k / 3 % 2, k % 3);
            Assert.Equal(values[k], memory[channel / 4 * 24 + y * 12 + x * 4 + channel % 4]);
        }
    }

    [Fact]
    public void A_scalar_has_one_element()
    {
        ParameterLayout layout = new("s", [], 3, 0, []);
        float[] memory = new float[5];
        layout.CopyFrom(memory, 0, [7]);
        Assert.Equal([0, 0, 0, 7, 0], memory);
    }

    [Theory]
    [Trait("Category", "Numeric")]
    [InlineData(16, 4, 3, 3, 5)]
    [InlineData(40, 21, 1, 1, 5)]
    [InlineData(64, 16, 3, 2, 5)]
    [InlineData(50, 7, 5, 1, 5)]
    [InlineData(16, 4, 3, 3, 16)]
    [InlineData(40, 21, 1, 1, 16)]
    [InlineData(64, 16, 3, 2, 16)]
    [InlineData(50, 7, 5, 1, 16)]
    public void Bands_of_16_rows_lie_where_single_elements_do(int outputs, int inputs, int height, int width, int offset)
    {
        // Panels of 32 outputs; the columns' pieces in another order than the columns.
        int piece = 32 * height * width;
        ParameterLayout layout = new(
            "w", [outputs, inputs, height, width], offset, 0, [[32, 1, Rest, inputs * piece], [Rest, piece], [Rest, 32], [Rest, 32 * height]]);
        float[] values = [.. Enumerable.Range(1, layout.Length).Select(value => (float)value)];
        AlignedBuffer aloneBuffer = new(offset + (outputs + 31) / 32 * inputs * piece), togetherBuffer = new(aloneBuffer.Length);
        Span<float> alone = aloneBuffer.Span, together = togetherBuffer.Span;
        for (int i = 0; i < values.Length; i++)
        {
            layout.CopyFrom(alone, i, values.AsSpan(i, 1));
        }

        layout.CopyFrom(together, 0, values);
        Assert.Equal(alone.ToArray(), together.ToArray());
        foreach (int first in (int[])[0, 1, 16 * inputs * height * width - 1, 16 * inputs * height * width])
        {
            float[] some = new float[values.Length - first];
            layout.CopyTo(together, first, some);
            Assert.Equal(values[first..], some);
            alone.Clear();
            layout.CopyFrom(alone, first, some);
            layout.CopyFrom(alone, 0, values.AsSpan(0, first));
            Assert.Equal(together.ToArray(), alone.ToArray());
        }
    }

    [Fact]
    public void Any_range_copies_in_and_out()
    {
        Gen<(int[] Shape, int Seed)> cases = Gen.Choose(1, 4)
            .SelectMany(rank => Gen.Choose(1, 6).ArrayOf(rank))
            .SelectMany(shape => Gen.Choose(0, int.MaxValue - 1).Select(seed => (shape, seed)));
        Prop.ForAll(cases.ToArbitrary(), test => RoundTrips(test.Shape, test.Seed)).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Axes_must_fit_the_shape() =>
        ThrowsWith.Message<ArgumentException>(
            "w has 2 extents; each needs an axis of (extent, stride) pairs.", () => new ParameterLayout("w", [2, 3], 0, 0, [[Rest, 1]]));

    [Fact]
    public void Emitted_tables_are_read_line_by_line()
    {
        ParameterLayout[] layouts = ParameterLayout.ReadTable(
            """
            conv-1.weight 20x3x2x2 8 0.25 0 16*1,192 64 32 16
            norm.weight 36 400 0 1 3*4,2*12,4*1,24
            """);
        Assert.Equal(["conv-1.weight [20, 3, 2, 2]", "norm.weight [36]"], layouts.Select(layout => layout.ToString()));
        Assert.Equal([8, 400], layouts.Select(layout => layout.Offset));
        AssertSamePlaces(new("w", [20, 3, 2, 2], 8, 0, [[16, 1, Rest, 192], [Rest, 64], [Rest, 32], [Rest, 16]]), layouts[0]);
        AssertSamePlaces(new("w", [36], 400, 0, [[3, 4, 2, 12, 4, 1, Rest, 24]]), layouts[1]);

        float[] block = new float[1000];
        layouts[0].Initialize(block, seed: 1, index: 0);
        Assert.InRange(block.Max(), 0.2f, 0.25f);
        Assert.InRange(block.Min(), -0.25f, -0.2f);
        layouts[1].Initialize(block, seed: 1, index: 1);
        Assert.Equal(36, block.Count(value => value == 1));
        Assert.Empty(ParameterLayout.ReadTable(""));
    }

    [Theory]
    [InlineData("w", 1)]
    [InlineData("w 2x", 4)]
    [InlineData("w 2 x 0 0 1", 4)]
    [InlineData("w 2 0 0 0 1,", 12)]
    public void Other_text_is_refused(string table, int character) => ThrowsWith.Message<FormatException>(
        $"The network's table of parameters is not of this version of NetGen, at its character {character}; build the network again.",
        () => ParameterLayout.ReadTable(table));

    private static void AssertSamePlaces(ParameterLayout expected, ParameterLayout actual)
    {
        float[] values = [.. Enumerable.Range(1, expected.Length).Select(value => (float)value)];
        float[] ofExpected = new float[1000], ofActual = new float[1000];
        expected.CopyFrom(ofExpected, 0, values);
        actual.CopyFrom(ofActual, 0, values);
        Assert.Equal(ofExpected, ofActual);
    }

    private static bool RoundTrips(int[] shape, int seed)
    {
        // Axes with the innermost stride first, so that places are not in row-major order.
        int[][] axes = new int[shape.Length][];
        int stride = 1;
        for (int axis = 0; axis < shape.Length; axis++)
        {
            axes[axis] = [Rest, stride];
            stride *= shape[axis];
        }

        ParameterLayout layout = new("p", shape, 2, 0, axes);
        float[] values = [.. Enumerable.Range(1, layout.Length).Select(value => (float)value)];
        float[] memory = new float[layout.Length + 2];
        Random random = new(seed);
        int cut = random.Next(layout.Length + 1);
        layout.CopyFrom(memory, cut, values.AsSpan(cut));
        layout.CopyFrom(memory, 0, values.AsSpan(0, cut));
        int first = random.Next(layout.Length);
        float[] some = new float[random.Next(layout.Length - first + 1)];
        layout.CopyTo(memory, first, some);
        return memory.Count(value => value == 0) == 2 && some.AsSpan().SequenceEqual(values.AsSpan(first, some.Length));
    }
}
