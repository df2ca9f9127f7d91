using Xunit;

namespace NetGen.Tests.Operators;

public sealed class BinaryTests
{
    [Fact]
    public void One_sigmoid_is_a_class_by_whether_it_is_above_a_half() => AssertClasses<BinaryNetworks.Probability>();

    [Fact]
    public void One_logit_is_a_class_by_whether_it_is_above_zero() => AssertClasses<BinaryNetworks.Logit>();

    [Fact]
    public void One_number_is_the_only_class() => Assert.Null(Definition<BinaryNetworks.Number>().DecisionThreshold);

    // The boundary is at 0.1: below it come logits down to -0.1, and sigmoids of nearly a half.
    private static void AssertClasses<TNetwork>()
        where TNetwork : class, ITrainableNetwork<TNetwork>
    {
        TNetwork network = TNetwork.Create(0);
        network.Parameters["fc1.weight"].CopyFrom([1]);
        network.Parameters["fc1.bias"].CopyFrom([-0.1f]);
        float[] inputs = [0, 0.2f, 1, -1, 0.05f, 0.15f];
        int[] labels = [0, 1, 1, 0, 0, 1];
        Assert.Equal(labels, inputs.Select(input => network.Classify([input])));

        using Trainer<TNetwork> trainer = new(network, new Sgd { LearningRate = 0 });
        ArrayDataset data = new(TNetwork.InputShape, inputs, labels, classCount: 2);
        Assert.Equal(1, trainer.Evaluate(data).Accuracy);
        Assert.Equal(1, Assert.Single(trainer.Fit(data)).TrainAccuracy);
    }

    private static global::NetGen.CompilerServices.NetworkDefinition Definition<TNetwork>()
        where TNetwork : class, ITrainableNetwork<TNetwork> => TNetwork.Create(0).State.Definition;
}
