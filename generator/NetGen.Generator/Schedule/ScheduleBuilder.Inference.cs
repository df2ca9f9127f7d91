using NetGen.Generator.Collections;
using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Ops;
using NetGen.Generator.Passes;

namespace NetGen.Generator.Schedule;

/// <content>Predictions, of one image and of groups.</content>
internal sealed partial class ScheduleBuilder
{
    private StepProgram ScheduleInference(
        NetworkGraph graph, List<NodePlan> plans, EquatableArray<PlacedParameter> parameters, bool isShared)
    {
        plans = PlaceJoins(graph, plans, isShared);
        var values = new BufferTable(plans, _lowerings, graph, training: false);
        var lifetimes = new LifetimeTable();
        UseForward(values, lifetimes, plans, isShared);
        MemoryPlan memory = MemoryPlan.Of(lifetimes.All);
        Dictionary<NodePlan, int> packed = PlacePacked(plans, out int packedFloats);
        IEnumerable<Step> steps = plans
            .Where(plan => !values.IsView(plan.Node))
            .Select(plan => ToStep(plan, values, lifetimes, memory, packed, parameters, isShared));
        int part = isShared ? plans.Max(plan => TensorView.RoundUp(_lowerings(plan.Node.Operator).PartScratch(plan))) : 0;

        // The result of a prediction lies behind the arena.
        int arena = WithSlack(memory.Floats);
        InBuffer((long)arena + TensorView.RoundUp((int)graph.OutputShape.Length) + part);
        return new StepProgram(steps.ToEquatableArray(), arena, InBuffer(packedFloats), part, isShared);
    }

    /// <summary>The program for groups of images; null where there is no matrix product, or where a group takes too much memory.</summary>
    private GroupProgram? ScheduleGroup(
        NetworkGraph graph, List<NodePlan> plans, EquatableArray<PlacedParameter> parameters, bool isShared)
    {
        if (!graph.Nodes.Any(IsProduct))
        {
            return null;
        }

        // The head reads whole groups, which the caller need not have.
        if (graph.Nodes.TakeWhile(node => !IsProduct(node)).All(node => node.Operator.IsReshape))
        {
            graph = StageInput.Run(graph);
            plans = PlanNodes(ref graph, images: 1, training: false);
        }

        int first = plans.FindIndex(plan => IsProduct(plan.Node));
        if (!IsCut(plans, first))
        {
            return null;
        }

        long weights = plans.Skip(first).SelectMany(plan => ParametersOf(plan, parameters)).Sum(parameter => (long)parameter.Storage.Floats);
        bool areCached = weights <= CachedFloats;

        // Over cached weights those of a micro-batch, so that training and predictions have kernels in common.
        int images = areCached ? PreferredMicroBatch : GroupImages;
        plans = plans.Select((plan, i) => i < first ? plan : plan with { Images = images }).ToList();
        if (plans.Sum(plan => ((long)plan.Images * (plan.Input.Floats + plan.Output.Floats)) + ScratchFloats(plan)) > GraphLimits.BufferFloats / 2)
        {
            return null;
        }

        int features = plans[first].Node.Input;
        plans = PlaceJoins(graph, plans, isShared, features);
        var values = new BufferTable(plans, _lowerings, graph, training: false);
        var lifetimes = new LifetimeTable();
        UseForward(values, lifetimes, plans, isShared, features);
        MemoryPlan memory = MemoryPlan.Of(lifetimes.All);
        Dictionary<NodePlan, int> packed = PlacePacked(plans, out _);
        List<Step> steps = plans
            .Where(plan => !values.IsView(plan.Node))
            .Select(plan => ToStep(plan, values, lifetimes, memory, packed, parameters, isShared))
            .ToList();
        Place featuresPlace = values.PlaceOf(memory, features);
        int body = steps.FindIndex(step => step.Plan.Images > 1);
        return new GroupProgram(
            steps.Take(body).Select(ToFeatures).ToEquatableArray(),
            steps.Skip(body).ToEquatableArray(),
            featuresPlace,
            WithSlack(memory.Floats),
            images,
            areCached ? images / 2 : 2);

        Step ToFeatures(Step step) => step with
        {
            Input = OfFeatures(step.Input, step.Plan.Node.Input),
            Output = OfFeatures(step.Output, step.Plan.Node.Output),
            Others = step.Others.Select((other, i) => new JoinedPlace(OfFeatures(other.Input, step.Plan.Node.Inputs[i + 1]), null)).ToEquatableArray(),
        };

        Place OfFeatures(Place place, int value) => values.ShareMemory(value, features)
            ? place with { Memory = Memory.Features, Offset = place.Offset - featuresPlace.Offset }
            : place;

        long ScratchFloats(NodePlan plan) =>
            (long)_lowerings(plan.Node.Operator).ForwardScratch(plan) + _lowerings(plan.Node.Operator).PartScratch(plan);

        static bool IsProduct(Node node) => node.Operator is LinearOp;
    }

    /// <summary>Whether what comes from a step on reads nothing of what was before but that step's input.</summary>
    private static bool IsCut(List<NodePlan> plans, int first)
    {
        var read = new HashSet<int>(plans.Skip(first).SelectMany(plan => plan.Node.Inputs));
        read.ExceptWith(plans.Skip(first).Select(plan => plan.Node.Output));
        return read.SetEquals([plans[first].Node.Input]);
    }

    /// <summary>The plans with joins in place, wherever that takes no memory.</summary>
    private List<NodePlan> PlaceJoins(NetworkGraph graph, List<NodePlan> plans, bool isShared, int? features = null)
    {
        // Joins take none, wherever their inputs are.
        var scratch = new LifetimeTable();
        UseScratch(scratch, plans, isShared);
        return JoinsInPlace.Run(plans, _lowerings, LiveFloats);

        long LiveFloats(List<NodePlan> tried)
        {
            var lifetimes = new LifetimeTable();
            UseValues(new BufferTable(tried, _lowerings, graph, training: false), lifetimes, tried, features);
            return MemoryPlan.LargestLiveSum(scratch.All.Concat(lifetimes.All));
        }
    }

    private void UseForward(BufferTable values, LifetimeTable lifetimes, List<NodePlan> plans, bool isShared, int? features = null)
    {
        UseValues(values, lifetimes, plans, features);
        UseScratch(lifetimes, plans, isShared);
    }

    /// <param name="features">The value of one image that stays while the next one's is computed.</param>
    private static void UseValues(BufferTable values, LifetimeTable lifetimes, List<NodePlan> plans, int? features)
    {
        for (int time = 0; time < plans.Count; time++)
        {
            values.UseAll(lifetimes, plans[time].Node.Inputs, time);
            values.Use(lifetimes, plans[time].Node.Output, time);
        }

        if (features is { } kept)
        {
            values.Use(lifetimes, kept, 0);
        }
    }

    private Step ToStep(
        NodePlan plan,
        BufferTable values,
        LifetimeTable lifetimes,
        MemoryPlan memory,
        Dictionary<NodePlan, int> packed,
        EquatableArray<PlacedParameter> parameters,
        bool isShared) => new(
            plan,
            values.PlaceOf(memory, plan.Node.Input),
            values.PlaceOf(memory, plan.Node.Output),
            null,
            null,
            lifetimes.ScratchOffset(memory, plan, backward: false),
            isShared ? null : PartScratchOffset(lifetimes, memory, plan),
            packed[plan],
            ParametersOf(plan, parameters))
        {
            Others = plan.Node.Inputs.Skip(1).Select(other => new JoinedPlace(values.PlaceOf(memory, other), null)).ToEquatableArray(),
        };

    /// <summary>Where one thread does all the work, the memory of its own is scratch memory like the other, and lies behind it.</summary>
    private void UseScratch(LifetimeTable lifetimes, List<NodePlan> plans, bool isShared)
    {
        for (int time = 0; time < plans.Count; time++)
        {
            NodePlan plan = plans[time];
            OperatorLowering lowering = _lowerings(plan.Node.Operator);
            int scratch = lowering.ForwardScratch(plan), part = isShared ? 0 : lowering.PartScratch(plan);
            lifetimes.Scratch(plan, time, part > 0 ? TensorView.RoundUp(scratch) + part : scratch, backward: false);
        }
    }

    private int PartScratchOffset(LifetimeTable lifetimes, MemoryPlan memory, NodePlan plan) =>
        lifetimes.ScratchOffset(memory, plan, backward: false) + TensorView.RoundUp(_lowerings(plan.Node.Operator).ForwardScratch(plan));
}
