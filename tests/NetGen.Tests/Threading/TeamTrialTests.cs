using System.Diagnostics;
using Xunit;

namespace NetGen.Tests.Threading;

public class TeamTrialTests
{
    [Fact]
    public void Long_predictions_stay_with_the_team_and_are_never_run_alone()
    {
        var trial = new TeamTrial();
        int calls = Run(trial, team: Microseconds(5_100), alone: Microseconds(1));
        Assert.Equal((7, true), (calls, trial.TakesTeam));
    }

    [Theory]
    [InlineData(90, 120, true)]
    [InlineData(90, 60, false)]
    [InlineData(90, 90, false)]
    [InlineData(560, 410, false)]
    public void Short_ones_go_to_whoever_was_faster(int team, int alone, bool takesTeam)
    {
        var trial = new TeamTrial();
        int calls = Run(trial, Microseconds(team), Microseconds(alone));
        Assert.Equal((12, takesTeam), (calls, trial.TakesTeam));
    }

    [Fact]
    public void The_calls_that_compile_the_kernels_do_not_count()
    {
        var trial = new TeamTrial();
        trial.Record(Microseconds(50_000));
        trial.Record(Microseconds(20_000));
        Run(trial, Microseconds(90), Microseconds(120));
        Assert.True(trial.TakesTeam);
    }

    [Fact]
    public void The_fastest_call_counts_however_slow_the_others_were()
    {
        var trial = new TeamTrial();
        for (int call = 0; !trial.IsSettled; call++)
        {
            trial.Record(Microseconds(call % 3 == 0 ? 400 : trial.TakesTeam ? 90 : 80));
        }

        Assert.False(trial.TakesTeam);
    }

    [Fact]
    public void Restarting_forgets()
    {
        var trial = new TeamTrial();
        Run(trial, Microseconds(90), Microseconds(60));
        trial.Restart();
        Assert.Equal((false, true), (trial.IsSettled, trial.TakesTeam));
        Assert.Equal(12, Run(trial, Microseconds(90), Microseconds(120)));
        Assert.True(trial.TakesTeam);
    }

    private static int Run(TeamTrial trial, long team, long alone)
    {
        int calls = 0;
        for (; !trial.IsSettled; calls++)
        {
            trial.Record(trial.TakesTeam ? team : alone);
        }

        return calls;
    }

    private static long Microseconds(int value) => value * Stopwatch.Frequency / 1_000_000;
}
