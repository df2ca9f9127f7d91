using NetGen.Generator.Collections;
using NetGen.Generator.Graph;

namespace NetGen.Generator.Schedule;

/// <content>Training steps.</content>
internal sealed partial class ScheduleBuilder
{
    /// <summary>Images of a micro-batch: a batch of 64 makes eight, one for each gradient buffer, and its activations stay in cache.</summary>
    private const int PreferredMicroBatch = 8;

    /// <summary>Bytes of activations above which a micro-batch gets fewer images.</summary>
    private const long ActivationBytes = 512L << 20;

    /// <summary>Bytes of gradient buffers above which micro-batches share fewer of them.</summary>
    private const long GradientBytes = 64L << 20;

    private const int MostGradientShards = 8;

    private TrainingProgram ScheduleTraining(NetworkGraph graph, EquatableArray<PlacedParameter> parameters, int trainedFloats)
    {
        int images = MicroBatch(PlanNodes(graph, 1, training: true, out _));
        List<NodePlan> plans = PlanNodes(graph, images, training: true, out NetworkGraph staged);
        var values = new BufferTable(plans, _lowerings, staged, training: true);
        var lifetimes = new LifetimeTable();
        int loss = plans.Count;
        List<NodePlan> backward = plans
            .Where(plan => plan.HasBackward)
            .Reverse()
            .ToList();
        UseForward(values, lifetimes, plans, isShared: false);
        values.Use(lifetimes, staged.Output, loss);
        values.UseGradient(lifetimes, staged.Output, loss);
        for (int i = 0; i < backward.Count; i++)
        {
            NodePlan plan = backward[i];
            int time = loss + 1 + i;
            GradientRule rule = plan.Node.Operator.Gradient;
            if (rule.ReadsInput)
            {
                values.UseAll(lifetimes, plan.Node.Inputs, time);
            }

            if (rule.ReadsOutput || plan.Node.Activation is not null)
            {
                values.Use(lifetimes, plan.Node.Output, time);
            }

            values.UseGradient(lifetimes, plan.Node.Output, time);
            if (plan.NeedsInputGradient)
            {
                values.UseGradient(lifetimes, plan.Node.Input, time);
            }

            for (int other = 0; other < plan.Others.Count; other++)
            {
                if (plan.Others[other].NeedsGradient)
                {
                    values.UseGradient(lifetimes, plan.Node.Inputs[other + 1], time);
                }
            }

            lifetimes.Scratch(plan, time, _lowerings(plan.Node.Operator).BackwardScratch(plan), backward: true);
        }

        MemoryPlan memory = MemoryPlan.Of(lifetimes.All);
        Dictionary<NodePlan, int> packed = PlacePacked(backward, out int packedFloats);
        return new TrainingProgram(
            plans.Where(plan => !values.IsView(plan.Node)).Select(plan => ToStep(plan, backward: false)).ToEquatableArray(),
            backward.Where(plan => !values.IsGradientView(plan.Node)).Select(plan => ToStep(plan, backward: true)).ToEquatableArray(),
            InBuffer(WithSlack(memory.Floats)),
            InBuffer(packedFloats),
            images,
            GradientShards(trainedFloats),
            values.PlaceOf(memory, staged.Output),
            values.GradientPlaceOf(memory, staged.Output));

        Step ToStep(NodePlan plan, bool backward) => new(
            plan,
            values.PlaceOf(memory, plan.Node.Input),
            values.PlaceOf(memory, plan.Node.Output),
            backward && plan.NeedsInputGradient ? values.GradientPlaceOf(memory, plan.Node.Input) : null,
            backward ? values.GradientPlaceOf(memory, plan.Node.Output) : null,
            lifetimes.ScratchOffset(memory, plan, backward),
            backward ? null : PartScratchOffset(lifetimes, memory, plan),
            packed.TryGetValue(plan, out int offset) ? offset : 0,
            ParametersOf(plan, parameters))
        {
            Others = plan.Others.Select((other, i) => new JoinedPlace(
                values.PlaceOf(memory, plan.Node.Inputs[i + 1]),
                backward && other.NeedsGradient ? values.GradientPlaceOf(memory, plan.Node.Inputs[i + 1]) : null)).ToEquatableArray(),
        };
    }

    private static int MicroBatch(List<NodePlan> plans)
    {
        long bytes = plans.Sum(plan => 2L * sizeof(float) * plan.Output.Floats);
        int images = PreferredMicroBatch;
        while (images > 1 && images * bytes > ActivationBytes)
        {
            images /= 2;
        }

        return images;
    }

    private static int GradientShards(int trainedFloats)
    {
        int shards = MostGradientShards;
        while (shards > 1 && (long)shards * trainedFloats * sizeof(float) > GradientBytes)
        {
            shards /= 2;
        }

        return shards;
    }
}
