using System.Collections.Immutable;
using NetGen.Generator.Collections;
using NetGen.Generator.Declaration;
using NetGen.Generator.Diagnostics;
using NetGen.Generator.Graph.FullyConvolutional;
using NetGen.Generator.Graph.Ops;

namespace NetGen.Generator.Graph;

/// <summary>
/// Builds the graph of a declaration and finds every mistake in it. After a mistake that leaves a shape open, later layers are
/// checked as far as their arguments go, until one whose result does not depend on its input makes the shape known again.
/// </summary>
internal sealed partial class GraphBuilder
{
    private readonly NetworkSpec _spec;
    private readonly ProblemList _problems = new();
    private readonly List<Value> _values = new();
    private readonly List<Node> _nodes = new();
    private readonly HashSet<string> _nodeNames = new();
    private readonly Dictionary<string, string> _parameterNames = new(StringComparer.Ordinal);
    private readonly ExpandedLayers _layers;
    private readonly Value?[] _results;
    private EquatableArray<NamedOutput> _outputs = EquatableArray<NamedOutput>.Empty;
    private Value? _input;
    private long _parameters;
    private long _storedParameters;
    private long _elements;

    private GraphBuilder(NetworkSpec spec)
    {
        _spec = spec;
        _layers = BlockExpansion.Of(spec, _problems);
        _nodeNames.UnionWith(_layers.Layers.Select(layer => layer.Name));
        _results = new Value?[_layers.Layers.Length];
    }

    /// <summary>Never throws, whatever the declaration.</summary>
    public static GraphResult Build(NetworkSpec spec)
    {
        GraphResult declared = new GraphBuilder(spec).Build();
        return spec.Derivation is { } derivation ? FullyConvolution.Derive(derivation, declared) : declared;
    }

    private GraphResult Build()
    {
        CheckOptions();
        TensorShape? input = InputRules.Read(_spec, _problems);
        PixelSpec? pixels = PixelRules.Read(_spec, input, _problems);
        _input = input is { } shape ? AddValue(shape, new LayerProblems(_problems, ProblemList.Network, "[Input]", null)) : null;
        for (int place = 0; place < _results.Length; place++)
        {
            _results[place] = Apply(_layers.Layers[place]);
        }

        Value? value = FindResult();
        if (_results.Length == 0 && (_spec.Layers.All(BlockExpansion.IsSetting) || (!_problems.HasErrors && IsJudged)))
        {
            _problems.Error(DiagnosticIds.EmptyNetwork, ProblemList.Network);
        }

        if (!_problems.HasErrors && value is not null)
        {
            CheckReaders(value);
        }

        LossSpec loss = LossRules.Resolve(_spec, _layers, value?.Shape, _problems);
        return new GraphResult(Finish(value), loss, pixels, _problems.Before(_layers.Unjudged, _spec.Layers.Count).ToEquatableArray());
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

    private bool IsJudged => _layers.Unjudged == _spec.Layers.Count;

    private Value? ResultAt(int place) => place switch
    {
        LayerReference.Input => _input,
        LayerReference.Hidden => null,
        _ => _results[place],
    };

    /// <summary>The value that a layer reads; null for a name that means nothing, which is reported, or where a mistake hides the value.</summary>
    private Value? Find(LayerReference reference, LayerProblems problems)
    {
        if (reference.Fault is not { } fault)
        {
            return ResultAt(reference.Place);
        }

        problems.Error(fault, reference.FaultArguments.ToArray());
        return null;
    }

    /// <summary>The name of a value as messages have it.</summary>
    private string NameOf(Value value) => Array.IndexOf(_results, value) is >= 0 and int place ? _layers.Layers[place].Name : "input";

    /// <summary>Adds one layer.</summary>
    /// <returns>Its result; null where a mistake hides it.</returns>
    private Value? Apply(PlacedLayer layer)
    {
        if (layer.Spec.IsUnreadable)
        {
            return null;
        }

        if (OperatorDefinition.Find(layer.Spec.Operator) is not { } definition)
        {
            _problems.Error(DiagnosticIds.UnknownLayer, layer.Attribute, layer.Spec.Operator);
            return null;
        }

        var arguments = new LayerArguments(layer.Spec);
        Value? source = Find(layer.Source, ProblemsOf(layer, null));
        LayerProblems problems = ProblemsOf(layer, source?.Shape);
        if (definition is JoinDefinition join)
        {
            return Join(join, arguments, layer, source, problems);
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
            string name = FreeName(layer.Name + ".flatten");
            source = AddNode(new FlattenOp(), name, ProblemList.Network, new(_problems, ProblemList.Network, name, source.Shape), source)!;
        }

        return AddNode(@operator, layer.Name, layer.Attribute, ProblemsOf(layer, source.Shape), source);
    }

    private LayerProblems ProblemsOf(PlacedLayer layer, TensorShape? input) => new(_problems, layer.Attribute, layer.Title, input);

    private Value? Join(JoinDefinition definition, LayerArguments arguments, PlacedLayer layer, Value? source, LayerProblems problems)
    {
        // The value before stands first, unless its place is among the named ones.
        List<Value?> inputs = layer.Joined.Select(other => Find(other, problems)).ToList();
        if (source is null || inputs.Contains(null))
        {
            return null;
        }

        if (!inputs.Contains(source))
        {
            inputs.Insert(0, source);
        }

        Value[] values = definition.Arrange(inputs.OfType<Value>()).ToArray();
        return definition.Check(values.Select(value => (NameOf(value), value.Shape)).ToList(), problems)
            ? AddNode(definition.Create(arguments, source.Shape, problems)!, layer.Name, layer.Attribute, ProblemsOf(layer, values[0].Shape), values)
            : null;
    }

    /// <summary>Goes on behind a mistake. The nodes before it are lost, but a graph with a mistake is not used anyway.</summary>
    private Value Restart(Operator @operator)
    {
        var result = new Value(_values.Count, @operator.InferShape(EquatableArray.Of(TensorShape.Vector(1))));
        _values.Add(result);
        return result;
    }

    private Value? AddNode(Operator @operator, string name, int attribute, LayerProblems problems, params Value[] inputs)
    {
        EquatableArray<TensorShape> shapes = inputs.Select(input => input.Shape).ToEquatableArray();
        if (AddValue(@operator.InferShape(shapes), problems) is not { } result)
        {
            return null;
        }

        EquatableArray<ParameterSpec> parameters = @operator.Parameters(shapes);
        CountParameters(parameters, problems);
        CheckNames(parameters, name, attribute);
        _nodes.Add(new Node(name, @operator, inputs.Select(input => input.Id).ToEquatableArray(), result.Id, attribute));
        return result;
    }

    /// <summary>Reports the layers whose result nobody reads, and which would be computed for nothing.</summary>
    private void CheckReaders(Value output)
    {
        var read = new HashSet<int>(_nodes.SelectMany(node => node.Inputs)) { output.Id };
        foreach (Node node in _nodes.Where(node => !read.Contains(node.Output)))
        {
            PlacedLayer layer = _layers.Layers.First(layer => layer.Name == node.Name);
            ProblemsOf(layer, _values[node.Input].Shape).Error(DiagnosticIds.UnreadResult);
        }
    }

    private Value? AddValue(TensorShape shape, LayerProblems problems)
    {
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

    private void CountParameters(EquatableArray<ParameterSpec> parameters, LayerProblems problems)
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
            problems.Error(
                DiagnosticIds.TooManyParameters,
                TextOf.Count(_parameters),
                TextOf.Count(_storedParameters),
                TextOf.Count(GraphLimits.Parameters));
        }
    }

    /// <summary>A parameter that has its layer's own name may have that of another layer's.</summary>
    private void CheckNames(EquatableArray<ParameterSpec> parameters, string layer, int attribute)
    {
        foreach (string name in parameters.Select(parameter => parameter.NameIn(layer)))
        {
            if (!_parameterNames.TryGetValue(name, out string? other))
            {
                _parameterNames.Add(name, layer);
            }
            else if (other != layer)
            {
                _problems.Error(DiagnosticIds.DuplicateName, attribute, name, $"a parameter of '{other}'");
            }
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

    private NetworkGraph? Finish(Value? output) => _problems.HasErrors || _nodes.Count == 0 || !_layers.IsComplete
        ? null
        : new NetworkGraph(_values.ToEquatableArray(), _nodes.ToEquatableArray(), 0, output!.Id) { Outputs = _outputs };
}
