using NetGen.Tests.Networks;
using Xunit;

namespace NetGen.Tests.Training;

public sealed class GradientTests
{
    [Fact]
    public void Gradients_agree_with_central_differences()
    {
        Check<Classifier>((trainer, images) => trainer.ComputeGradients(images, Batches.Labels<Classifier>(6)), 6);
        Check<YesNo>((trainer, images) => trainer.ComputeGradients(images, Batches.Labels<YesNo>(5)), 5);
        Check<VectorMachine>((trainer, images) => trainer.ComputeGradients(images, Batches.Labels<VectorMachine>(9)), 9);
        Check<LogitClassifier>((trainer, images) => trainer.ComputeGradients(images, Batches.Labels<LogitClassifier>(3)), 3);
        Check<Regressor>((trainer, images) => trainer.ComputeGradients(images, Batches.Targets<Regressor>(17)), 17);
        Check<Tagger>((trainer, images) => trainer.ComputeGradients(images, Batches.Targets<Tagger>(4)), 4);
        Check<Regressor>((trainer, images) => trainer.ComputeGradients(images, QuarticLoss), 10);
    }

    [Fact]
    public void A_batchs_gradients_are_the_mean_of_its_images()
    {
        const int Count = 37;
        using Trainer<Perceptron<Classifier>> trainer = new(new(1), new Sgd());
        float[] images = Batches.Images<Classifier>(Count);
        int[] labels = Batches.Labels<Classifier>(Count);
        double[] mean = new double[Perceptron<Classifier>.ParameterCount];
        double loss = 0;
        for (int n = 0; n < Count; n++)
        {
            loss += trainer.ComputeGradients(images.AsSpan(n * 18, 18), labels.AsSpan(n, 1)) / (double)Count;
            float[] gradients = Batches.Values(trainer.Gradients);
            for (int i = 0; i < mean.Length; i++)
            {
                mean[i] += gradients[i] / (double)Count;
            }
        }

        Assert.Equal(loss, trainer.ComputeGradients(images, labels), 5);
        float[] together = Batches.Values(trainer.Gradients);
        for (int i = 0; i < mean.Length; i++)
        {
            Assert.Equal(mean[i], together[i], 6);
        }
    }

    [Fact]
    public void Gradients_have_the_parameters_names_and_shapes()
    {
        using Trainer<Perceptron<Classifier>> trainer = new(new(1), new Sgd());
        Assert.Equal(
            trainer.Network.Parameters.Select(parameter => parameter.ToString()), trainer.Gradients.Select(gradient => gradient.ToString()));
        Assert.All(Batches.Values(trainer.Gradients), value => Assert.Equal(0, value));
    }

    [Fact]
    public void Input_gradients_agree_with_central_differences()
    {
        const int Count = 6;
        using Trainer<Perceptron<Classifier>> trainer = new(new(1), new Sgd(), new TrainerOptions { DegreeOfParallelism = 2 });
        float[] images = Batches.Images<Classifier>(Count);
        int[] labels = Batches.Labels<Classifier>(Count);
        Assert.Equal(0, trainer.InputGradients.Length);
        trainer.ComputeGradients(images, labels);
        float[] gradients = trainer.InputGradients.ToArray();
        Assert.Equal(images.Length, gradients.Length);
        for (int i = 0; i < images.Length; i += 5)
        {
            double difference = CentralDifference(step =>
            {
                float[] moved = [.. images];
                moved[i] += step;
                return trainer.ComputeGradients(moved, labels);
            });
            Assert.InRange(gradients[i], difference - 1e-4, difference + 1e-4);
        }

        trainer.ComputeGradients(images.AsSpan(0, 18), labels.AsSpan(0, 1));
        Assert.Equal(18, trainer.InputGradients.Length);
    }

    [Fact]
    public void Input_gradients_must_be_declared()
    {
        using Trainer<Perceptron<Regressor>> trainer = new(new(1), new Sgd());
        ThrowsWith.Message<InvalidOperationException>(
            "Regressor computes no input gradients. Declare it with [Network(InputGradients = true)].", () => trainer.InputGradients.Length);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void A_loss_of_the_callers_own_sees_every_image_once(int threads)
    {
        const int Count = 11;
        using Trainer<Perceptron<Regressor>> trainer = new(new(1), new Sgd(), new TrainerOptions { DegreeOfParallelism = threads });
        float[] images = Batches.Images<Regressor>(Count);
        float[][] outputs = new float[Count][];
        int calls = 0;
        float loss = trainer.ComputeGradients(images, (index, output, outputGradient) =>
        {
            Interlocked.Increment(ref calls);
            outputs[index] = output.ToArray();
            Assert.Equal(new float[3], outputGradient.ToArray());
            outputGradient[0] = index;
            return index;
        });
        Assert.Equal(Count, calls);
        Assert.Equal(5, loss);
        double expected = Enumerable.Range(0, Count).Sum() / (double)Count;
        Assert.Equal([(float)expected, 0, 0], trainer.Gradients["fc2.bias"].ToArray());
        for (int n = 0; n < Count; n++)
        {
            float[] prediction = new float[3];
            trainer.Network.Predict(images.AsSpan(n * 7, 7), prediction);
            Assert.Equal(prediction, outputs[n]);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void What_a_loss_throws_reaches_the_caller_and_the_trainer_goes_on(int threads)
    {
        using Trainer<Perceptron<Regressor>> trainer = new(new(1), new Sgd(), new TrainerOptions { DegreeOfParallelism = threads });
        float[] images = Batches.Images<Regressor>(11);
        float[] targets = Batches.Targets<Regressor>(11);
        trainer.ComputeGradients(images, targets);
        ThrowsWith.Message<TimeoutException>(
            "from image 9",
            () => trainer.ComputeGradients(images, (index, _, _) => index == 9 ? throw new TimeoutException("from image 9") : 0));
        ThrowsWith.Message<InvalidOperationException>("There are no gradients yet.", trainer.Update);
        Assert.True(float.IsFinite(trainer.Step(images, targets)));
    }

    private static float QuarticLoss(int index, ReadOnlySpan<float> output, Span<float> outputGradient)
    {
        float loss = 0;
        for (int i = 0; i < output.Length; i++)
        {
            loss += output[i] * output[i] * output[i] * output[i];
            outputGradient[i] = 4 * output[i] * output[i] * output[i];
        }

        return loss;
    }

    private static void Check<TShape>(Func<Trainer<Perceptron<TShape>>, float[], float> compute, int count)
        where TShape : IPerceptronShape
    {
        using Trainer<Perceptron<TShape>> trainer = new(new(1), new Sgd());
        float[] images = Batches.Images<TShape>(count);
        compute(trainer, images);
        float[][] gradients = [.. trainer.Gradients.Select(gradient => gradient.ToArray())];
        double greatest = gradients.Max(gradient => gradient.Max(Math.Abs));
        for (int p = 0; p < gradients.Length; p++)
        {
            Parameter parameter = trainer.Network.Parameters[p];
            float[] values = parameter.ToArray();
            for (int i = 0; i < values.Length; i += 3)
            {
                double difference = CentralDifference(step =>
                {
                    float[] moved = [.. values];
                    moved[i] += step;
                    parameter.CopyFrom(moved);
                    return compute(trainer, images);
                });
                parameter.CopyFrom(values);
                Assert.InRange(gradients[p][i], difference - 2e-3 * greatest, difference + 2e-3 * greatest);
            }
        }
    }

    private static double CentralDifference(Func<float, float> loss)
    {
        const float Step = 1f / 512;
        return ((double)loss(Step) - loss(-Step)) / (2 * Step);
    }
}
