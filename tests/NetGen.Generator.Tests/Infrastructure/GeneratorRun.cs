using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace NetGen.Generator.Tests.Infrastructure;

/// <summary>
/// One run of the generator. Every run is repeated on a clone of the compilation, and everything must then come out of the
/// cache: a model that does not compare by value shows at once, whatever the test is about.
/// </summary>
internal sealed class GeneratorRun
{
    private static readonly string[] s_steps = [TrackingNames.Parse, TrackingNames.Declaration, TrackingNames.Graph, TrackingNames.Schedule];

    private GeneratorRun(GeneratorDriver driver, Compilation output)
    {
        Driver = driver;
        Output = output;
    }

    public GeneratorDriver Driver { get; }

    /// <summary>The compilation with the generated files.</summary>
    public Compilation Output { get; }

    public GeneratorRunResult Result => Driver.GetRunResult().Results.Single();

    public IEnumerable<string> HintNames => Result.GeneratedSources.Select(source => source.HintName);

    public static GeneratorRun Of(string source) => Of(TestCompilation.Create(source));

    public static GeneratorRun Of(CSharpCompilation compilation)
    {
        GeneratorRun run = Advance(NewDriver(compilation), compilation);
        GeneratorRun again = Advance(run.Driver, compilation.Clone());
        Assert.All(again.ReasonsOfSteps(), reason => Assert.Contains(reason, new[] { IncrementalStepRunReason.Cached, IncrementalStepRunReason.Unchanged }));
        Assert.All(again.ReasonsOfOutputs(), reason => Assert.Equal(IncrementalStepRunReason.Cached, reason));
        return run;
    }

    /// <summary>The run after an edit.</summary>
    public GeneratorRun Then(Compilation edited) => Advance(Driver, edited);

    public IEnumerable<IncrementalStepRunReason> ReasonsOf(string step) => Result.TrackedSteps.TryGetValue(step, out var runs)
        ? runs.SelectMany(run => run.Outputs).Select(output => output.Reason)
        : [];

    public IEnumerable<IncrementalStepRunReason> ReasonsOfOutputs() =>
        Result.TrackedOutputSteps.SelectMany(step => step.Value).SelectMany(run => run.Outputs).Select(output => output.Reason);

    /// <summary>All that the steps under a name have made: the models that the driver keeps from run to run.</summary>
    public IEnumerable<object?> ModelsOf(string step) => Result.TrackedSteps.TryGetValue(step, out var runs)
        ? runs.SelectMany(run => run.Outputs).Select(output => output.Value)
        : [];

    private IEnumerable<IncrementalStepRunReason> ReasonsOfSteps() => s_steps.SelectMany(ReasonsOf);

    private static CSharpGeneratorDriver NewDriver(CSharpCompilation compilation) => CSharpGeneratorDriver.Create(
        [new NetworkGenerator().AsSourceGenerator()],
        parseOptions: compilation.SyntaxTrees.FirstOrDefault()?.Options as CSharpParseOptions,
        driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));

    private static GeneratorRun Advance(GeneratorDriver driver, Compilation compilation)
    {
        driver = driver.RunGeneratorsAndUpdateCompilation(compilation, out Compilation output, out var diagnostics);

        // An exception in a generator is a diagnostic, CS8785.
        Assert.Empty(diagnostics);
        var run = new GeneratorRun(driver, output);
        Assert.Null(run.Result.Exception);
        return run;
    }
}
