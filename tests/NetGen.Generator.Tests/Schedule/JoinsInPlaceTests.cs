using NetGen.Generator.Declaration;
using NetGen.Generator.Emission;
using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Ops;
using NetGen.Generator.Schedule;
using NetGen.Generator.Tests.Infrastructure;
using NetGen.Generator.Tests.Numerics;
using NetGen.Tests;
using NetGen.Tests.Numerics;
using NetGen.Tests.Reference;
using Xunit;

namespace NetGen.Generator.Tests.Schedule;

/// <summary>Which inputs of a concatenation are computed where its result has them, and what comes out then.</summary>
public class JoinsInPlaceTests
{
    private static readonly ReferenceWindow s_pixel = new(1, 1);

    [Fact]
    public void Whole_blocks_are_placed_and_the_last_input_whatever_it_has() =>
        Assert.Empty(Copied(Map, Conv(32, "a"), Conv(16, "b"), Conv(24, "c"), Concat("a", "b", "c"), Last));

    [Fact]
    public void Channels_that_share_a_block_with_others_are_copied() =>
        Assert.Equal(["b", "c"], Copied(Map, Conv(16, "a"), Conv(24, "b"), Conv(24, "c"), Conv(32, "d"), Concat("a", "b", "c", "d"), Last));

    [Fact]
    public void A_result_is_placed_in_the_next_one() =>
        Assert.Empty(Copied(Map, Conv(32, "a"), Conv(16, "b"), Concat("a", "b"), Conv(16, "c"), Concat("concat1", "c"), Last));

    [Fact]
    public void A_value_of_two_results_lies_in_the_last_of_them() => Assert.Equal(
        ["a"], Copied([.. Room, Conv(16, "a"), Conv(16, "b"), Concat("a", "b"), Conv(16, "c"), Concat("a", "c"), Last]));

    [Fact]
    public void A_value_that_is_there_twice_lies_in_the_first_of_its_places() =>
        Assert.Equal(["a"], Copied(Map, Conv(16, "a"), Conv(16, "b"), Concat("a", "b", "a"), Last));

    [Fact]
    public void What_is_added_to_in_place_is_copied() => Assert.Equal(
        ["a"], Copied(Map, Conv(32, "a"), Conv(32, "b"), Concat("a", "b"), Conv(32, "c"), Specs.Join("Add", "a"), Last));

    [Fact]
    public void A_result_that_is_added_to_in_place_is_copied_to() => Assert.Equal(
        ["a", "b"], Copied(Map, Conv(32, "a"), Conv(32, "b"), Concat("a", "b"), Conv(64, "c"), Conv(64, "d"), Specs.Join("Add", "concat1"), Last));

    [Fact]
    public void Memory_of_another_layer_is_copied() =>
        Assert.Equal(["same"], Copied(Map, Conv(16, "a"), Specs.MaxPool(1, ("Name", "same")), Conv(16, "b"), Concat("same", "b"), Last));

    [Fact]
    public void What_the_caller_gets_is_put_together_in_place() =>
        Assert.Empty(Copied(Map, Specs.Linear(16, ("Name", "a")), Specs.Linear(16, ("Name", "b")), Concat("a", "b")));

    [Fact]
    public void A_skip_connection_over_the_fullest_step_is_copied()
    {
        LayerSpec[] between = [Specs.MaxPool(2), Conv(512, "c"), Conv(512, "d"), Specs.Layer("Upsample", ("scale", 2)), Conv(16, "e")];
        Assert.Equal(["a"], Copied([Map, Conv(16, "a"), .. between, Concat("a", "e"), Last]));
    }

    [Fact]
    public void A_skip_connection_over_steps_with_room_is_placed()
    {
        LayerSpec[] between = [Specs.MaxPool(2), Conv(32, "c"), Specs.Layer("Upsample", ("scale", 2)), Conv(16, "e")];
        Assert.Empty(Copied([.. Room, Conv(16, "a"), .. between, Concat("a", "e"), Last]));
    }

    [Theory]
    [Trait("Category", "Numeric")]
    [InlineData(false)]
    [InlineData(true)]
    public void Every_layer_gives_what_is_declared(bool withActivations) =>
        NetworkChecks.Run(Networks, withActivations ? new ActivationCheck() : null);

    [Fact]
    [Trait("Category", "Numeric")]
    public void Groups_give_what_each_image_does() => NetworkChecks.Run(Networks, new GroupCheck());

    /// <summary>Parts read again behind the result, by an activation among them, and results in results.</summary>
    private static NetworkCase Dense() => new NetworkCase("Dense", new(16, 6, 7)).Conv(32, s_pixel).Named("a").Conv(16, s_pixel).Named("b")
        .Concat("a", "b").Elementwise("Tanh").Named("c").From("b").Elementwise("Sigmoid").Named("d").From("c").Conv(24, s_pixel).Elementwise("ReLU").Named("e")
        .Concat("c", "d", "e").Named("f").Conv(32, s_pixel).AddLayers("a").Named("g").Concat("f", "g").Conv(3, s_pixel);

    /// <summary>Features that are parts, one of them read before the others are there, and a join behind the matrix products.</summary>
    private static NetworkCase Heads() => new NetworkCase("Heads", new(16, 5, 4)) { Images = 17 }.Conv(24, s_pixel).Named("a").Conv(8, s_pixel).Named("b")
        .From("a").Conv(16, s_pixel).Named("c").Concat("a", "b", "c").Named("d").Conv(32, s_pixel).Named("e").Concat("d", "e")
        .Linear(32).Elementwise("ReLU").Named("left").Linear(16).Named("right").Concat("left", "right").Linear(3);

    /// <summary>Matrix products whose panels reach beyond their part, in front of another one and at the end, and activations with a pass of their own.</summary>
    private static IEnumerable<NetworkCase> Panels() => new[] { true, false }.Select(isFirst =>
    {
        var network = new NetworkCase(isFirst ? "PanelFirst" : "PanelLast", new(8)) { IsVector = true };
        network.NameInput();
        network.Linear(16).Elementwise("Tanh").Named("small").From("input").Linear(80).Elementwise("Sigmoid").Named("large");
        return isFirst ? network.Concat("large", "small").Linear(3) : network.Concat("small", "large").Linear(3);
    });

    /// <summary>The same as outputs.</summary>
    private static NetworkCase Outputs() => new NetworkCase("ManyOutputs", new(8)) { IsVector = true }
        .Linear(48).Elementwise("Tanh").Named("trunk").Linear(16).Named("box").From("trunk").Linear(80).Elementwise("GELU").Named("classes")
        .Output("Classes", "classes").Output("Box", "box");

    private static NetworkCase[] Networks => [Dense(), Heads(), .. Panels(), Outputs()];

    private static LayerSpec Map => Specs.Input(16, 16, 16);

    /// <summary>A map behind a step that takes more memory than whatever comes.</summary>
    private static LayerSpec[] Room => [Map, Conv(256, "wide"), Conv(32, "narrow")];

    private static LayerSpec Last => Conv(2, "last");

    private static LayerSpec Conv(int channels, string name) => Specs.Conv(channels, 1, ("Name", name));

    private static LayerSpec Concat(params string[] layers) => Specs.Join("Concat", layers);

    /// <summary>The layers whose results are copied into those of concatenations.</summary>
    private static string[] Copied(params LayerSpec[] layers)
    {
        GraphResult result = GraphBuilder.Build(Specs.Network(layers));
        Assert.Empty(result.Problems);
        var options = new NetworkOptions(false, UnrollMode.Balanced, false);
        StepProgram program = ScheduleBuilder.Build(result.Graph!, result.Loss, options, OperatorEmitters.For).Inference;
        return [.. program.Steps.Where(step => step.Plan.Node.Operator is ConcatOp).SelectMany(CopiedBy).Select(Maker)];

        static IEnumerable<int> CopiedBy(Step step) => step.Plan.Node.Inputs
            .Where((_, input) => step.Plan.InPlace.Count == 0 || step.Plan.InPlace[input] == NodePlan.Elsewhere);

        string Maker(int value) => program.Steps.FirstOrDefault(step => step.Plan.Node.Output == value)?.Plan.Node.Name
            ?? result.Graph!.Nodes.Single(node => node.Output == value).Name;
    }

    private sealed class GroupCheck : INetworkCheck
    {
        private const int Images = 21;

        public void Run<TNetwork>(NetworkCase network)
            where TNetwork : class, ITrainableNetwork<TNetwork>
        {
            TNetwork emitted = TNetwork.Create(0);
            var random = new Random(1);
            float[] images = [.. Enumerable.Range(0, Images * TNetwork.InputLength).Select(_ => random.NextSingle() - 0.5f)];
            var expected = new float[Images * TNetwork.OutputLength];
            for (int image = 0; image < Images; image++)
            {
                emitted.Predict(
                    images.AsSpan(image * TNetwork.InputLength, TNetwork.InputLength), expected.AsSpan(image * TNetwork.OutputLength, TNetwork.OutputLength));
            }

            var actual = new float[expected.Length];
            emitted.PredictBatch(images, actual, Images);
            Close.Assert(ReferenceNetwork.Doubles(expected), actual, Close.Forward);
        }
    }
}
