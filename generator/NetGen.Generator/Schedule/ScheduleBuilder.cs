using NetGen.Generator.Collections;
using NetGen.Generator.Declaration;
using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Ops;
using NetGen.Generator.Passes;

namespace NetGen.Generator.Schedule;

/// <summary>From a graph to its schedule: views, parameter storage, memory.</summary>
internal sealed partial class ScheduleBuilder
{
    /// <summary>Images of a group over weights from memory, which are then used often enough to be waited for no more.</summary>
    private const int GroupImages = 16;

    /// <summary>Floats of weights above which they come from memory and reading them once for two images pays.</summary>
    private const long CachedFloats = 1 << 18;

    private readonly Func<Operator, OperatorLowering> _lowerings;
    private readonly NetworkOptions _options;

    private ScheduleBuilder(NetworkOptions options, Func<Operator, OperatorLowering> lowerings)
    {
        _options = options;
        _lowerings = lowerings;
    }

    public static NetworkSchedule Build(
        NetworkGraph graph, LossSpec loss, NetworkOptions options, Func<Operator, OperatorLowering> lowerings)
    {
        var builder = new ScheduleBuilder(options, lowerings);
        List<NodePlan> inference = builder.PlanNodes(PassPipeline.ForInference(graph), images: 1, training: false, out NetworkGraph inferenceGraph);
        EquatableArray<PlacedParameter> parameters = builder.PlaceParameters(inference, inferenceGraph, out int trainedFloats, out int parameterFloats);
        bool isShared = WorkSharing.Pays(graph);
        StepProgram program = builder.ScheduleInference(inferenceGraph, inference, parameters, isShared);
        return new NetworkSchedule(
            options.Unroll,
            (int)graph.InputShape.Length,
            parameters,
            parameterFloats,
            trainedFloats,
            program,
            InspectionPlan.Of(graph, program),
            builder.ScheduleGroup(inferenceGraph, inference, parameters, isShared),
            options.Training ? builder.ScheduleTraining(PassPipeline.ForTraining(graph, loss), parameters, trainedFloats) : null);
    }

    /// <summary>Chooses the view of every value, in execution order.</summary>
    private List<NodePlan> PlanNodes(NetworkGraph graph, int images, bool training, out NetworkGraph staged)
    {
        staged = NeedsStaging(graph, training) ? StageInput.Run(graph) : graph;
        return PlanNodes(ref staged, images, training);
    }

    /// <param name="staged">The graph; gets a node for every copy that puts a join's input into the layout of the others.</param>
    private List<NodePlan> PlanNodes(ref NetworkGraph staged, int images, bool training)
    {
        NetworkGraph graph = staged;
        var relayouts = new RelayoutTable(staged);
        TensorShape input = staged.InputShape;
        var views = new Dictionary<int, TensorView> { [staged.Input] = TensorView.Dense(input) };
        var needsGradient = new Dictionary<int, bool> { [staged.Input] = training && _options.InputGradients };
        var plans = new List<NodePlan>();
        MemoryLevel weightSource = MemoryLevels.Of(WeightsOf(graph));
        var fused = new HashSet<Node>();
        var inputsMemory = new HashSet<int>();
        foreach (Node node in staged.Nodes)
        {
            if (fused.Contains(node))
            {
                continue;
            }

            OperatorLowering lowering = _lowerings(node.Operator);
            Node reader = node.Inputs.Count > 1 ? WithInputsAlike(node, lowering) : node;
            TensorView view = lowering.ChooseView(reader, views[reader.Input], staged.Values[reader.Output].Shape);
            var plan = new NodePlan(reader, relayouts.ShapeOf(reader.Input), views[reader.Input], view, _options, images, training, needsGradient[reader.Input])
            {
                WeightSource = weightSource,
                Others = reader.Inputs.Skip(1).Select(other => new JoinedInput(relayouts.ShapeOf(other), views[other], needsGradient[other])).ToEquatableArray(),
            };
            plan = plan with { Choice = lowering.Choose(plan) };
            if (!training && staged.OnlyReaderOf(node) is { } next && Fuse(plan, next) is { } both)
            {
                plan = both;
                fused.Add(next);
            }

            Add(plan);
        }

        staged = relayouts.Graph;
        return plans;

        void Add(NodePlan plan)
        {
            plans.Add(plan);
            views[plan.Node.Output] = plan.Output;
            if (_lowerings(plan.Node.Operator).IsView(plan))
            {
                inputsMemory.Add(plan.Node.Output);
            }

            needsGradient[plan.Node.Output] = training && plan.HasBackward;
        }

        NodePlan? Fuse(NodePlan plan, Node next) =>
            next.Operator is not AddOp ? _lowerings(plan.Node.Operator).Fuse(plan, next)
            : SumFusion.AddendOf(graph, plan, next, views, inputsMemory) is { } addend ? _lowerings(plan.Node.Operator).FuseSum(plan, next, addend)
            : null;

        Node WithInputsAlike(Node node, OperatorLowering lowering)
        {
            JoinedInput[] inputs = node.Inputs.Select(input => new JoinedInput(relayouts.ShapeOf(input), views[input], needsGradient[input])).ToArray();
            for (int i = 0; i < inputs.Length; i++)
            {
                JoinedInput input = inputs[i];
                TensorView wanted = lowering.ChooseInputView(inputs, i);
                if (wanted != input.View)
                {
                    Node copy = relayouts.Insert(ref node, i);
                    Add(new NodePlan(copy, input.Shape, input.View, wanted, _options, images, training, input.NeedsGradient));
                }
            }

            return node;
        }
    }

    private static long WeightsOf(NetworkGraph graph) =>
        graph.Nodes.Sum(node => node.Operator.Parameters(graph.InputShapesOf(node)).Sum(parameter => parameter.Shape.Aggregate(1L, (product, extent) => product * extent)));

    private bool NeedsStaging(NetworkGraph graph, bool training)
    {
        var callers = new HashSet<int> { graph.Input };
        foreach (Node view in graph.Nodes.Where(node => node.Operator.IsReshape && callers.Contains(node.Input)))
        {
            callers.Add(view.Output);
        }

        return (training && _options.InputGradients)
            || graph.Nodes.Any(node => !node.Operator.IsReshape && node.Inputs.Any(callers.Contains) && !_lowerings(node.Operator).ReadsCallersMemory(training));
    }

    /// <summary>Places the trained tensors one after the other, and behind them those that the optimizer leaves alone.</summary>
    private EquatableArray<PlacedParameter> PlaceParameters(List<NodePlan> plans, NetworkGraph graph, out int trainedFloats, out int floats)
    {
        var placed = new List<PlacedParameter>();
        long offset = 0;
        foreach (NodePlan plan in plans)
        {
            EquatableArray<ParameterSpec> specs = plan.Parameters;
            IReadOnlyList<ParameterStorage> storages = _lowerings(plan.Node.Operator).StoreParameters(plan);
            bool rectified = specs.Count > 0 && IsRectified(graph, plan.Node);
            for (int i = 0; i < specs.Count; i++)
            {
                placed.Add(new PlacedParameter(plan.Node.Name, specs[i], storages[i], 0, InitialBound(specs[i], rectified)));
            }

            placed.AddRange(plan.FoldedParameters.Select(spec =>
                new PlacedParameter(plan.Node.Normalization!.Name, spec, ParameterStorage.Vector(spec.Shape[0]), 0, InitialBound(spec, false))));
        }

        Place(isTrained: true);
        trainedFloats = InBuffer(offset);
        Place(isTrained: false);
        floats = InBuffer(offset);
        return placed.ToEquatableArray();

        void Place(bool isTrained)
        {
            for (int i = 0; i < placed.Count; i++)
            {
                if (placed[i].Spec.IsTrained == isTrained)
                {
                    placed[i] = placed[i] with { Offset = InBuffer(offset) };
                    offset += TensorView.RoundUp(placed[i].Storage.Floats);
                }
            }
        }
    }

    /// <summary>
    /// The bound of the uniform distribution that a tensor starts from: He et al. (2015) before rectifiers, Glorot and Bengio (2010)
    /// elsewhere, zero for biases.
    /// </summary>
    private static double InitialBound(ParameterSpec spec, bool rectified) => spec.FanIn == 0 ? 0
        : rectified ? Math.Sqrt(6.0 / spec.FanIn)
        : Math.Sqrt(6.0 / (spec.FanIn + spec.FanOut));

    /// <summary>Whether a rectifier is the next activation behind a node, before other parameters: a pool in between changes nothing.</summary>
    private static bool IsRectified(NetworkGraph graph, Node node)
    {
        if (node.Activation is not null)
        {
            return node.Activation.IsRectifier;
        }

        return graph.ReadersOf(node.Output).Any(reader => reader.Operator.IsRectifier
            || (reader.Operator is not ActivationOperator
                && reader.Operator.Parameters(graph.InputShapesOf(reader)).Count == 0
                && IsRectified(graph, reader)));
    }

    private Dictionary<NodePlan, int> PlacePacked(List<NodePlan> plans, out int floats)
    {
        floats = 0;
        var offsets = new Dictionary<NodePlan, int>();
        foreach (NodePlan plan in plans)
        {
            offsets.Add(plan, floats);
            floats += TensorView.RoundUp(_lowerings(plan.Node.Operator).PackedFloats(plan));
        }

        return offsets;
    }

    /// <summary>The last vector of a row may reach beyond the last value by less than a block.</summary>
    private static int WithSlack(int floats) => floats + TensorView.Block;

    /// <exception cref="OverflowException">No buffer has so many floats.</exception>
    private static int InBuffer(long floats) => floats <= GraphLimits.BufferFloats
        ? (int)floats
        : throw new OverflowException($"{TextOf.Count(floats)} floats are more than a buffer of {TextOf.Count(GraphLimits.BufferFloats)} takes.");

    private static EquatableArray<PlacedParameter> ParametersOf(NodePlan plan, EquatableArray<PlacedParameter> parameters) =>
        parameters.Where(parameter => parameter.Layer == plan.Node.Name || parameter.Layer == plan.Node.Normalization?.Name).ToEquatableArray();
}
