using NetGen.Generator.Collections;
using NetGen.Generator.Declaration;
using NetGen.Generator.Emission;
using NetGen.Generator.Graph;
using NetGen.Generator.Schedule;
using NetGen.Generator.Tests.Infrastructure;
using Xunit;

namespace NetGen.Generator.Tests.Schedule;

public class ScheduleBuilderTests
{
    private const long MostFloats = 0x7FFFFFC7 - 64;

    [Fact]
    public void Weights_start_larger_where_the_next_activation_is_a_rectifier()
    {
        Assert.Equal(He(9), Bound(Specs.Conv(2, 3), Specs.ReLU));
        Assert.Equal(He(9), Bound(Specs.Conv(2, 3), Specs.MaxPool(2), Specs.ReLU));
        Assert.Equal(He(9), Bound(Specs.Conv(2, 3), Specs.MaxPool(2), Specs.Flatten, Specs.Layer("LeakyReLU")));
        Assert.Equal(He(9), Bound(Specs.Conv(2, 3), Specs.Layer("Dropout", ("probability", 0.5)), Specs.ReLU));
    }

    [Fact]
    public void Weights_before_anything_else_start_by_both_fans()
    {
        Assert.Equal(Glorot(9, 18), Bound(Specs.Conv(2, 3)));
        Assert.Equal(Glorot(9, 18), Bound(Specs.Conv(2, 3), Specs.Sigmoid, Specs.ReLU));
        Assert.Equal(Glorot(9, 18), Bound(Specs.Conv(2, 3), Specs.MaxPool(2), Specs.Layer("Tanh"), Specs.ReLU));
        Assert.Equal(Glorot(9, 18), Bound(Specs.Conv(2, 3), Specs.MaxPool(2), Specs.Linear(2), Specs.ReLU));
    }

    [Fact]
    public void No_buffer_is_longer_than_an_array_can_be()
    {
        // Besides the scratch memory: the product's result, the slack behind the arena, and the network's result.
        const int Most = (int)(MostFloats / 16 * 16) - 48;
        Assert.Equal(Most + 32, Schedule(new Lowering { Scratch = Most }).Inference.ArenaFloats);
        Assert.Throws<OverflowException>(() => Schedule(new Lowering { Scratch = Most + 1 }));

        const int MostPacked = (int)(MostFloats / 16 * 16);
        Assert.Equal(MostPacked, Schedule(new Lowering { Packed = MostPacked }).Training?.PackedFloats);
        Assert.Throws<OverflowException>(() => Schedule(new Lowering { Packed = MostPacked + 1 }));

        Assert.Equal(MostPacked, Schedule(new Lowering { Parameters = MostPacked }).ParameterFloats);
        Assert.Throws<OverflowException>(() => Schedule(new Lowering { Parameters = MostPacked + 1 }));
    }

    private static double He(int fanIn) => Math.Sqrt(6.0 / fanIn);

    private static double Glorot(int fanIn, int fanOut) => Math.Sqrt(6.0 / (fanIn + fanOut));

    /// <summary>The bound of the first layer's weights.</summary>
    private static double Bound(params LayerSpec[] layers)
    {
        GraphResult result = GraphBuilder.Build(Specs.Network([Specs.Input(1, 8, 8), .. layers]));
        var options = new NetworkOptions(false, UnrollMode.Balanced, false);
        return ScheduleBuilder.Build(result.Graph!, result.Loss, options, OperatorEmitters.For).Parameters[0].InitialBound;
    }

    /// <summary>One matrix product that takes as much memory as it is told.</summary>
    private static NetworkSchedule Schedule(Lowering lowering)
    {
        NetworkSpec spec = Specs.Network(Specs.Input(1), Specs.Linear(1, ("Bias", false)));
        GraphResult result = GraphBuilder.Build(spec);
        var options = new NetworkOptions(lowering.Packed > 0, UnrollMode.Balanced, false);
        return ScheduleBuilder.Build(result.Graph!, result.Loss, options, _ => lowering);
    }

    private sealed class Lowering : OperatorLowering
    {
        public int Scratch { get; init; }

        public int Packed { get; init; }

        public int Parameters { get; init; }

        public override Type OperatorType => typeof(Operator);

        public override bool ReadsCallersMemory(bool training) => true;

        public override IReadOnlyList<NetGen.Generator.Schedule.ParameterStorage> StoreParameters(NodePlan plan) =>
            [new(Parameters, EquatableArray<EquatableArray<int>>.Empty)];

        public override int ForwardScratch(NodePlan plan) => IsLinear(plan) ? Scratch : 0;

        public override int PackedFloats(NodePlan plan) => IsLinear(plan) ? Packed : 0;

        private static bool IsLinear(NodePlan plan) => plan.Node.Layer >= 0;
    }
}
