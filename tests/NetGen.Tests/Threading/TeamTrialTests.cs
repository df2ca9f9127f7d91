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
        Assert.Equal((7, true, true), (calls, trial.TakesTeam, trial.IsFinal));
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
    public void A_verdict_that_another_program_has_spoilt_is_revised()
    {
        var trial = new TeamTrial();
        Run(trial, Microseconds(1_100), Microseconds(1_000));
        Assert.False(trial.TakesTeam);
        Assert.Equal(1_000, RunVerdict(trial));
        Run(trial, Microseconds(540), Microseconds(1_000));
        Assert.True(trial.TakesTeam);
        Assert.Equal(1_000, RunVerdict(trial));
    }

    [Fact]
    public void What_holds_up_a_later_trial_does_not_decide_for_good()
    {
        var trial = new TeamTrial();
        Run(trial, Microseconds(90), Microseconds(60));
        RunVerdict(trial);
        Assert.Equal(12, Run(trial, Microseconds(20_000), Microseconds(60)));
        Assert.Equal((false, false), (trial.IsFinal, trial.TakesTeam));
    }

    [Fact]
    public void A_verdict_that_is_confirmed_lasts_four_times_as_long()
    {
        var trial = new TeamTrial();
        var lengths = new List<int>();
        for (int verdict = 0; verdict < 7; verdict++)
        {
            Run(trial, Microseconds(35), Microseconds(9));
            lengths.Add(RunVerdict(trial));
        }

        Assert.Equal([1_000, 4_000, 16_000, 64_000, 256_000, 1_024_000, 1_024_000], lengths);
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

    private static int RunVerdict(TeamTrial trial)
    {
        bool takesTeam = trial.TakesTeam;
        int calls = 0;
        for (; trial.IsSettled; calls++)
        {
            Assert.Equal(takesTeam, trial.TakesTeam);
            trial.Record(Microseconds(1));
        }

        return calls;
    }

    private static long Microseconds(int value) => value * Stopwatch.Frequency / 1_000_000;
}
