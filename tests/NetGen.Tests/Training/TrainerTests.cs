using NetGen.Tests.Networks;
using Xunit;

namespace NetGen.Tests.Training;

public sealed class TrainerTests
{
    [Fact]
    public void Lengths_must_fit_each_other()
    {
        using Trainer<Perceptron<Classifier>> trainer = new(new(1), new Sgd());
        ThrowsWith.Message<ArgumentException>(
            "Classifier takes images of 18 values (2×3×3): 2 of them are 36; the batch has 35.", () => { trainer.Step(new float[35], new int[2]); });
        ThrowsWith.Message<ArgumentException>("The batch is empty. Pass at least one image of 18 values.", () => { trainer.Step([], Array.Empty<int>()); });
        ThrowsWith.Message<ArgumentException>(
            "Classifier has 5 outputs, and 9 targets are not a whole number of rows. Pass targets of count × 5.",
            () => { trainer.ComputeGradients(new float[18], new float[9]); });
        ThrowsWith.Message<ArgumentException>(
            "2 of them are 36; the batch has 18.", () => { trainer.ComputeGradients(new float[18], new float[10]); });
        ThrowsWith.Message<ArgumentException>(
            "1 of them are 18; the batch has 20.", () => { trainer.ComputeGradients(new float[20], (_, _, _) => 0); });
    }

    [Fact]
    public void Labels_must_be_classes()
    {
        using Trainer<Perceptron<Classifier>> trainer = new(new(1), new Sgd());
        ThrowsWith.Message<ArgumentOutOfRangeException>(
            "The label of image 1 is 5; Classifier has 5 classes, labelled 0 to 4.", () => { trainer.Step(new float[36], [4, 5]); });
        ThrowsWith.Message<ArgumentOutOfRangeException>("The label of image 0 is -1;", () => { trainer.ComputeGradients(new float[36], [-1, 0]); });
        using Trainer<Perceptron<YesNo>> binary = new(new(1), new Sgd());
        ThrowsWith.Message<ArgumentOutOfRangeException>(
            "The label of image 0 is 2; YesNo has 2 classes, labelled 0 to 1.", () => { binary.Step(new float[2], [2]); });
    }

    [Fact]
    public void The_loss_decides_between_labels_and_targets()
    {
        using Trainer<Perceptron<Regressor>> regressor = new(new(1), new Sgd());
        ThrowsWith.Message<InvalidOperationException>(
            "Regressor trains with the regression loss MeanSquaredError, which takes float targets [count × 3], not integer labels. "
            + "For classes end the network in [Softmax], or give it [Loss(Loss.CrossEntropy)].",
            () => { regressor.Step(new float[7], [1]); });
        using Trainer<Perceptron<Tagger>> tagger = new(new(1), new Sgd());
        ThrowsWith.Message<InvalidOperationException>(
            "Tagger trains with the loss of 3 separate yes-or-no outputs, BinaryCrossEntropy, which takes float targets [count × 3]",
            () => { tagger.Step(new float[4], [1]); });
        using Trainer<Perceptron<VectorMachine>> machine = new(new(1), new Sgd());
        ThrowsWith.Message<InvalidOperationException>(
            "VectorMachine trains with the loss MultiClassHinge, which takes integer labels, not float targets.",
            () => { machine.Step(new float[4], new float[3]); });
    }

    [Fact]
    public void A_label_of_one_sigmoid_is_its_target()
    {
        using Trainer<Perceptron<YesNo>> trainer = new(new(1), new Sgd());
        float[] images = Batches.Images<YesNo>(5);
        int[] labels = Batches.Labels<YesNo>(5);
        float loss = trainer.ComputeGradients(images, labels);
        float[] gradients = Batches.Values(trainer.Gradients);
        Assert.Equal(loss, trainer.ComputeGradients(images, Array.ConvertAll(labels, label => (float)label)));
        Assert.Equal(gradients, Batches.Values(trainer.Gradients));
    }

    [Fact]
    public void A_loss_that_is_not_finite_stops_before_the_parameters_change()
    {
        using Trainer<Perceptron<Regressor>> trainer = new(new(1), new Sgd { LearningRate = 0.5f });
        float[] images = Batches.Images<Regressor>(9);
        float[] targets = Batches.Targets<Regressor>(9);
        trainer.Step(images, targets);
        float[] before = Batches.Values(trainer.Network.Parameters);
        images[40] = float.NaN;
        NotFiniteNumberException exception = ThrowsWith.Message<NotFiniteNumberException>(
            "The loss is NaN in step 2: training has diverged. The parameters are as they were before this step. "
            + "Lower the optimizer's LearningRate (now 0.5), or scale the inputs to about -1 to 1.",
            () => { trainer.Step(images, targets); });
        Assert.True(double.IsNaN(exception.OffendingNumber));
        Assert.Equal(before, Batches.Values(trainer.Network.Parameters));
        Assert.Equal(1, trainer.StepCount);
        Assert.True(float.IsNaN(trainer.ComputeGradients(images, targets)));
    }

    [Fact]
    public void An_update_needs_gradients()
    {
        using Trainer<Perceptron<Regressor>> trainer = new(new(1), new Sgd());
        ThrowsWith.Message<InvalidOperationException>(
            "There are no gradients yet. Call ComputeGradients before Update, or Step for both.", trainer.Update);
    }

    [Fact]
    public void Gradients_can_be_changed_before_an_update()
    {
        using Trainer<Perceptron<Regressor>> trainer = new(new(1), new Sgd { LearningRate = 0.5f });
        trainer.ComputeGradients(Batches.Images<Regressor>(4), Batches.Targets<Regressor>(4));
        float[] before = trainer.Network.Parameters["fc2.bias"].ToArray();
        trainer.Gradients["fc2.bias"].CopyFrom([1, 2, -4]);
        trainer.Update();
        Assert.Equal([before[0] - 0.5f, before[1] - 1, before[2] + 2], trainer.Network.Parameters["fc2.bias"].ToArray());
    }

    [Fact]
    public void A_schedule_multiplies_the_learning_rate_of_each_step()
    {
        TrainerOptions options = new() { Schedule = LearningRateSchedule.Step(2, 0.5).WithWarmUp(2) };
        Sgd sgd = new() { LearningRate = 1 };
        using Trainer<Perceptron<Regressor>> trainer = new(new(1), sgd, options);
        trainer.ComputeGradients(Batches.Images<Regressor>(4), Batches.Targets<Regressor>(4));
        Parameter bias = trainer.Network.Parameters["fc2.bias"];
        trainer.Gradients["fc2.bias"].CopyFrom([1, 1, 1]);
        foreach (float expected in new[] { 0.5f, 1, 1, 1, 0.5f, 0.5f, 0.25f })
        {
            bias.CopyFrom([0, 0, 0]);
            trainer.Update();
            Assert.Equal([-expected, -expected, -expected], bias.ToArray());
        }

        sgd.LearningRate = 8;
        bias.CopyFrom([0, 0, 0]);
        trainer.Update();
        Assert.Equal(-2, bias.ToArray()[0]);
    }

    [Fact]
    public void One_call_at_a_time()
    {
        using Trainer<Perceptron<Regressor>> trainer = new(new(1), new Sgd());
        float[] images = Batches.Images<Regressor>(4);
        ThrowsWith.Message<InvalidOperationException>(
            "Another call is using this trainer.",
            () => { trainer.ComputeGradients(images, (_, _, _) => trainer.Step(images, Batches.Targets<Regressor>(4))); });
        Assert.True(float.IsFinite(trainer.Step(images, Batches.Targets<Regressor>(4))));
    }

    [Fact]
    public void An_optimizer_of_another_trainer_is_refused()
    {
        Sgd sgd = new();
        using Trainer<Perceptron<Regressor>> first = new(new(1), sgd);
        ThrowsWith.Message<InvalidOperationException>(
            "This Sgd already belongs to a trainer", () => new Trainer<Perceptron<Regressor>>(new(1), sgd));
        Assert.Throws<ArgumentNullException>(() => new Trainer<Perceptron<Regressor>>(null!, new Sgd()));
        Assert.Throws<ArgumentNullException>(() => new Trainer<Perceptron<Regressor>>(new(1), null!));
    }

    [Fact]
    public void A_disposed_trainer_is_refused()
    {
        Trainer<Perceptron<Regressor>> trainer = new(new(1), new Sgd(), new TrainerOptions { DegreeOfParallelism = 2 });
        trainer.Dispose();
        trainer.Dispose();
        Assert.Throws<ObjectDisposedException>(() => trainer.Step(new float[7], new float[3]));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public void A_trainer_disposed_of_during_a_call_completes_it(int threads)
    {
        float[] images = Batches.Images<Regressor>(40);
        using Trainer<Perceptron<Regressor>> undisturbed = new(new(1), new Sgd());
        undisturbed.ComputeGradients(images, OwnLoss);
        for (int round = 0; round < 50; round++)
        {
            Trainer<Perceptron<Regressor>> trainer = new(new(1), new Sgd(), new TrainerOptions { DegreeOfParallelism = threads });
            float DisposingLoss(int index, ReadOnlySpan<float> output, Span<float> outputGradient)
            {
                trainer.Dispose();
                return OwnLoss(index, output, outputGradient);
            }

            Thread caller = new(() => trainer.ComputeGradients(images, DisposingLoss)) { IsBackground = true };
            caller.Start();
            Assert.True(caller.Join(TimeSpan.FromSeconds(30)));
            Assert.Equal(Batches.Values(undisturbed.Gradients), Batches.Values(trainer.Gradients));
            Assert.Throws<ObjectDisposedException>(trainer.Update);
        }
    }

    [Fact]
    public void Options_are_checked()
    {
        ThrowsWith.Message<ArgumentOutOfRangeException>("BatchSize is 0; it must be at least 1.", () => new TrainerOptions { BatchSize = 0 });
        ThrowsWith.Message<ArgumentOutOfRangeException>(
            "DegreeOfParallelism is 0; it must be at least 1, which means no other threads.", () => new TrainerOptions { DegreeOfParallelism = 0 });
        TrainerOptions options = new();
        Assert.Equal((64, 0, true, 1), (options.BatchSize, options.Seed, options.Shuffle, options.DegreeOfParallelism));
        Assert.Null(options.Schedule);
    }

    private static float OwnLoss(int index, ReadOnlySpan<float> output, Span<float> outputGradient)
    {
        outputGradient[index % outputGradient.Length] = output[0];
        return output[0];
    }
}
