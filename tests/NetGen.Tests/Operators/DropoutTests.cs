using System.Runtime.CompilerServices;
using NetGen.CompilerServices;
using NetGen.Tests.Reference;
using Xunit;

namespace NetGen.Tests.Operators;

[Trait("Category", "Numeric")]
public sealed class DropoutTests
{
    private const ulong Key = 0x0123456789ABCDEF;

    /// <summary>Standard deviations that a frequency may be off.</summary>
    private const double Sigmas = 5;

    [Theory, InlineData("OfAVector", 0.3), InlineData("OfPlanes", 0.5), InlineData("OfBlocks", 0.1), InlineData("Twice", 0.75)]
    public void As_many_are_dropped_as_was_said_and_the_others_keep_the_sum(string name, double probability)
    {
        using DeclaredNetwork network = DeclaredNetwork.In(typeof(DropoutNetworks), name);
        int length = network.InputLength;
        float[] ones = [.. Enumerable.Repeat(1f, 40 * length)];

        (float[] outputs, _) = network.Train(ones, new float[ones.Length]);

        float kept = (float)(1 / (1 - probability));
        Assert.All(outputs, value => Assert.True(value == 0 || Math.Abs(value - kept) < 1e-6, $"{value}"));
        AssertFrequency(probability, outputs.Count(value => value == 0), outputs.Length);
    }

    [Theory, InlineData("OfAVector"), InlineData("OfPlanes"), InlineData("OfBlocks"), InlineData("Twice"), InlineData("OfNothing")]
    public void The_gradient_goes_where_the_values_went(string name)
    {
        using DeclaredNetwork network = DeclaredNetwork.In(typeof(DropoutNetworks), name);
        int length = network.InputLength;
        float[] values = Images.Smooth(19 * length, 1);

        (float[] outputs, float[] gradients) = network.Train(values, values);

        Close.Assert(ReferenceNetwork.Doubles(outputs), gradients, 1e-6);
        Assert.Equal(values, network.Predict(values));
    }

    [Fact]
    public void With_probability_0_nothing_is_changed_and_near_1_everything_is_dropped()
    {
        using DeclaredNetwork nothing = DeclaredNetwork.In(typeof(DropoutNetworks), "OfNothing");
        using DeclaredNetwork everything = DeclaredNetwork.In(typeof(DropoutNetworks), "OfEverything");
        float[] values = Images.Smooth(2000, 1);
        Assert.Equal(values, nothing.Train(values, values).Outputs);
        Assert.All(everything.Train(values, values).Outputs, value => Assert.Equal(0, value));
    }

    [Fact]
    public void The_mask_is_the_hash_of_key_image_and_place_at_every_vector_width()
    {
        const int images = 3, first = 5;
        float[] vector = Forward<DropoutNetworks.OfAVector>(Key, first, images);
        float[] map = Forward<DropoutNetworks.OfBlocks>(Key, first, images);
        TrainingFrame frame = Frame(Key, first);
        for (int image = 0; image < images; image++)
        {
            ulong key = DropoutKeys.OfImage(frame, 1, image);
            for (int i = 0; i < 2000; i++)
            {
                Assert.Equal(DropoutReference.IsKept(key, i, 0.3), vector[image * 2000 + i] != 0);
            }

            // Blocks of 16 channels: [channel / 16][y][x][channel % 16].
            for (int i = 0; i < 20 * 99; i++)
            {
                (int channel, int pixel) = (i / 99, i % 99);
                int place = channel / 16 * 99 * 16 + pixel * 16 + channel % 16;
                Assert.Equal(DropoutReference.IsKept(key, place, 0.1), map[image * 20 * 99 + i] != 0);
            }
        }
    }

    [Fact]
    public void Micro_batches_do_not_change_the_mask_and_keys_do()
    {
        float[] together = Forward<DropoutNetworks.OfPlanes>(Key, 0, 7);
        float[] apart = [.. Forward<DropoutNetworks.OfPlanes>(Key, 0, 3), .. Forward<DropoutNetworks.OfPlanes>(Key, 3, 4)];
        Assert.Equal(together, apart);
        AssertUnrelated(0.5, together, Forward<DropoutNetworks.OfPlanes>(Key + 1, 0, 7));
        AssertUnrelated(0.5, together, Forward<DropoutNetworks.OfPlanes>(Key ^ (1UL << 63), 0, 7));
    }

    [Fact]
    public void Images_steps_and_neighbours_are_dropped_independently()
    {
        const int images = 16;
        float[][] masks = [.. Forward<DropoutNetworks.OfPlanes>(Key, 0, images).Chunk(3 * 13 * 37)];
        float[] all = [.. masks.SelectMany(mask => mask)];
        AssertUnrelated(0.5, [.. masks[..^1].SelectMany(mask => mask)], [.. masks[1..].SelectMany(mask => mask)]);
        foreach (int distance in (int[])[1, 2, 4, 8, 16, 32, 37, 48, 64, 256])
        {
            AssertUnrelated(0.5, all[..^distance], all[distance..]);
        }

        using Trainer<DropoutNetworks.OfPlanes> trainer = new(new DropoutNetworks.OfPlanes(), new Sgd());
        AssertUnrelated(0.5, Outputs(trainer, images), Outputs(trainer, images));
    }

    [Fact]
    public void A_seed_gives_the_same_masks_for_any_number_of_threads()
    {
        float[] images = Images.Smooth(70 * 40, 1);
        float[] targets = Images.Smooth(70 * 30, 2);
        float[] one = Gradients(threads: 1, seed: 3);
        Assert.Equal(one, Gradients(threads: 3, seed: 3));
        Assert.NotEqual(one, Gradients(threads: 1, seed: 4));

        float[] Gradients(int threads, int seed)
        {
            TrainerOptions options = new() { Seed = seed, DegreeOfParallelism = threads };
            using Trainer<DropoutNetworks.BetweenLayers> trainer = new(new DropoutNetworks.BetweenLayers(1), new Sgd(), options);
            trainer.ComputeGradients(images, targets);
            return [.. trainer.Gradients.SelectMany(gradient => gradient.ToArray()), .. trainer.InputGradients];
        }
    }

    [Fact]
    public void What_was_dropped_teaches_nothing_to_the_layer_before_it()
    {
        DropoutNetworks.BetweenLayers network = new(seed: 1);
        network.Parameters["fc1.weight"].CopyFrom([.. Enumerable.Repeat(0.1f, 200 * 40)]);
        using Trainer<DropoutNetworks.BetweenLayers> trainer = new(network, new Sgd());
        trainer.ComputeGradients([.. Enumerable.Repeat(1f, 40)], new float[30]);

        // Every hidden value is positive: a row without gradient is one that was dropped, and so its column of the next layer's.
        float[] before = trainer.Gradients["fc1.weight"].ToArray();
        float[] after = trainer.Gradients["fc2.weight"].ToArray();
        bool[] dropped = [.. Enumerable.Range(0, 200).Select(row => before.Skip(row * 40).Take(40).All(value => value == 0))];
        Assert.Equal(
            dropped,
            Enumerable.Range(0, 200).Select(column => Enumerable.Range(0, 30).All(row => after[row * 200 + column] == 0)));
        AssertFrequency(0.4, dropped.Count(isDropped => isDropped), dropped.Length);
    }

    private static float[] Outputs(Trainer<DropoutNetworks.OfPlanes> trainer, int images)
    {
        float[] outputs = new float[images * DropoutNetworks.OfPlanes.OutputLength];
        trainer.ComputeGradients([.. Enumerable.Repeat(1f, outputs.Length)], (index, output, _) =>
        {
            output.CopyTo(outputs.AsSpan(index * output.Length));
            return 0;
        });
        return outputs;
    }

    /// <summary>The outputs of images of ones, in as many frames as they need.</summary>
    private static float[] Forward<TNetwork>(ulong key, int firstImage, int count)
        where TNetwork : class, ITrainableNetwork<TNetwork>
    {
        TrainingPlan plan = TNetwork.TrainingPlan;
        AlignedBuffer images = new(plan.MicroBatch * TNetwork.InputLength), arena = new(plan.ArenaFloats), parameters = new(16);
        images.Span.Fill(1);
        List<float> outputs = [];
        for (int first = 0; first < count; first += plan.MicroBatch)
        {
            TrainingFrame frame = new(
                ref images.Reference,
                ref parameters.Reference,
                ref parameters.Reference,
                ref parameters.Reference,
                ref arena.Reference,
                ref Unsafe.NullRef<float>(),
                Math.Min(plan.MicroBatch, count - first),
                firstImage + first,
                key);
            TNetwork.ForwardForTraining(frame);
            for (int image = 0; image < frame.Count; image++)
            {
                outputs.AddRange(arena.Span.Slice(plan.OutputOffset + image * plan.OutputStride, plan.OutputLength));
            }
        }

        return [.. outputs];
    }

    private static TrainingFrame Frame(ulong key, int firstImage)
    {
        ref float none = ref Unsafe.NullRef<float>();
        return new(ref none, ref none, ref none, ref none, ref none, ref none, 0, firstImage, key);
    }

    /// <summary>Two masks agree as often as independent ones would.</summary>
    private static void AssertUnrelated(double probability, float[] first, float[] second)
    {
        int agreements = first.Zip(second).Count(pair => (pair.First == 0) == (pair.Second == 0));
        AssertFrequency(probability * probability + (1 - probability) * (1 - probability), agreements, first.Length);
    }

    private static void AssertFrequency(double probability, int count, int trials)
    {
        double deviation = Math.Sqrt(probability * (1 - probability) / trials);
        Assert.InRange((double)count / trials, probability - Sigmas * deviation, probability + Sigmas * deviation);
    }
}
