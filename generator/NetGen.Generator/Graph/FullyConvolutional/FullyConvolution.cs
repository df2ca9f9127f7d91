using System.Numerics;
using NetGen.Generator.Collections;
using NetGen.Generator.Declaration;
using NetGen.Generator.Diagnostics;
using NetGen.Generator.Graph.Ops;

namespace NetGen.Generator.Graph.FullyConvolutional;

/// <summary>
/// Rewrites the graph of a network into one for larger images that gives the network's result for every window of its own size (Long, Shelhamer
/// and Darrell, 2015). Names, parameters and their order stay.
/// </summary>
internal sealed class FullyConvolution
{
    private const int MostNamed = 4;

    private readonly FullyConvolutionalSpec _derivation;
    private readonly NetworkGraph _source;
    private readonly ProblemList _problems;
    private readonly List<Value> _values = new();
    private readonly List<Node> _nodes = new();
    private readonly Dictionary<int, SlidingValue> _sliding = new();
    private readonly List<string> _padded = new();
    private SlidingStride _rows = SlidingStride.One;
    private SlidingStride _columns = SlidingStride.One;
    private long _elements;

    private FullyConvolution(FullyConvolutionalSpec derivation, NetworkGraph source, ProblemList problems)
    {
        _derivation = derivation;
        _source = source;
        _problems = problems;
    }

    /// <summary>The derived network. Its loss and its images of bytes are the source's.</summary>
    /// <param name="derivation">What is to be derived.</param>
    /// <param name="source">The network that the layers declare.</param>
    public static GraphResult Derive(FullyConvolutionalSpec derivation, GraphResult source)
    {
        var problems = new ProblemList();
        NetworkGraph? graph = SourceRules.InputOf(derivation, source, problems) is { } input
            ? new FullyConvolution(derivation, source.Graph!, problems).Run(input)
            : null;
        return new GraphResult(problems.HasErrors ? null : graph, source.Loss, source.Pixels, problems.Problems.ToEquatableArray());
    }

    private NetworkGraph? Run(TensorShape input)
    {
        if (AddValue(input, "[Input]") is not { } image)
        {
            return null;
        }

        _sliding[_source.Input] = new SlidingValue(image, _source.InputShape, SlidingStride.One, SlidingStride.One, IsVector: false);
        foreach (Node node in _source.Nodes.Where(node => node.Inputs.All(_sliding.ContainsKey)))
        {
            if (node.Operator is FlattenOp)
            {
                _sliding[node.Output] = _sliding[node.Input] with { IsVector = true };
            }
            else if (node.Inputs.Count > 1)
            {
                Join(node);
            }
            else
            {
                Slide(node);
            }
        }

        if (!_sliding.TryGetValue(_source.Output, out SlidingValue? output))
        {
            return null;
        }

        CheckOutput(output);
        if (_padded.Count > 0 && !_problems.HasErrors)
        {
            string more = _padded.Count > MostNamed ? $" and {TextOf.Integer(_padded.Count - MostNamed)} more layers" : "";
            _problems.Warning(DiagnosticIds.PaddedSource, ProblemList.Network, _derivation.Source, string.Join(", ", _padded.Take(MostNamed)) + more);
        }

        // Outputs of one position lie behind each other in its channels, and so do their maps.
        return new NetworkGraph(_values.ToEquatableArray(), _nodes.ToEquatableArray(), image.Id, output.Value.Id)
        {
            Outputs = _source.Outputs.Select(named => named with { Shape = output.Value.Shape with { Channels = named.Shape.Channels } }).ToEquatableArray(),
        };
    }

    private void Slide(Node node)
    {
        SlidingValue input = _sliding[node.Input];
        SlidingOperator sliding = SlidingOperator.Of(node.Operator, input);
        if (sliding.Operator is null)
        {
            Refuse(node, sliding.Refusal);
            return;
        }

        if (sliding.SeesNeighbours)
        {
            _padded.Add(node.Name);
        }

        Add(node, sliding.Operator, input with
        {
            Rows = input.Rows.Times(sliding.Stride.Height).Over(sliding.Scale.Height),
            Columns = input.Columns.Times(sliding.Stride.Width).Over(sliding.Scale.Width),
        });
    }

    private void Join(Node node)
    {
        List<SlidingValue> inputs = node.Inputs.Select(value => _sliding[value]).ToList();
        SlidingValue first = inputs[0];
        if (node.Operator.RefusalToSlide(inputs) is { } refusal)
        {
            Refuse(node, refusal);
            return;
        }

        int other = inputs.FindIndex(input => SizeOf(input) != SizeOf(first));
        if (other < 0)
        {
            Add(node, node.Operator, first);
            return;
        }

        TensorShape image = _values[0].Shape;
        IEnumerable<string> remedies =
        [
            .. SizeOf(inputs[other]).Height == SizeOf(first).Height ? [] : new[] { $"a height of {Fitting(image.Height, _source.InputShape.Height, _rows)}" },
            .. SizeOf(inputs[other]).Width == SizeOf(first).Width ? [] : new[] { $"a width of {Fitting(image.Width, _source.InputShape.Width, _columns)}" },
        ];
        _problems.Error(
            DiagnosticIds.BranchesCoverDifferently,
            ProblemList.Network,
            node.Name,
            _derivation.Source,
            first.Value.Shape.ToString(),
            NameOf(node.Inputs[0]),
            inputs[other].Value.Shape.ToString(),
            NameOf(node.Inputs[other]),
            string.Join(" and ", remedies));
    }

    /// <summary>Adds the counterpart of a node.</summary>
    /// <param name="node">The node of the source.</param>
    /// <param name="operator">What it does over the whole image.</param>
    /// <param name="moved">Its first input, with the strides of the result.</param>
    private void Add(Node node, Operator @operator, SlidingValue moved)
    {
        TensorShape[] inputs = node.Inputs.Select(value => _sliding[value].Value.Shape).ToArray();
        if (IsBeyondCounting(@operator, inputs[0]))
        {
            TooLarge(node.Name, $"would have sides of {TextOf.Count(GraphLimits.ValueElements)} or more");
            return;
        }

        if (AddValue(@operator.InferShape(inputs.ToEquatableArray()), node.Name) is not { } result)
        {
            return;
        }

        _rows = _rows.CommonMultiple(moved.Rows);
        _columns = _columns.CommonMultiple(moved.Columns);
        _nodes.Add(new Node(node.Name, @operator, node.Inputs.Select(value => _sliding[value].Value.Id).ToEquatableArray(), result.Id, node.Layer));
        _sliding[node.Output] = moved with { Value = result, Window = WindowOf(node, moved.Window), IsVector = _source.Values[node.Output].Shape.IsVector };
    }

    /// <summary>The map that one window has of a node's result.</summary>
    private TensorShape WindowOf(Node node, TensorShape input)
    {
        TensorShape declared = _source.Values[node.Output].Shape;
        return !declared.IsVector ? declared
            : node.Operator is LinearOp ? new TensorShape(declared.Channels, 1, 1)
            : new TensorShape(declared.Channels / (input.Height * input.Width), input.Height, input.Width);
    }

    /// <summary>Every position of the result belongs to a window: none lies between those that the strides let the window stand at.</summary>
    private void CheckOutput(SlidingValue output)
    {
        Node last = _source.Nodes[_source.Nodes.Count - 1];
        if (output.IsFlattened)
        {
            Refuse(last, $"gives a flattened map of {output.Window} for each window; end with a [Linear] or a pool over the whole map, or leave [Flatten] out");
        }
        else if (_nodes.Count == 0)
        {
            Refuse(last, "does nothing that a window is needed for");
        }
        else if (_rows.Steps(output.Rows) > output.Window.Height || _columns.Steps(output.Columns) > output.Window.Width)
        {
            Refuse(
                _source.Nodes.Last(node => node.Operator is UpsampleOp or ConvTranspose2dOp),
                "upsamples, and what follows leaves results of no window between those of windows; upsample last, or not at all");
        }
    }

    private Value? AddValue(TensorShape shape, string layer)
    {
        long stored = GraphLimits.StoredLength(shape);
        if (stored >= GraphLimits.ValueElements)
        {
            TooLarge(
                layer,
                $"would be {shape}, {TextOf.Count(stored)} floats with channels and rows in blocks of 16, "
                + $"and a value must stay below {TextOf.Count(GraphLimits.ValueElements)}");
            return null;
        }

        _elements += stored;
        if (_elements >= GraphLimits.TotalElements)
        {
            TooLarge(layer, $"brings the values of one image to {TextOf.Count(_elements)} floats, and a network can have {TextOf.Count(GraphLimits.TotalElements)}");
            return null;
        }

        var value = new Value(_values.Count, shape);
        _values.Add(value);
        return value;
    }

    /// <summary>Whether an input with its border, or a result, is too long to be measured in an <see cref="int"/>.</summary>
    private static bool IsBeyondCounting(Operator @operator, TensorShape input) => @operator switch
    {
        Conv2dOp conv => IsBeyond(input, conv.Window),
        MaxPool2dOp pool => IsBeyond(input, pool.Window),
        AvgPool2dOp pool => IsBeyond(input, pool.Window),
        PadOp pad => IsBeyond(input.Height, pad.Top, pad.Bottom) || IsBeyond(input.Width, pad.Left, pad.Right),
        ConvTranspose2dOp transposed => IsBeyond(transposed.PaddedHeight(input.Height)) || IsBeyond(transposed.PaddedWidth(input.Width)),
        _ => false,
    };

    private static bool IsBeyond(TensorShape input, Window2d window) =>
        IsBeyond(input.Height, window.PadTop, window.PadBottom) || IsBeyond(input.Width, window.PadLeft, window.PadRight);

    private static bool IsBeyond(params long[] sizes) => sizes.Sum() >= GraphLimits.ValueElements;

    private void TooLarge(string layer, string what) => _problems.Error(DiagnosticIds.DerivedTooLarge, ProblemList.Network, layer, _derivation.Source, what);

    private void Refuse(Node node, string reason) => _problems.Error(DiagnosticIds.NotConvolutional, ProblemList.Network, node.Name, _derivation.Source, reason);

    private string NameOf(int value) => _source.Nodes.FirstOrDefault(node => node.Output == value)?.Name ?? "input";

    private static SizePair SizeOf(SlidingValue value) => new(value.Value.Shape.Height, value.Value.Shape.Width);

    /// <summary>The sizes next to one that are those of a window and whole strides, which leave no rest.</summary>
    private static string Fitting(int size, int window, SlidingStride stride)
    {
        BigInteger below = window + ((size - window) / stride.Numerator * stride.Numerator);
        return FormattableString.Invariant($"{below} or {below + stride.Numerator}");
    }
}
