using NetGen.Tests.Networks;
using Xunit;

namespace NetGen.Tests.Training;

public sealed class FitTests
{
    private static readonly ArrayDataset s_train = Batches.Learnable<Classifier>(300, 1);
    private static readonly ArrayDataset s_test = Batches.Learnable<Classifier>(70, 2);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_network_learns(int threads)
    {
        TrainerOptions options = new() { BatchSize = 16, DegreeOfParallelism = threads };
        using Trainer<Perceptron<Classifier>> trainer = new(new(1), new Adam { LearningRate = 0.01f }, options);
        EpochResult[] epochs = [.. trainer.Fit(s_train, s_test, epochs: 25)];
        Assert.Equal(Enumerable.Range(1, 25), epochs.Select(epoch => epoch.Epoch));
        Assert.True(epochs[^1].TrainAccuracy > 0.95, epochs[^1].ToString());
        Assert.True(epochs[^1].TestAccuracy > 0.8, epochs[^1].ToString());
        Assert.True(epochs[^1].TrainLoss < 0.3 * epochs[0].TrainLoss, epochs[^1].ToString());
        Assert.True(epochs[^1].TestLoss < epochs[0].TestLoss, epochs[^1].ToString());
        Assert.All(epochs, epoch => Assert.True(epoch.ImagesPerSecond > 0 && epoch.Elapsed > TimeSpan.Zero));
        Assert.Equal(25 * 19, trainer.StepCount);
    }

    [Fact]
    public void Training_loss_and_accuracy_are_those_of_the_epochs_images()
    {
        // With a learning rate of zero every image has the loss that the network had at the beginning.
        using Trainer<Perceptron<Classifier>> trainer = new(new(1), new Sgd { LearningRate = 0 }, new TrainerOptions { BatchSize = 64 });
        EpochResult epoch = trainer.Fit(s_train, s_train).Single();
        EvaluationResult evaluation = trainer.Evaluate(s_train);
        Assert.Equal(evaluation.Loss, epoch.TrainLoss, 6);
        Assert.Equal(evaluation.Accuracy, epoch.TrainAccuracy);
        Assert.Equal(evaluation.Loss, epoch.TestLoss);
        Assert.Equal(evaluation.Accuracy, epoch.TestAccuracy);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void An_evaluation_is_what_predictions_say(int threads)
    {
        using Trainer<Perceptron<Classifier>> trainer = new(
            new(1), new Sgd(), new TrainerOptions { BatchSize = 32, DegreeOfParallelism = threads });
        float[] image = new float[18];
        float[] output = new float[5];
        int correct = 0;
        double loss = 0;
        for (int i = 0; i < s_test.Count; i++)
        {
            s_test.CopyInput(i, image);
            correct += trainer.Network.Classify(image) == s_test.GetLabel(i) ? 1 : 0;
            trainer.Network.Predict(image, output);
            loss -= Math.Log(output[s_test.GetLabel(i)]);
        }

        EvaluationResult result = trainer.Evaluate(s_test);
        Assert.Equal(s_test.Count, result.Count);
        Assert.Equal((double)correct / s_test.Count, result.Accuracy);
        Assert.Equal(loss / s_test.Count, result.Loss, 10);
    }

    [Fact]
    public void Float_targets_have_a_loss_and_no_accuracy()
    {
        float[] inputs = Batches.Images<Regressor>(60);
        float[] targets = [.. inputs.Chunk(7).SelectMany(input => input[..3])];
        ArrayDataset data = new(new TensorShape(7), inputs, targets, 3);
        using Trainer<Perceptron<Regressor>> trainer = new(
            new(1), new Adam { LearningRate = 0.01f }, new TrainerOptions { BatchSize = 8, DegreeOfParallelism = 2 });
        double before = trainer.Evaluate(data).Loss;
        EpochResult last = trainer.Fit(data, data, epochs: 40).Last();
        Assert.True(double.IsNaN(last.TrainAccuracy));
        Assert.True(last.TestAccuracy is double accuracy && double.IsNaN(accuracy));
        Assert.True(last.TestLoss < 0.1 * before, last.ToString());
        Assert.True(double.IsNaN(trainer.Evaluate(data).Accuracy));
        Assert.DoesNotContain("accuracy", last.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void One_sigmoid_learns_from_labels()
    {
        ArrayDataset data = Batches.Learnable<YesNo>(200, 4);
        using Trainer<Perceptron<YesNo>> trainer = new(new(1), new Adam { LearningRate = 0.02f }, new TrainerOptions { BatchSize = 10 });
        EpochResult last = trainer.Fit(data, data, epochs: 20).Last();
        Assert.True(last.TestAccuracy > 0.95 && last.TrainAccuracy > 0.95, last.ToString());
    }

    [Fact]
    public void Nothing_happens_before_the_results_are_asked_for()
    {
        using Trainer<Perceptron<Classifier>> trainer = new(new(1), new Sgd());
        IEnumerable<EpochResult> epochs = trainer.Fit(s_train, epochs: 5);
        Assert.Equal(0, trainer.StepCount);
        EpochResult first = epochs.First();
        Assert.Equal((1, 5), (first.Epoch, trainer.StepCount));
        Assert.Null(first.TestAccuracy);
        Assert.Null(first.TestLoss);
    }

    [Fact]
    public void Progress_is_told_after_every_step()
    {
        using Trainer<Perceptron<Classifier>> trainer = new(new(1), new Sgd(), new TrainerOptions { BatchSize = 128 });
        Recorder recorder = new();
        EpochResult[] epochs = [.. trainer.Fit(s_train, epochs: 2, progress: recorder)];
        Assert.Equal([(1, 1), (1, 2), (1, 3), (2, 1), (2, 2), (2, 3)], recorder.Reports.Select(report => (report.Epoch, report.Batch)));
        Assert.All(recorder.Reports, report => Assert.Equal((2, 3), (report.LastEpoch, report.BatchCount)));
        Assert.All(recorder.Reports, report => Assert.True(report.ImagesPerSecond > 0));
        Assert.Equal((epochs[1].TrainLoss, epochs[1].TrainAccuracy), (recorder.Reports[^1].Loss, recorder.Reports[^1].Accuracy));
    }

    [Fact]
    public void Cancelling_stops_between_steps()
    {
        using CancellationTokenSource source = new();
        using Trainer<Perceptron<Classifier>> trainer = new(new(1), new Sgd(), new TrainerOptions { BatchSize = 64 });
        Recorder recorder = new() { AfterReports = 2, Then = source.Cancel };
        Assert.Throws<OperationCanceledException>(() => trainer.Fit(s_train, epochs: 3, progress: recorder, cancellationToken: source.Token).Count());
        Assert.Equal(2, trainer.StepCount);
        Assert.Throws<OperationCanceledException>(() => trainer.Evaluate(s_test, source.Token));
        Assert.Equal(1, trainer.Fit(s_train).Single().Epoch);
    }

    [Fact]
    public void Divergence_stops_the_fit()
    {
        float[] inputs = Batches.Images<Regressor>(64);
        ArrayDataset data = new(new TensorShape(7), inputs, Batches.Targets<Regressor>(64), 3);
        using Trainer<Perceptron<Regressor>> trainer = new(new(1), new Sgd { LearningRate = 1e10f }, new TrainerOptions { BatchSize = 8 });
        ThrowsWith.Message<NotFiniteNumberException>("training has diverged.", () => trainer.Fit(data, epochs: 20).Count());
    }

    [Fact]
    public void Datasets_must_fit_the_network()
    {
        using Trainer<Perceptron<Classifier>> trainer = new(new(1), new Sgd());
        ThrowsWith.Message<ArgumentException>(
            "The dataset's inputs are 3×3×2; Classifier takes 2×3×3. Declare it with [Input] of the data's shape.",
            () => trainer.Fit(new ArrayDataset(new TensorShape(3, 3, 2), new float[18], [0], 5)));
        ThrowsWith.Message<ArgumentException>(
            "The dataset has 6 classes; Classifier has 5. Declare its last layer with 6 outputs.",
            () => trainer.Fit(s_train, new ArrayDataset(new TensorShape(2, 3, 3), new float[18], [0], 6)));
        ThrowsWith.Message<ArgumentException>(
            "The dataset has 4 targets an input; Classifier has 5 outputs. Declare its last layer with 4 outputs.",
            () => trainer.Evaluate(new ArrayDataset(new TensorShape(2, 3, 3), new float[18], new float[4], 4)));
        ThrowsWith.Message<ArgumentOutOfRangeException>("The number of epochs is 0; it must be at least 1.", () => trainer.Fit(s_train, epochs: 0));
        Assert.Throws<ArgumentNullException>(() => trainer.Fit(null!));
        using Trainer<Perceptron<Regressor>> regressor = new(new(1), new Sgd());
        ThrowsWith.Message<InvalidOperationException>(
            "not integer labels. For classes end the network in [Softmax]",
            () => regressor.Fit(new ArrayDataset(new TensorShape(7), new float[7], [0], 2)));

        // A vector of the same length is taken for the network's shape.
        Assert.Equal(1, trainer.Evaluate(new ArrayDataset(new TensorShape(18), new float[18], [0], 5)).Count);
    }

    [Fact]
    public void Results_are_readable()
    {
        EpochResult epoch = new()
        {
            Epoch = 2,
            TrainLoss = 0.31042,
            TrainAccuracy = 0.90546,
            ImagesPerSecond = 31250.4,
            Elapsed = TimeSpan.FromSeconds(1.92),
        };
        Assert.Equal("epoch 2: loss 0.31042, accuracy 0.9055, 31250 images/s, 1.9 s", epoch.ToString());
        epoch = epoch with { TestLoss = 0.1, TestAccuracy = 0.96714 };
        Assert.Equal("epoch 2: loss 0.31042, accuracy 0.9055, test accuracy 0.9671, 31250 images/s, 1.9 s", epoch.ToString());
        epoch = epoch with { TrainAccuracy = double.NaN, TestAccuracy = double.NaN };
        Assert.Equal("epoch 2: loss 0.31042, test loss 0.1, 31250 images/s, 1.9 s", epoch.ToString());
        EvaluationResult result = new() { Count = 10000, Loss = 0.10423, Accuracy = 0.9671 };
        Assert.Equal("loss 0.10423, accuracy 0.9671 of 10000 images", result.ToString());
        Assert.Equal("loss 0.10423, 10000 images", (result with { Accuracy = double.NaN }).ToString());
    }

    private sealed class Recorder : IProgress<TrainingProgress>
    {
        public List<TrainingProgress> Reports { get; } = [];

        public int AfterReports { get; init; }

        public Action? Then { get; init; }

        public void Report(TrainingProgress value)
        {
            Reports.Add(value);
            if (Reports.Count == AfterReports)
            {
                Then?.Invoke();
            }
        }
    }
}
