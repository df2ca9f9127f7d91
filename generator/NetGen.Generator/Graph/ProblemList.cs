using NetGen.Generator.Collections;

namespace NetGen.Generator.Graph;

/// <summary>Collects the mistakes in a declaration.</summary>
internal sealed class ProblemList
{
    /// <summary>The place of problems that belong to <c>[Network]</c> rather than to a layer.</summary>
    public const int Network = -1;

    private readonly List<Problem> _problems = new();

    /// <summary>Whether there is a mistake that leaves no graph.</summary>
    public bool HasErrors { get; private set; }

    public IEnumerable<Problem> Problems => _problems;

    /// <summary>
    /// What is reported, in the order of the attributes. Where the compiler or a block says what is wrong with an attribute, what comes after
    /// it cannot be judged.
    /// </summary>
    /// <param name="unjudged">The first such attribute; the number of attributes where there is none.</param>
    /// <param name="count">The number of attributes.</param>
    public IEnumerable<Problem> Before(int unjudged, int count) => _problems
        .Where(problem => unjudged == count || (problem.Layer >= 0 && problem.Layer < unjudged))
        .OrderBy(problem => problem.Layer);

    public void Error(string id, int layer, params string[] messageArguments)
    {
        HasErrors = true;
        Warning(id, layer, messageArguments);
    }

    public void Warning(string id, int layer, params string[] messageArguments) =>
        _problems.Add(new Problem(id, layer, messageArguments.ToEquatableArray()));
}

/// <summary>Takes the mistakes in one layer and adds to each what every message about a layer says: its name and its input's shape.</summary>
internal readonly struct LayerProblems(ProblemList problems, int layer, string name, TensorShape? input)
{
    private readonly string _input = input is { } shape ? $" (input {shape})" : "";

    public void Error(string id, params string[] messageArguments) => problems.Error(id, layer, WithLayer(messageArguments));

    public void Warning(string id, params string[] messageArguments) => problems.Warning(id, layer, WithLayer(messageArguments));

    private string[] WithLayer(string[] messageArguments) => [name, _input, .. messageArguments];
}
