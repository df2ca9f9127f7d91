using NetGen.CompilerServices;
using Xunit;

namespace NetGen.Tests.Losses;

public sealed class LossTests
{
    public static TheoryData<string, Loss, double> Goldens => new()
    {
        { "loss-cross_entropy", Loss.CrossEntropy, 0 },
        { "loss-cross_entropy_smooth", Loss.CrossEntropy, 0.1 },
        { "loss-multi_margin", Loss.MultiClassHinge, 0 },
        { "loss-bce_logits", Loss.BinaryCrossEntropy, 0 },
        { "loss-mse", Loss.MeanSquaredError, 0 },
        { "loss-l1", Loss.L1, 0 },
        { "loss-huber", Loss.Huber, 0 },
    };

    [Theory]
    [MemberData(nameof(Goldens))]
    public void Losses_and_gradients_are_PyTorchs(string file, Loss loss, double smoothing)
    {
        Golden golden = Golden.Read(file);
        float[] outputs = golden.Floats("prediction");
        (int count, int length) = (golden.Shape("prediction")[0], golden.Shape("prediction")[1]);
        bool labelled = golden.Shape("target").Length == 1;
        LossEvaluator evaluator = Evaluator(loss, length, smoothing);
        float[] gradient = new float[outputs.Length];
        double sum = 0;
        for (int n = 0; n < count; n++)
        {
            Range row = new(n * length, (n + 1) * length);
            sum += labelled
                ? evaluator.Evaluate(outputs.AsSpan(row), golden.Integers("target")[n], 1.0 / count, gradient.AsSpan(row))
                : evaluator.Evaluate(outputs.AsSpan(row), golden.Floats("target").AsSpan(row), 1.0 / count, gradient.AsSpan(row));
        }

        float expected = golden.Floats("loss")[0];
        Assert.InRange(sum / count, expected * (1 - 2e-7), expected * (1 + 2e-7));
        float[] expectedGradient = golden.Floats("d_prediction");
        double greatest = expectedGradient.Max(Math.Abs);
        for (int i = 0; i < gradient.Length; i++)
        {
            Assert.InRange(gradient[i], expectedGradient[i] - 2e-7 * greatest, expectedGradient[i] + 2e-7 * greatest);
        }
    }

    [Theory]
    [MemberData(nameof(Goldens))]
    public void Gradients_agree_with_central_differences_and_may_overwrite_the_outputs(string file, Loss loss, double smoothing)
    {
        Assert.NotEmpty(file);
        float[] outputs = [0.3f, -1.7f, 2.25f, 0.9f];
        float[] targets = [0.125f, 0.5f, 0.25f, 0.1875f];
        LossEvaluator evaluator = Evaluator(loss, 4, smoothing);
        foreach (bool labelled in new[] { true, false })
        {
            if (labelled ? evaluator.IsRegression || loss == Loss.BinaryCrossEntropy : loss == Loss.MultiClassHinge)
            {
                continue;
            }

            double Value(float[] at, float[] gradient) => labelled ? evaluator.Evaluate(at, 1, 3, gradient) : evaluator.Evaluate(at, targets, 3, gradient);
            float[] gradient = new float[4];
            double value = Value(outputs, gradient);
            float[] overwritten = [.. outputs];
            Assert.Equal(value, Value(overwritten, overwritten));
            Assert.Equal(gradient, overwritten);
            for (int i = 0; i < 4; i++)
            {
                const float Step = 1f / 1024;
                float[] above = [.. outputs];
                float[] below = [.. outputs];
                above[i] += Step;
                below[i] -= Step;
                double difference = (Value(above, new float[4]) - Value(below, new float[4])) / ((double)above[i] - below[i]);
                Assert.InRange(gradient[i], 3 * difference - 1e-5, 3 * difference + 1e-5);
            }
        }
    }

    [Fact]
    public void Class_probabilities_as_targets_are_soft_labels()
    {
        float[] logits = [1, -2, 0.5f];
        foreach (double smoothing in new[] { 0, 0.2 })
        {
            LossEvaluator evaluator = Evaluator(Loss.CrossEntropy, 3, smoothing);
            float[] byLabel = new float[3];
            float[] byTarget = new float[3];
            Assert.Equal(evaluator.Evaluate(logits, 2, 1, byLabel), evaluator.Evaluate(logits, [0, 0, 1], 1, byTarget), 12);
            for (int i = 0; i < 3; i++)
            {
                Assert.Equal(byLabel[i], byTarget[i], 6);
            }
        }

        // Targets need not sum to 1: PyTorch takes them as weights.
        float[] gradient = new float[3];
        double once = Evaluator(Loss.CrossEntropy, 3, 0).Evaluate(logits, [0.25f, 0.25f, 0.5f], 1, gradient);
        Assert.Equal(2 * once, Evaluator(Loss.CrossEntropy, 3, 0).Evaluate(logits, [0.5f, 0.5f, 1], 1, gradient), 12);
    }

    [Theory]
    [InlineData(Loss.CrossEntropy)]
    [InlineData(Loss.BinaryCrossEntropy)]
    public void Enormous_logits_stay_finite(Loss loss)
    {
        float[] logits = [1e30f, -1e30f, 3e38f, -3e38f];
        float[] gradient = new float[4];
        double value = Evaluator(loss, 4, 0).Evaluate(logits, [0, 1, 0, 0], 1, gradient);
        Assert.True(value is > 1e30 && double.IsFinite(value));
        Assert.All(gradient, derivative => Assert.InRange(derivative, -1, 1));
        Assert.Contains(gradient, derivative => derivative != 0);
    }

    [Fact]
    public void A_certain_classifier_has_a_tiny_loss_and_not_none()
    {
        float[] gradient = new float[2];
        double loss = Evaluator(Loss.CrossEntropy, 2, 0).Evaluate([30, 0], 0, 1, gradient);
        Assert.InRange(loss, 0.99 * Math.Exp(-30), 1.01 * Math.Exp(-30));
        Assert.InRange(gradient[1], 0.99 * Math.Exp(-30), 1.01 * Math.Exp(-30));
        loss = Evaluator(Loss.BinaryCrossEntropy, 1, 0).Evaluate([30], [1], 1, gradient.AsSpan(0, 1));
        Assert.InRange(loss, 0.99 * Math.Exp(-30), 1.01 * Math.Exp(-30));
    }

    [Theory]
    [InlineData(Loss.CrossEntropy)]
    [InlineData(Loss.MultiClassHinge)]
    [InlineData(Loss.BinaryCrossEntropy)]
    [InlineData(Loss.MeanSquaredError)]
    [InlineData(Loss.Huber)]
    [InlineData(Loss.L1)]
    public void A_NaN_reaches_the_loss(Loss loss)
    {
        LossEvaluator evaluator = Evaluator(loss, 3, 0);
        float[] gradient = new float[3];
        double value = loss == Loss.MultiClassHinge
            ? evaluator.Evaluate([0, float.NaN, 0], 0, 1, gradient)
            : evaluator.Evaluate([0, float.NaN, 0], [0, 0, 1], 1, gradient);
        Assert.True(double.IsNaN(value));
    }

    [Fact]
    public void The_derivative_of_an_absolute_error_of_zero_is_zero()
    {
        float[] gradient = [9];
        Assert.Equal(0, Evaluator(Loss.L1, 1, 0).Evaluate([2], [2], 1, gradient));
        Assert.Equal([0], gradient);
    }

    [Fact]
    public void A_predictions_loss_is_that_of_its_logits()
    {
        float[] logits = [1, -2, 0.5f];
        double sum = logits.Sum(logit => Math.Exp(logit));
        float[] softmax = [.. logits.Select(logit => (float)(Math.Exp(logit) / sum))];
        float[] sigmoid = [.. logits.Select(logit => (float)(1 / (1 + Math.Exp(-logit))))];
        float[] targets = [0.25f, 0.75f, 0];
        foreach (double smoothing in new[] { 0, 0.1 })
        {
            LossEvaluator classes = Evaluator(Loss.CrossEntropy, 3, smoothing);
            Assert.Equal(classes.Evaluate(logits, 1, 1, new float[3]), classes.OfPrediction([.. softmax], 1), 5);
            Assert.Equal(classes.Evaluate(logits, targets, 1, new float[3]), classes.OfPrediction([.. softmax], targets), 5);
        }

        LossEvaluator tags = Evaluator(Loss.BinaryCrossEntropy, 3, 0);
        Assert.Equal(tags.Evaluate(logits, targets, 1, new float[3]), tags.OfPrediction([.. sigmoid], targets), 5);
        LossEvaluator binary = Evaluator(Loss.BinaryCrossEntropy, 1, 0);
        Assert.Equal(binary.Evaluate([-2], 1, 1, new float[1]), binary.OfPrediction([sigmoid[1]], 1), 5);
        LossEvaluator regression = Evaluator(Loss.Huber, 3, 0);
        Assert.Equal(regression.Evaluate(logits, targets, 1, new float[3]), regression.OfPrediction([.. logits], targets));
        LossEvaluator unactivated = Evaluator(Loss.CrossEntropy, 3, 0, predictsProbabilities: false);
        Assert.Equal(unactivated.Evaluate(logits, 2, 1, new float[3]), unactivated.OfPrediction([.. logits], 2));
    }

    [Fact]
    public void A_prediction_without_a_chance_has_PyTorchs_bounded_loss()
    {
        Assert.Equal(100, Evaluator(Loss.CrossEntropy, 2, 0).OfPrediction([1, 0], 1));
        Assert.Equal(100, Evaluator(Loss.BinaryCrossEntropy, 1, 0).OfPrediction([1], 0));
    }

    private static LossEvaluator Evaluator(Loss loss, int length, double smoothing, bool predictsProbabilities = true) => new("Net", new TrainingPlan
    {
        MicroBatch = 1,
        ArenaFloats = 0,
        PackedFloats = 0,
        GradientShards = 1,
        OutputLength = length,
        OutputOffset = 0,
        OutputStride = length,
        OutputGradientOffset = 0,
        Loss = loss,
        LabelSmoothing = smoothing,
        PredictsProbabilities = predictsProbabilities,
    });
}
