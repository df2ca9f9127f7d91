using NetGen.Generator.Schedule.Convolution;
using Xunit;

namespace NetGen.Generator.Tests.Schedule;

public class TapPhaseTests
{
    public static TheoryData<int, int, int, int, int> Axes()
    {
        var data = new TheoryData<int, int, int, int, int>();
        foreach (int size in (int[])[1, 2, 7, 12])
        {
            foreach (int kernel in (int[])[1, 2, 3, 5])
            {
                foreach (int dilation in (int[])[1, 2, 3])
                {
                    foreach (int stride in (int[])[1, 2, 3, 4, 6])
                    {
                        data.Add(size, kernel, dilation, stride, kernel / 2);
                    }
                }
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Axes))]
    public void Gradient_phases_hold_every_pair_of_input_position_and_tap_once(int size, int kernel, int dilation, int stride, int pad)
    {
        var expected = new HashSet<(int Position, int Tap, int Source)>();
        for (int position = 0; position < size; position++)
        {
            for (int tap = 0; tap < kernel; tap++)
            {
                // Forward, output o reads input o·stride − pad + tap·dilation.
                int reached = position + pad - (tap * dilation);
                if (Modulo(reached, stride) == 0)
                {
                    expected.Add((position, tap, (reached - Modulo(reached, stride)) / stride));
                }
            }
        }

        var found = new HashSet<(int Position, int Tap, int Source)>();
        List<TapPhase> phases = TapPhase.GradientPhases(size, kernel, dilation, stride, pad).ToList();
        foreach (TapPhase phase in phases)
        {
            for (int i = 0; i < phase.Positions; i++)
            {
                for (int t = 0; t < phase.Count; t++)
                {
                    Assert.True(found.Add((
                        phase.Position + (i * stride), phase.First + (t * phase.Step), phase.SourceFirst + i + (t * phase.SourceStep))));
                }
            }
        }

        Assert.Equal(expected, found);
        Assert.All(found, pair => Assert.InRange(pair.Source, TapPhase.LowestSource(phases), TapPhase.HighestSource(phases)));
    }

    [Theory]
    [MemberData(nameof(Axes))]
    public void Forward_classes_hold_every_tap_once_and_read_one_phase(int size, int kernel, int dilation, int stride, int pad)
    {
        Assert.True(size > 0 && pad >= 0);
        var taps = new List<int>();
        foreach ((int first, int step, int count) in TapPhase.ForwardClasses(kernel, dilation, stride))
        {
            int[] members = Enumerable.Range(0, count).Select(t => first + (t * step)).ToArray();
            taps.AddRange(members);
            Assert.Single(members.Select(tap => tap * dilation % stride).Distinct());
        }

        Assert.Equal(Enumerable.Range(0, kernel), taps.Order());
    }

    private static int Modulo(int a, int b) => ((a % b) + b) % b;
}
