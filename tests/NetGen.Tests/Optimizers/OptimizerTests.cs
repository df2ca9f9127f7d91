using NetGen.CompilerServices;
using Xunit;

namespace NetGen.Tests.Optimizers;

public sealed class OptimizerTests
{
    private const int Length = 16 * 3 + 16 / 2 + 3;
    private const int Steps = 25;

    private static readonly Dictionary<string, (Func<Optimizer> Make, ReferenceOptimizers.Step Reference)> s_optimizers = new()
    {
        ["SGD"] = (() => new Sgd(), ReferenceOptimizers.Sgd(1e-3, 0, false, 0)),
        ["SGD, weight decay"] = (() => new Sgd { LearningRate = 0.1f, WeightDecay = 0.01 }, ReferenceOptimizers.Sgd(0.1, 0, false, 0.01)),
        ["momentum"] = (() => new Sgd { LearningRate = 0.02f, Momentum = 0.9 }, ReferenceOptimizers.Sgd(0.02, 0.9, false, 0)),
        ["Nesterov"] = (
            () => new Sgd { LearningRate = 0.02f, Momentum = 0.9, Nesterov = true, WeightDecay = 5e-4 },
            ReferenceOptimizers.Sgd(0.02, 0.9, true, 5e-4)),
        ["Adam"] = (() => new Adam(), ReferenceOptimizers.Adam(1e-3, 0.9, 0.999, 1e-8, 0, false)),
        ["Adam, all options"] = (
            () => new Adam { LearningRate = 0.01f, Beta1 = 0.8, Beta2 = 0.95, Epsilon = 1e-3, WeightDecay = 0.1 },
            ReferenceOptimizers.Adam(0.01, 0.8, 0.95, 1e-3, 0.1, false)),
        ["AdamW"] = (() => new AdamW(), ReferenceOptimizers.Adam(1e-3, 0.9, 0.999, 1e-8, 0.01, true)),
        ["AdamW, all options"] = (
            () => new AdamW { LearningRate = 0.01f, Beta1 = 0.8, Beta2 = 0.95, Epsilon = 1e-3, WeightDecay = 0.1 },
            ReferenceOptimizers.Adam(0.01, 0.8, 0.95, 1e-3, 0.1, true)),
        ["RMSprop"] = (() => new RmsProp(), ReferenceOptimizers.RmsProp(1e-2, 0.99, 1e-8, 0, 0)),
        ["RMSprop, all options"] = (
            () => new RmsProp { LearningRate = 0.02f, Alpha = 0.9, Epsilon = 1e-4, Momentum = 0.5, WeightDecay = 0.05 },
            ReferenceOptimizers.RmsProp(0.02, 0.9, 1e-4, 0.5, 0.05)),
        ["Adagrad"] = (() => new Adagrad(), ReferenceOptimizers.Adagrad(1e-2, 0, 0, 1e-10, 0)),
        ["Adagrad, all options"] = (
            () => new Adagrad { LearningRate = 0.1f, LearningRateDecay = 0.05, InitialAccumulator = 0.1, Epsilon = 1e-3, WeightDecay = 0.05 },
            ReferenceOptimizers.Adagrad(0.1, 0.05, 0.1, 1e-3, 0.05)),
    };

    public static TheoryData<string> Names => [.. s_optimizers.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Parameters_follow_the_reference(string name)
    {
        (Func<Optimizer> make, ReferenceOptimizers.Step reference) = s_optimizers[name];
        float[] actual = Run(make(), [(0, Length)]);
        for (int i = 0; i < Length; i++)
        {
            double parameter = InitialParameter(i);
            double[] memory = new double[2];
            for (int step = 1; step <= Steps; step++)
            {
                parameter = reference(parameter, Gradient(i, step), step, memory);
            }

            double moved = Math.Abs(parameter - InitialParameter(i));
            double tolerance = 2e-6 * (Math.Abs(parameter) + moved);
            Assert.InRange(actual[i], parameter - tolerance, parameter + tolerance);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Ranges_of_a_step_are_independent_of_how_they_are_cut(string name)
    {
        Func<Optimizer> make = s_optimizers[name].Make;
        float[] whole = Run(make(), [(0, Length)]);
        Assert.Equal(whole, Run(make(), [(0, 16), (16, 48), (48, Length)]));
        Assert.Equal(whole, Run(make(), [(32, Length), (0, 32)]));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Holes_in_the_block_stay_zero(string name)
    {
        Optimizer optimizer = s_optimizers[name].Make();
        optimizer.Attach(32);
        AlignedBuffer parameters = new(32);
        AlignedBuffer gradients = new(32);
        for (int step = 1; step <= 3; step++)
        {
            optimizer.Update(ref parameters.Reference, ref gradients.Reference, 0, 32, 0.1f, step);
        }

        Assert.Equal(new float[32], parameters.Span.ToArray());
    }

    [Fact]
    public void Defaults_are_PyTorchs()
    {
        Assert.Equal((1e-3f, 0.0, false, 0.0), (new Sgd().LearningRate, new Sgd().Momentum, new Sgd().Nesterov, new Sgd().WeightDecay));
        Adam adam = new();
        Assert.Equal((1e-3f, 0.9, 0.999, 1e-8, 0.0), (adam.LearningRate, adam.Beta1, adam.Beta2, adam.Epsilon, adam.WeightDecay));
        AdamW adamW = new();
        Assert.Equal((1e-3f, 0.9, 0.999, 1e-8, 0.01), (adamW.LearningRate, adamW.Beta1, adamW.Beta2, adamW.Epsilon, adamW.WeightDecay));
        RmsProp rmsProp = new();
        Assert.Equal(
            (1e-2f, 0.99, 1e-8, 0.0, 0.0), (rmsProp.LearningRate, rmsProp.Alpha, rmsProp.Epsilon, rmsProp.Momentum, rmsProp.WeightDecay));
        Adagrad adagrad = new();
        Assert.Equal(
            (1e-2f, 0.0, 0.0, 1e-10, 0.0),
            (adagrad.LearningRate, adagrad.LearningRateDecay, adagrad.InitialAccumulator, adagrad.Epsilon, adagrad.WeightDecay));
    }

    [Fact]
    public void Impossible_options_are_refused()
    {
        ThrowsWith.Message<ArgumentOutOfRangeException>("LearningRate is -1; it must be 0 or a positive number.", () => new Sgd { LearningRate = -1 });
        ThrowsWith.Message<ArgumentOutOfRangeException>("LearningRate is NaN;", () => new Adam { LearningRate = float.NaN });
        ThrowsWith.Message<ArgumentOutOfRangeException>("Momentum is 1; it must be at least 0 and less than 1.", () => new Sgd { Momentum = 1 });
        ThrowsWith.Message<ArgumentOutOfRangeException>("WeightDecay is -0.5; it must be 0 or a positive number.", () => new Sgd { WeightDecay = -0.5 });
        ThrowsWith.Message<ArgumentOutOfRangeException>("WeightDecay is Infinity;", () => new AdamW { WeightDecay = double.PositiveInfinity });
        ThrowsWith.Message<ArgumentOutOfRangeException>("Beta1 is 1.5;", () => new Adam { Beta1 = 1.5 });
        ThrowsWith.Message<ArgumentOutOfRangeException>("Beta2 is -0.1;", () => new AdamW { Beta2 = -0.1 });
        ThrowsWith.Message<ArgumentOutOfRangeException>("Epsilon is 0; it must be a positive number, such as 1e-8.", () => new Adam { Epsilon = 0 });
        ThrowsWith.Message<ArgumentOutOfRangeException>("Epsilon is 1E-60;", () => new Adagrad { Epsilon = 1e-60 });
        ThrowsWith.Message<ArgumentOutOfRangeException>("Alpha is 1;", () => new RmsProp { Alpha = 1 });
        ThrowsWith.Message<ArgumentOutOfRangeException>("Momentum is NaN;", () => new RmsProp { Momentum = double.NaN });
        ThrowsWith.Message<ArgumentOutOfRangeException>("LearningRateDecay is -1;", () => new Adagrad { LearningRateDecay = -1 });
        ThrowsWith.Message<ArgumentOutOfRangeException>("InitialAccumulator is -1;", () => new Adagrad { InitialAccumulator = -1 });
        ThrowsWith.Message<InvalidOperationException>(
            "Nesterov needs a momentum: set Momentum, for instance to 0.9.", () => new Sgd { Nesterov = true }.Attach(16));
    }

    [Fact]
    public void An_optimizer_serves_one_trainer()
    {
        Adam adam = new();
        adam.Attach(16);
        ThrowsWith.Message<InvalidOperationException>("This Adam already belongs to a trainer", () => adam.Attach(16));
    }

    private static float InitialParameter(int i) => MathF.Sin(i);

    private static float Gradient(int i, int step) => MathF.Cos(0.3f * i) + 0.5f * MathF.Sin(i + step);

    private static float[] Run(Optimizer optimizer, (int Start, int End)[] ranges)
    {
        optimizer.Attach(Length);
        AlignedBuffer parameters = new(Length);
        AlignedBuffer gradients = new(Length);
        for (int i = 0; i < Length; i++)
        {
            parameters.Span[i] = InitialParameter(i);
        }

        for (int step = 1; step <= Steps; step++)
        {
            for (int i = 0; i < Length; i++)
            {
                gradients.Span[i] = Gradient(i, step);
            }

            foreach ((int start, int end) in ranges)
            {
                optimizer.Update(ref parameters.Reference, ref gradients.Reference, start, end, optimizer.LearningRate, step);
            }
        }

        return parameters.Span.ToArray();
    }
}
