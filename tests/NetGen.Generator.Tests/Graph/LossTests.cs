using NetGen.Generator.Declaration;
using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Ops;
using NetGen.Generator.Tests.Infrastructure;
using Xunit;

namespace NetGen.Generator.Tests.Graph;

/// <summary>The loss follows the last layer unless <c>[Loss]</c> says otherwise.</summary>
public class LossTests
{
    [Fact]
    public void The_numbers_are_those_of_the_public_enumeration()
    {
        Assert.Equal(
            Enum.GetValues<Loss>().Select(loss => $"{loss} {(int)loss}"),
            Enum.GetValues<LossKind>().Select(loss => $"{loss} {(int)loss}"));
        Assert.Equal(
            Enum.GetValues<Unroll>().Select(unroll => $"{unroll} {(int)unroll}"),
            Enum.GetValues<UnrollMode>().Select(unroll => $"{unroll} {(int)unroll}"));
        Assert.Equal(
            Enum.GetValues<GeluApproximation>().Select(approximation => $"{approximation} {(int)approximation}"),
            Enum.GetValues<GeluForm>().Select(form => $"{form} {(int)form}"));
    }

    [Fact]
    public void Without_Loss_the_last_layer_decides()
    {
        Assert.Equal(new LossSpec(LossKind.CrossEntropy, 0, OnLogits: true), LossOf(Specs.Softmax));
        Assert.Equal(
            new LossSpec(LossKind.CrossEntropy, 0, OnLogits: true, OfLogProbabilities: true), LossOf(Specs.Layer("LogSoftmax")));
        Assert.Equal(new LossSpec(LossKind.BinaryCrossEntropy, 0, OnLogits: true), LossOf(Specs.Sigmoid));
        Assert.Equal(new LossSpec(LossKind.MeanSquaredError, 0, OnLogits: false), LossOf());
        Assert.Equal(new LossSpec(LossKind.MeanSquaredError, 0, OnLogits: false), LossOf(Specs.Sigmoid, Specs.ReLU));
    }

    [Theory]
    [InlineData(Loss.CrossEntropy)]
    [InlineData(Loss.BinaryCrossEntropy)]
    [InlineData(Loss.MultiClassHinge)]
    [InlineData(Loss.L1)]
    public void Raw_outputs_are_read_as_they_are(Loss loss)
    {
        Assert.Equal(new LossSpec((LossKind)loss, 0, OnLogits: false), LossOf(Specs.Loss((LossKind)loss)));
    }

    [Fact]
    public void Cross_entropy_takes_Softmax_in_and_its_label_smoothing()
    {
        Assert.Equal(
            new LossSpec(LossKind.CrossEntropy, 0.1, OnLogits: true),
            LossOf(Specs.Loss(LossKind.CrossEntropy, ("LabelSmoothing", 0.1)), Specs.Softmax));
    }

    [Fact]
    public void Regression_on_probabilities_reads_the_probabilities()
    {
        Assert.Equal(new LossSpec(LossKind.MeanSquaredError, 0, OnLogits: false), LossOf(Specs.Softmax, Specs.Loss(LossKind.MeanSquaredError)));
        Assert.Equal(new LossSpec(LossKind.Huber, 0, OnLogits: false), LossOf(Specs.Sigmoid, Specs.Loss(LossKind.Huber)));
        Assert.Equal(new LossSpec(LossKind.L1, 0, OnLogits: false), LossOf(Specs.Layer("LogSoftmax"), Specs.Loss(LossKind.L1)));
    }

    [Fact]
    public void Where_Loss_stands_does_not_matter()
    {
        Assert.Equal(LossOf(Specs.Softmax, Specs.Loss(LossKind.CrossEntropy)), LossOf(Specs.Loss(LossKind.CrossEntropy), Specs.Softmax));
    }

    private static LossSpec LossOf(params LayerSpec[] layers)
    {
        GraphResult result = GraphBuilder.Build(Specs.Network([Specs.Input(4), Specs.Linear(3), .. layers]));
        Assert.Empty(result.Problems);
        return result.Loss;
    }
}
