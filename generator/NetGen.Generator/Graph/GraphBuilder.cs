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
    private readonly ImmutableArray<string> _names;
    private readonly LayerResults _results;
    private long _parameters;
    private long _storedParameters;
    private long _elements;

    private GraphBuilder(NetworkSpec spec)
    {
        _spec = spec;
        _names = LayerNames.Assign(spec.Layers, _problems);
        _nodeNames.UnionWith(_names);
        _results = new LayerResults(_names);
    }

    /// <summary>Never throws, whatever the declaration.</summary>
    public static GraphResult Build(NetworkSpec spec) => new GraphBuilder(spec).Build();

    private GraphResult Build()
    {
        CheckOptions();
        TensorShape? input = InputRules.Read(_spec, _problems);
        PixelSpec? pixels = PixelRules.Read(_spec, input, _problems);
        Value? value = input is { } shape ? AddValue(shape, ProblemList.Network, "[Input]", null) : null;
        _results.AddInput(value);
        for (int layer = 0; layer < _spec.Layers.Count; layer++)
        {
            value = Apply(_spec.Layers[layer], layer, _names[layer], value);
        }

        if (!_spec.Layers.Any(layer => !IsSetting(layer)))
        {
            _problems.Error(DiagnosticIds.EmptyNetwork, ProblemList.Network);
        }

        if (!_problems.HasErrors && value is not null)
        {
            CheckReaders(value);
        }

        LossSpec loss = LossRules.Resolve(_spec, _names, value?.Shape, _problems);
        return new GraphResult(Finish(value), loss, pixels, ReportedProblems());
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

    /// <summary>Adds one layer.</summary>
    /// <param name="before">The result of the layer before it; null where a mistake hides it.</param>
    /// <returns>Its result; null where a mistake hides it.</returns>
    private Value? Apply(LayerSpec spec, int layer, string name, Value? before)
    {
        if (IsSetting(spec))
        {
            return before;
        }

        Value? result = spec.IsUnreadable ? null : ApplyReadable(spec, layer, name, before);
        _results.Add(name, result);
        return result;
    }

    private Value? ApplyReadable(LayerSpec spec, int layer, string name, Value? before)
    {
        if (OperatorDefinition.Find(spec.Operator) is not { } definition)
        {
            _problems.Error(DiagnosticIds.UnknownLayer, layer, spec.Operator);
            return null;
        }

        var arguments = new LayerArguments(spec);
        Value? source = arguments.Text("From") is { } from
            ? _results.Find(from, layer, new LayerProblems(_problems, layer, name, null))
            : before;
        var problems = new LayerProblems(_problems, layer, name, source?.Shape);
        if (definition is JoinDefinition join)
        {
            return Join(join, arguments, layer, name, source, problems);
        }

        TensorShape? input = source?.Shape;
        if (definition.TakesVector && input is { IsVector: false } map)
        {
            input = TensorShape.Vector((int)map.Length);
        }

        Operator? @operator = definition.Create(arguments, input, problems);
        if (@operator is null)
        {
            return null;
        }

        if (source is null)
        {
            return definition.TakesVector ? Restart(@operator) : null;
        }

        if (input != source.Shape)
        {
            source = AddNode(new FlattenOp(), FreeName(name + ".flatten"), ProblemList.Network, source)!;
        }

        return AddNode(@operator, name, layer, source);
    }

    private Value? Join(JoinDefinition definition, LayerArguments arguments, int layer, string name, Value? source, LayerProblems problems)
    {
        // The value before stands first, unless its place is among the named ones.
        List<Value?> inputs = JoinDefinition.Names(arguments).Select(other => _results.Find(other, layer, problems)).ToList();
        if (source is null || inputs.Contains(null))
        {
            return null;
        }

        if (!inputs.Contains(source))
        {
            inputs.Insert(0, source);
        }

        Value[] values = definition.Arrange(inputs.OfType<Value>()).ToArray();
        return definition.Check(values.Select(value => (_results.NameOf(value), value.Shape)).ToList(), problems)
            ? AddNode(definition.Create(arguments, source.Shape, problems)!, name, layer, values)
            : null;
    }

    /// <summary>Goes on behind a mistake. The nodes before it are lost, but a graph with a mistake is not used anyway.</summary>
    private Value Restart(Operator @operator)
    {
        var result = new Value(_values.Count, @operator.InferShape(EquatableArray.Of(TensorShape.Vector(1))));
        _values.Add(result);
        return result;
    }

    private Value? AddNode(Operator @operator, string name, int layer, params Value[] inputs)
    {
        EquatableArray<TensorShape> shapes = inputs.Select(input => input.Shape).ToEquatableArray();
        if (AddValue(@operator.InferShape(shapes), layer, name, shapes[0]) is not { } result)
        {
            return null;
        }

        CountParameters(@operator.Parameters(shapes), layer, name, shapes[0]);
        _nodes.Add(new Node(name, @operator, inputs.Select(input => input.Id).ToEquatableArray(), result.Id, layer));
        return result;
    }

    /// <summary>Reports the layers whose result nobody reads, and which would be computed for nothing.</summary>
    private void CheckReaders(Value output)
    {
        var read = new HashSet<int>(_nodes.SelectMany(node => node.Inputs)) { output.Id };
        foreach (Node node in _nodes.Where(node => !read.Contains(node.Output)))
        {
            new LayerProblems(_problems, node.Layer, node.Name, _values[node.Input].Shape).Error(DiagnosticIds.UnreadResult);
        }
    }

    private Value? AddValue(TensorShape shape, int layer, string name, TensorShape? input)
    {
        var problems = new LayerProblems(_problems, layer, name, input);
        long stored = GraphLimits.StoredLength(shape);
        if (stored >= GraphLimits.ValueElements)
        {
            problems.Error(DiagnosticIds.ValueTooLarge, shape.ToString(), TextOf.Count(stored), TextOf.Count(GraphLimits.ValueElements));
            return null;
        }

        bool fitted = _elements < GraphLimits.TotalElements;
        _elements += stored;
        if (fitted && _elements >= GraphLimits.TotalElements)
        {
            problems.Error(DiagnosticIds.ValuesTooLarge, TextOf.Count(_elements), TextOf.Count(GraphLimits.TotalElements));
        }

        var value = new Value(_values.Count, shape);
        _values.Add(value);
        return value;
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

    private NetworkGraph? Finish(Value? output) => _problems.HasErrors || _nodes.Count == 0 || _spec.Layers.Any(layer => layer.IsUnreadable)
        ? null
        : new NetworkGraph(_values.ToEquatableArray(), _nodes.ToEquatableArray(), 0, output!.Id);

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
