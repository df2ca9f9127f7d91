using System.Collections.Immutable;
using NetGen.Generator.Collections;
using NetGen.Generator.Declaration;
using NetGen.Generator.Diagnostics;
using NetGen.Generator.Graph.Ops;

namespace NetGen.Generator.Graph;

/// <summary>
/// Builds the graph of a declaration and finds every mistake in it. After a mistake that leaves a shape open, later layers are
/// checked as far as their arguments go, until one whose result does not depend on its input makes the shape known again.
/// </summary>
internal sealed class GraphBuilder
{
    private readonly NetworkSpec _spec;
    private readonly ProblemList _problems = new();
    private readonly List<Value> _values = new();
    private readonly List<Node> _nodes = new();
    private readonly HashSet<string> _nodeNames = new();
    private long _parameters;
    private long _storedParameters;
    private long _elements;

    private GraphBuilder(NetworkSpec spec)
    {
        _spec = spec;
    }

    /// <summary>Never throws, whatever the declaration.</summary>
    public static GraphResult Build(NetworkSpec spec) => new GraphBuilder(spec).Build();

    private GraphResult Build()
    {
        CheckOptions();
        ImmutableArray<string> names = LayerNames.Assign(_spec.Layers, _problems);
        _nodeNames.UnionWith(names);
        TensorShape? shape = InputRules.Read(_spec, _problems);
        PixelSpec? pixels = PixelRules.Read(_spec, shape, _problems);
        if (shape is { } input)
        {
            AddValue(input, ProblemList.Network, "[Input]", null);
        }

        for (int layer = 0; layer < _spec.Layers.Count; layer++)
        {
            shape = Apply(_spec.Layers[layer], layer, names[layer], shape);
        }

        if (!_spec.Layers.Any(layer => !IsSetting(layer)))
        {
            _problems.Error(DiagnosticIds.EmptyNetwork, ProblemList.Network);
        }

        LossSpec loss = LossRules.Resolve(_spec, names, shape, _problems);
        return new GraphResult(Finish(), loss, pixels, ReportedProblems());
    }

    private void CheckOptions()
    {
        if (_spec.Options.Unroll is < UnrollMode.Balanced or > UnrollMode.Compact)
        {
            _problems.Error(DiagnosticIds.UnknownUnroll, ProblemList.Network, TextOf.Integer((int)_spec.Options.Unroll));
        }

        if (_spec.Options.Convolution is < ConvolutionChoice.Automatic or > ConvolutionChoice.Direct)
        {
            _problems.Error(DiagnosticIds.UnknownConvolution, ProblemList.Network, TextOf.Integer((int)_spec.Options.Convolution));
        }

        if (_spec.Options is { InputGradients: true, Training: false })
        {
            _problems.Error(DiagnosticIds.InputGradientsWithoutTraining, ProblemList.Network);
        }
    }

    /// <summary>Whether an attribute is <c>[Input]</c> or <c>[Loss]</c>, which are no layers, or nothing at all.</summary>
    private static bool IsSetting(LayerSpec layer) => layer.Operator is InputRules.Attribute or LossRules.Attribute || layer.IsUnresolved;

    /// <summary>Adds one layer behind the last.</summary>
    /// <returns>The shape after it; null where a mistake hides it.</returns>
    private TensorShape? Apply(LayerSpec spec, int layer, string name, TensorShape? shape)
    {
        if (IsSetting(spec))
        {
            return shape;
        }

        if (spec.IsUnreadable)
        {
            return null;
        }

        if (OperatorDefinition.Find(spec.Operator) is not { } definition)
        {
            _problems.Error(DiagnosticIds.UnknownLayer, layer, spec.Operator);
            return null;
        }

        TensorShape? input = shape;
        if (definition.TakesVector && shape is { IsVector: false } map)
        {
            input = TensorShape.Vector((int)map.Length);
        }

        Operator? @operator = definition.Create(new LayerArguments(spec), input, new LayerProblems(_problems, layer, name, shape));
        if (@operator is null)
        {
            return null;
        }

        if (input is null)
        {
            return definition.TakesVector ? Restart(@operator) : null;
        }

        if (input != shape)
        {
            AddNode(new FlattenOp(), FreeName(name + ".flatten"), ProblemList.Network);
        }

        return AddNode(@operator, name, layer);
    }

    /// <summary>Goes on behind a mistake. The nodes before it are lost, but a graph with a mistake is not used anyway.</summary>
    private TensorShape Restart(Operator @operator)
    {
        TensorShape shape = @operator.InferShape(EquatableArray.Of(TensorShape.Vector(1)));
        _values.Add(new Value(_values.Count, shape));
        return shape;
    }

    private TensorShape? AddNode(Operator @operator, string name, int layer)
    {
        Value input = _values[_values.Count - 1];
        EquatableArray<TensorShape> inputs = EquatableArray.Of(input.Shape);
        TensorShape shape = @operator.InferShape(inputs);
        if (!AddValue(shape, layer, name, input.Shape))
        {
            return null;
        }

        CountParameters(@operator.Parameters(inputs), layer, name, input.Shape);
        _nodes.Add(new Node(name, @operator, EquatableArray.Of(input.Id), _values.Count - 1, layer));
        return shape;
    }

    private bool AddValue(TensorShape shape, int layer, string name, TensorShape? input)
    {
        var problems = new LayerProblems(_problems, layer, name, input);
        long stored = GraphLimits.StoredLength(shape);
        if (stored >= GraphLimits.ValueElements)
        {
            problems.Error(DiagnosticIds.ValueTooLarge, shape.ToString(), TextOf.Count(stored), TextOf.Count(GraphLimits.ValueElements));
            return false;
        }

        bool fitted = _elements < GraphLimits.TotalElements;
        _elements += stored;
        if (fitted && _elements >= GraphLimits.TotalElements)
        {
            problems.Error(DiagnosticIds.ValuesTooLarge, TextOf.Count(_elements), TextOf.Count(GraphLimits.TotalElements));
        }

        _values.Add(new Value(_values.Count, shape));
        return true;
    }

    private void CountParameters(EquatableArray<ParameterSpec> parameters, int layer, string name, TensorShape input)
    {
        if (_storedParameters > GraphLimits.Parameters)
        {
            return;
        }

        foreach (ParameterSpec parameter in parameters)
        {
            _parameters = AddSaturating(_parameters, GraphLimits.Length(parameter));
            _storedParameters = AddSaturating(_storedParameters, GraphLimits.StoredLength(parameter));
        }

        if (_storedParameters > GraphLimits.Parameters)
        {
            new LayerProblems(_problems, layer, name, input).Error(
                DiagnosticIds.TooManyParameters,
                TextOf.Count(_parameters),
                TextOf.Count(_storedParameters),
                TextOf.Count(GraphLimits.Parameters));
        }
    }

    private static long AddSaturating(long left, long right) => left > long.MaxValue - right ? long.MaxValue : left + right;

    private string FreeName(string name)
    {
        while (!_nodeNames.Add(name))
        {
            name += "_";
        }

        return name;
    }

    private NetworkGraph? Finish() => _problems.HasErrors || _nodes.Count == 0 || _spec.Layers.Any(layer => layer.IsUnreadable)
        ? null
        : new NetworkGraph(_values.ToEquatableArray(), _nodes.ToEquatableArray(), 0, _values.Count - 1);

    /// <summary>Where the compiler could not read an attribute, what comes after it cannot be judged: its own error is enough.</summary>
    private EquatableArray<Problem> ReportedProblems()
    {
        int unjudged = 0;
        while (unjudged < _spec.Layers.Count && !_spec.Layers[unjudged].IsUnresolved && !_spec.Layers[unjudged].IsUnreadable)
        {
            unjudged++;
        }

        return _problems.Problems
            .Where(problem => unjudged == _spec.Layers.Count || (problem.Layer >= 0 && problem.Layer < unjudged))
            .OrderBy(problem => problem.Layer)
            .ToEquatableArray();
    }
}
