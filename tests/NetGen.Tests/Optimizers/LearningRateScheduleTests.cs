using Xunit;

namespace NetGen.Tests.Optimizers;

public sealed class LearningRateScheduleTests
{
    [Fact]
    public void Constant_stays() => Assert.Equal([1.0, 1.0], Factors(LearningRateSchedule.Constant, 0, 1_000_000));

    [Fact]
    public void Step_falls_by_a_factor_every_so_many_steps() =>
        Assert.Equal([1, 1, 0.5, 0.5, 0.25], Factors(LearningRateSchedule.Step(10, 0.5), 0, 9, 10, 19, 20));

    [Fact]
    public void Cosine_falls_to_its_end_and_stays()
    {
        double[] factors = Factors(LearningRateSchedule.Cosine(100, 0.2), 0, 25, 50, 100, 150);
        Assert.Equal(1, factors[0], 12);
        Assert.Equal(0.2 + 0.8 * (1 + Math.Sqrt(0.5)) / 2, factors[1], 12);
        Assert.Equal(0.6, factors[2], 12);
        Assert.Equal([0.2, 0.2], factors[3..]);
    }

    [Fact]
    public void Warm_up_rises_linearly_to_the_start_of_what_follows()
    {
        LearningRateSchedule schedule = LearningRateSchedule.Step(2, 0.1).WithWarmUp(4);
        Assert.Equal([0.25, 0.5, 0.75, 1, 1, 1, 0.1], Factors(schedule, 0, 1, 2, 3, 4, 5, 6));
        Assert.Equal([0.5, 1, 1], Factors(LearningRateSchedule.Constant.WithWarmUp(2), 0, 1, 2));
    }

    [Fact]
    public void Impossible_arguments_are_refused()
    {
        ThrowsWith.Message<ArgumentOutOfRangeException>("The number of steps must be at least 1.", () => LearningRateSchedule.Step(0));
        ThrowsWith.Message<ArgumentOutOfRangeException>("The number of steps must be at least 1.", () => LearningRateSchedule.Cosine(-1));
        ThrowsWith.Message<ArgumentOutOfRangeException>(
            "The number of steps must be at least 1.", () => LearningRateSchedule.Constant.WithWarmUp(0));
        ThrowsWith.Message<ArgumentOutOfRangeException>(
            "The factor between two falls must be 0 or a positive number", () => LearningRateSchedule.Step(1, double.NaN));
        ThrowsWith.Message<ArgumentOutOfRangeException>("The final factor must be from 0 to 1.", () => LearningRateSchedule.Cosine(1, 1.5));
    }

    private static double[] Factors(LearningRateSchedule schedule, params long[] steps) => [.. steps.Select(schedule.Factor)];
}
