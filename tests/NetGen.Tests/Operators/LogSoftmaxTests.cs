using Xunit;

namespace NetGen.Tests.Operators;

/// <summary>A classifier that ends in logarithms of probabilities is one that ends in probabilities, but for its predictions.</summary>
public sealed class LogSoftmaxTests
{
    private const int Count = 20;

    [Fact]
    public void It_trains_with_the_same_bits_and_evaluates_alike()
    {
        float[] images = Images.Smooth(Count * 6, 1);
        int[] labels = [.. Enumerable.Range(0, Count).Select(i => i % 4)];
        var (probabilities, ofProbabilities) = Run<Classifiers.OfProbabilities>(images, labels);
        var (logarithms, ofLogarithms) = Run<Classifiers.OfLogarithms>(images, labels);
        Assert.Equal(ofProbabilities.Losses, ofLogarithms.Losses);
        Assert.Equal(ofProbabilities.Result.Loss, ofLogarithms.Result.Loss, 1e-6);
        Assert.Equal(ofProbabilities.Result.Accuracy, ofLogarithms.Result.Accuracy);
        Close.Assert([.. probabilities.Select(probability => Math.Log(probability))], logarithms, 2e-6);
    }

    private static (float[] Prediction, (float[] Losses, EvaluationResult Result) Training) Run<TNetwork>(float[] images, int[] labels)
        where TNetwork : class, ITrainableNetwork<TNetwork>
    {
        TNetwork network = TNetwork.Create(seed: 3);
        using Trainer<TNetwork> trainer = new(network, new Sgd { LearningRate = 0.5f });
        float[] losses = [.. Enumerable.Range(0, 5).Select(_ => trainer.Step(images, labels))];
        float[] prediction = new float[TNetwork.OutputLength];
        network.Predict(images.AsSpan(0, TNetwork.InputLength), prediction);
        return (prediction, (losses, trainer.Evaluate(new ArrayDataset(TNetwork.InputShape, images, labels, classCount: 4))));
    }
}
