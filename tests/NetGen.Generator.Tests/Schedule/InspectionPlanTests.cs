using NetGen.Generator.Declaration;
using NetGen.Generator.Emission;
using NetGen.Generator.Graph;
using NetGen.Generator.Schedule;
using NetGen.Generator.Tests.Infrastructure;
using Xunit;

namespace NetGen.Generator.Tests.Schedule;

/// <summary>Which outputs a prediction has in memory, and which it leaves out.</summary>
public class InspectionPlanTests
{
    [Fact]
    public void An_activation_hides_what_it_is_applied_to() => Assert.Equal(
        ["conv1 Computed", "relu1 Step", "fc1 Computed", "sigmoid1 Step"],
        Origins(Specs.Input(1, 8, 8), Specs.Conv(2, 3), Specs.ReLU, Specs.Linear(3), Specs.Sigmoid));

    [Fact]
    public void A_folded_normalisation_hides_the_convolution() => Assert.Equal(
        ["conv1 Computed", "bn1 Step", "conv2 Computed", "bn2 Computed", "relu1 Step"],
        Origins(Specs.Input(3, 8, 8), Specs.Conv(16, 3), BatchNorm, Specs.Conv(16, 3), BatchNorm, Specs.ReLU));

    [Fact]
    public void A_sum_in_place_hides_the_term_that_is_added() => Assert.Equal(
        [
            "conv1 Computed", "x Step", "conv2 Computed", "relu2 Step", "conv3 Computed", "bn1 Computed", "add1 Computed", "relu3 Step",
            "flatten1 Source", "fc1 Step",
        ],
        Origins(
            Specs.Input(3, 8, 8),
            Specs.Conv(32, 3),
            Specs.Layer("ReLU", ("Name", "x")),
            Specs.Conv(32, 3, ("Padding", 1)),
            Specs.ReLU,
            Specs.Conv(32, 3, ("Padding", 1)),
            BatchNorm,
            Specs.Join("Add", "x"),
            Specs.ReLU,
            Specs.Flatten,
            Specs.Linear(2)));

    [Fact]
    public void A_pool_taken_in_hides_the_convolution_and_the_activation() => Assert.Equal(
        ["conv1 Step", "conv2 Computed", "relu1 Computed", "pool1 Step"],
        Origins(Specs.Input(3, 18, 18), Specs.Conv(32, 3), Specs.Conv(32, 3, ("Padding", 1)), Specs.ReLU, Specs.MaxPool(2)));

    [Fact]
    public void Dropout_is_what_it_reads()
    {
        InspectionPlan plan = Plan(Specs.Input(4), Specs.Layer("Dropout", ("probability", 0.5)), Specs.Linear(2), Specs.Layer("Dropout", ("probability", 0.5)));
        Assert.Equal([LayerOrigin.Source, LayerOrigin.Step, LayerOrigin.Source], plan.Layers.Select(layer => layer.Origin));
        Assert.Equal([InspectedLayer.Input, 0, 1], plan.Layers.SelectMany(layer => layer.Sources));
    }

    private static LayerSpec BatchNorm => Specs.Layer("BatchNorm2d");

    private static IEnumerable<string> Origins(params LayerSpec[] layers) => Plan(layers).Layers.Select(layer => $"{layer.Name} {layer.Origin}");

    private static InspectionPlan Plan(params LayerSpec[] layers)
    {
        GraphResult result = GraphBuilder.Build(Specs.Network(layers));
        Assert.Empty(result.Problems);
        return ScheduleBuilder.Build(result.Graph!, result.Loss, new NetworkOptions(false, UnrollMode.Balanced, false), OperatorEmitters.For).Inspection;
    }
}
