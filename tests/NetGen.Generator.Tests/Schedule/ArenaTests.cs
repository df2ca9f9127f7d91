using NetGen.Generator.Emission;
using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Ops;
using NetGen.Generator.Schedule;
using NetGen.Generator.Tests.Infrastructure;
using Xunit;
using Shape = NetGen.Generator.Graph.TensorShape;

namespace NetGen.Generator.Tests.Schedule;

/// <summary>The memory of the zoo's networks: what a prediction needs is little more than what it must keep at its fullest step.</summary>
public class ArenaTests
{
    private const double Waste = 0.1;

    [Theory]
    [MemberData(nameof(ZooNetworks.Names), MemberType = typeof(ZooNetworks))]
    public void An_arena_is_at_most_a_tenth_larger_than_what_is_live_at_once(string name)
    {
        StepProgram program = Program(name, OperatorEmitters.For), copying = Program(name, WithCopies);

        // Values by themselves: what lies in a join's result would count as part of that, and a result whose parts are still to come as all of it.
        long live = LargestLiveSum(copying);
        Assert.True(
            program.ArenaFloats - TensorView.Block <= (1 + Waste) * live, $"{program.ArenaFloats} floats where {live} are live at once");
        Assert.True(program.ArenaFloats <= copying.ArenaFloats, $"{program.ArenaFloats} floats where joins that copy take {copying.ArenaFloats}");
    }

    private static StepProgram Program(string name, Func<Operator, OperatorLowering> lowerings)
    {
        var (spec, result) = ZooNetworks.Read(name);
        return ScheduleBuilder.Build(result.Graph!, result.Loss, spec.Options, lowerings).Inference;
    }

    private static OperatorLowering WithCopies(Operator @operator) => @operator is ConcatOp ? new CopyingConcat() : OperatorEmitters.For(@operator);

    /// <summary>Floats of the values and the scratch memory at the step that has most of them, as the steps read and write them.</summary>
    private static long LargestLiveSum(StepProgram program)
    {
        var values = new List<StoredValue>();
        var scratch = new List<long>();
        for (int time = 0; time < program.Steps.Count; time++)
        {
            Step step = program.Steps[time];
            foreach (Place place in step.Others.Select(other => other.Input).Prepend(step.Input).Where(place => place.Memory == Memory.Arena))
            {
                values.Last(value => value.Offset == place.Offset).Last = time;
            }

            if (step.Output.Memory == Memory.Arena)
            {
                // What is written over an input or added to a term is that value still.
                StoredValue? there = values.LastOrDefault(value => value.Offset == step.Output.Offset);
                if (there is not null && (there.Last == time || step.Plan.Addend is not null))
                {
                    there.Last = time;
                }
                else
                {
                    values.Add(new StoredValue(step.Output.Offset, step.Output.ImageStride, time));
                }
            }

            OperatorLowering lowering = OperatorEmitters.For(step.Plan.Node.Operator);
            scratch.Add(TensorView.RoundUp(lowering.ForwardScratch(step.Plan)) + (program.IsShared ? 0 : TensorView.RoundUp(lowering.PartScratch(step.Plan))));
        }

        return Enumerable.Range(0, program.Steps.Count)
            .Max(time => scratch[time] + values.Where(value => value.First <= time && time <= value.Last).Sum(value => (long)TensorView.RoundUp(value.Floats)));
    }

    private sealed class StoredValue(int offset, int floats, int first)
    {
        public int Offset { get; } = offset;

        public int Floats { get; } = floats;

        public int First { get; } = first;

        public int Last { get; set; } = first;
    }

    /// <summary>Concatenations whose inputs all lie elsewhere.</summary>
    private sealed class CopyingConcat : OperatorLowering
    {
        private static readonly OperatorEmitter s_emitter = OperatorEmitters.For(new ConcatOp());

        public override Type OperatorType => typeof(ConcatOp);

        public override TensorView ChooseInputView(IReadOnlyList<JoinedInput> inputs, int input) => s_emitter.ChooseInputView(inputs, input);

        public override TensorView ChooseView(Node node, TensorView input, Shape output) => s_emitter.ChooseView(node, input, output);
    }
}
