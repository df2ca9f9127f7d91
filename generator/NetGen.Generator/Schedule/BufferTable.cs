using NetGen.Generator.Graph;

namespace NetGen.Generator.Schedule;

/// <summary>
/// Which values share memory: a view is its input, an elementwise operator writes over its input where nobody reads that again, and inputs of joins
/// can be parts of the result.
/// </summary>
internal sealed class BufferTable
{
    private const int PageFloats = 1024;

    private readonly Dictionary<int, int> _buffers = new();
    private readonly Dictionary<int, int> _gradientBuffers = new();

    // Where a value begins in its buffer, which another one may own.
    private readonly Dictionary<int, int> _starts = new();
    private readonly Dictionary<int, TensorView> _views = new();
    private readonly HashSet<int> _viewOutputs = new();
    private readonly HashSet<int> _gradientViewOutputs = new();
    private readonly List<NodePlan> _seen = new();
    private readonly NetworkGraph _graph;
    private readonly bool _training;

    // Images that a buffer has room for. A group's features are of all its images, what was before them of one.
    private readonly Dictionary<int, int> _images = new();

    public BufferTable(IReadOnlyList<NodePlan> plans, Func<Operator, OperatorLowering> lowerings, NetworkGraph graph, bool training)
    {
        _graph = graph;
        _training = training;
        _views.Add(graph.Input, plans[0].Input);
        _buffers.Add(graph.Input, graph.Input);
        _gradientBuffers.Add(graph.Input, graph.Input);
        _starts.Add(graph.Input, 0);
        Dictionary<int, (int Result, int Start)> parts = PartsOf(plans);
        foreach (NodePlan plan in plans)
        {
            Node node = plan.Node;
            _views.Add(node.Output, plan.Output);
            bool toCaller = node.Output == graph.Output && !training;
            bool isView = lowerings(node.Operator).IsView(plan) && !toCaller;
            if (isView)
            {
                _viewOutputs.Add(node.Output);
            }

            bool isPart = parts.ContainsKey(node.Output);
            bool inPlace = isView || (!toCaller && !isPart && node.Operator.IsElementwise && CanOverwriteInput(node));
            (int buffer, int start) = plan.Addend is { } addend ? (_buffers[addend], _starts[addend])
                : inPlace ? (_buffers[node.Input], _starts[node.Input])
                : WholeOf(node.Output);
            _buffers.Add(node.Output, buffer);
            _starts.Add(node.Output, start);
            bool isGradientView = isView && lowerings(node.Operator).IsGradientView(plan);
            if (isGradientView)
            {
                _gradientViewOutputs.Add(node.Output);
            }

            bool gradientInPlace = isGradientView || (node.Operator.IsElementwise && node.Input != graph.Input);
            _gradientBuffers.Add(node.Output, gradientInPlace ? _gradientBuffers[node.Input] : node.Output);
            foreach (int input in node.Inputs)
            {
                NoteImages(_buffers[input], plan.Images);
            }

            NoteImages(_buffers[node.Output], plan.Images);
            NoteImages(_gradientBuffers[node.Output], plan.Images);
            _seen.Add(plan);
        }

        // A join's result can be an input of another join in turn.
        (int Buffer, int Start) WholeOf(int value)
        {
            int start = 0;
            while (parts.TryGetValue(value, out (int Result, int Start) part))
            {
                value = part.Result;
                start += part.Start;
            }

            return (value, start);
        }
    }

    /// <summary>Whether a node's result is its input's memory, so that it has no step.</summary>
    public bool IsView(Node node) => _viewOutputs.Contains(node.Output);

    /// <summary>Whether also the gradient of its result is its input's.</summary>
    public bool IsGradientView(Node node) => _gradientViewOutputs.Contains(node.Output);

    /// <summary>Whether two values lie in the same memory.</summary>
    public bool ShareMemory(int value, int other) => _buffers[value] == _buffers[other];

    public void Use(LifetimeTable lifetimes, int value, int time)
    {
        if (MemoryOf(value) == Memory.Arena)
        {
            lifetimes.Use(2 * _buffers[value], ImageStride(_buffers[value]) * _images[_buffers[value]], time);
        }
    }

    public void UseAll(LifetimeTable lifetimes, IEnumerable<int> values, int time)
    {
        foreach (int value in values)
        {
            Use(lifetimes, value, time);
        }
    }

    public void UseGradient(LifetimeTable lifetimes, int value, int time)
    {
        int buffer = _gradientBuffers[value];
        if (buffer != _graph.Input)
        {
            lifetimes.Use((2 * buffer) + 1, _views[buffer].Floats * _images[buffer], time);
        }
    }

    public Place PlaceOf(MemoryPlan memory, int value)
    {
        Memory kind = MemoryOf(value);
        int buffer = _buffers[value];

        // Behind one image there is no other: a step that writes a part of a result is written down like one that writes a value by itself.
        return kind == Memory.Arena
            ? new Place(kind, memory.OffsetOf(2 * buffer) + _starts[value], _images[buffer] > 1 ? ImageStride(buffer) : _views[value].Floats)
            : new Place(kind, 0, (int)_views[value].Shape.Length);
    }

    public Place GradientPlaceOf(MemoryPlan memory, int value) => _gradientBuffers[value] == _graph.Input
        ? new Place(Memory.CallersInputGradients, 0, (int)_views[value].Shape.Length)
        : new Place(Memory.Arena, memory.OffsetOf((2 * _gradientBuffers[value]) + 1), _views[_gradientBuffers[value]].Floats);

    /// <summary>
    /// From one image of a buffer to the next. A matrix product reads an element of every image in turn: whole pages apart, these would all fall
    /// into the same few sets of the first cache.
    /// </summary>
    private int ImageStride(int buffer)
    {
        int floats = _views[buffer].Floats;
        return !_training && _images[buffer] > 1 && floats % PageFloats == 0 ? floats + TensorView.Block : floats;
    }

    private static Dictionary<int, (int Result, int Start)> PartsOf(IEnumerable<NodePlan> plans) => plans
        .SelectMany(plan => plan.InPlace.Select((start, input) => (Value: plan.Node.Inputs[input], plan.Node.Output, Start: start)))
        .Where(part => part.Start != NodePlan.Elsewhere)
        .ToDictionary(part => part.Value, part => (part.Output, part.Start));

    private void NoteImages(int buffer, int images) =>
        _images[buffer] = Math.Max(images, _images.TryGetValue(buffer, out int known) ? known : 0);

    private Memory MemoryOf(int value) => _buffers[value] == _graph.Input ? Memory.CallersInput
        : value == _graph.Output && !_training ? Memory.CallersOutput
        : Memory.Arena;

    private bool CanOverwriteInput(Node node)
    {
        int buffer = _buffers[node.Input];
        return buffer != _graph.Input
            && !IsReadLater(buffer, node)
            && !(_training && (node.Operator.Gradient.ReadsInput || IsReadBackward(buffer)));
    }

    /// <summary>Whether another node that has not been seen yet reads a buffer; through views it reads one of the values seen.</summary>
    private bool IsReadLater(int buffer, Node node)
    {
        var seen = new HashSet<int>(_seen.Select(plan => plan.Node.Output)) { node.Output };
        return _graph.Nodes.Any(other => !seen.Contains(other.Output)
            && other.Inputs.Any(value => _buffers.TryGetValue(value, out int read) && read == buffer));
    }

    /// <summary>Whether what was seen needs a buffer again: who made it, and who read it.</summary>
    private bool IsReadBackward(int buffer) => _seen.Any(plan =>
        (_buffers[plan.Node.Output] == buffer && (plan.Node.Operator.Gradient.ReadsOutput || plan.Node.Activation is not null))
        || (plan.Node.Operator.Gradient.ReadsInput && plan.Node.Inputs.Any(value => _buffers[value] == buffer)));
}
