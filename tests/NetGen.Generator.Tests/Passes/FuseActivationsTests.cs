using NetGen.Generator.Declaration;
using NetGen.Generator.Emission;
using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Ops;
using NetGen.Generator.Passes;
using NetGen.Generator.Schedule;
using NetGen.Generator.Tests.Infrastructure;
using Xunit;

namespace NetGen.Generator.Tests.Passes;

/// <summary>An activation joins the layer before it, unless training has to keep its argument.</summary>
public class FuseActivationsTests
{
    private static readonly LossSpec s_loss = new(LossKind.MeanSquaredError, 0, OnLogits: false);

    [Theory]
    [InlineData("ReLU")]
    [InlineData("ReLU6")]
    [InlineData("ELU")]
    [InlineData("SELU")]
    [InlineData("HardSigmoid")]
    [InlineData("Softplus")]
    public void A_derivative_that_follows_from_the_result_lets_training_fuse(string activation)
    {
        NetworkGraph graph = Specs.Graph(Specs.Input(1, 8, 8), Specs.Conv(2, 3), Specs.Layer(activation), Specs.Linear(2));
        Assert.Equal(Layers(PassPipeline.ForInference(graph)), Layers(PassPipeline.ForTraining(graph, s_loss)));
        Assert.DoesNotContain(PassPipeline.ForTraining(graph, s_loss).Nodes, node => node.Operator is ActivationOperator);
    }

    [Theory]
    [InlineData("GELU")]
    [InlineData("SiLU")]
    [InlineData("Mish")]
    [InlineData("HardSwish")]
    public void A_derivative_of_the_argument_lets_only_prediction_fuse(string activation)
    {
        NetworkGraph graph = Specs.Graph(Specs.Input(1, 8, 8), Specs.Conv(2, 3), Specs.Layer(activation), Specs.Linear(2));
        Assert.DoesNotContain(PassPipeline.ForInference(graph).Nodes, node => node.Operator is ActivationOperator);
        Assert.Contains(PassPipeline.ForTraining(graph, s_loss).Nodes, node => node.Operator is ActivationOperator);
    }

    [Fact]
    public void A_softplus_that_jumps_needs_its_argument()
    {
        Assert.False(new SoftplusOp(1, 20).GradientReadsInput);
        Assert.True(new SoftplusOp(1, 5).GradientReadsInput);
        Assert.False(new SoftplusOp(1, 5).IsMonotone);
    }

    [Fact]
    public void Training_keeps_the_argument_and_prediction_writes_over_it()
    {
        NetworkGraph graph = Specs.Graph(Specs.Input(6, 8, 8), Specs.MaxPool(2), Specs.Layer("SiLU"), Specs.Linear(2));
        NetworkSchedule schedule = ScheduleBuilder.Build(graph, s_loss, new NetworkOptions(true, UnrollMode.Balanced, false), OperatorEmitters.For);
        Step predicted = Assert.Single(schedule.Inference.Steps, step => step.Plan.Node.Operator is SiLUOp);
        Assert.Equal(predicted.Input, predicted.Output);
        Step trained = Assert.Single(schedule.Training!.Forward, step => step.Plan.Node.Operator is SiLUOp);
        Assert.NotEqual(trained.Input, trained.Output);
    }

    private static IEnumerable<string> Layers(NetworkGraph graph) => graph.Nodes.Select(node => $"{node.Name} {node.Activation?.Description}");
}
