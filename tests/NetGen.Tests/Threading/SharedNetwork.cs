using System.Reflection;
using NetGen.CompilerServices;
using NetGen.Tests.Numerics;
using NetGen.Tests.Operators;
using NetGen.Tests.Reference;
using Xunit;

namespace NetGen.Tests.Threading;

/// <summary>What tests of threads and batches ask of a network, without naming its type: so one test serves all of them.</summary>
internal abstract class SharedNetwork
{
    public static SharedNetwork In(Type container, string name)
    {
        Type network = container.GetNestedType(name, BindingFlags.Public | BindingFlags.NonPublic)!;
        return (SharedNetwork)Activator.CreateInstance(typeof(SharedNetwork<>).MakeGenericType(network))!;
    }

    /// <summary>Demands the bits of one thread of any number, in memory that is full of NaN and ends where it should.</summary>
    public abstract void CheckThreads(IEnumerable<int> threads);

    /// <summary>Demands the outputs of single predictions of batches, and the same bits of batches on several threads.</summary>
    public abstract void CheckBatches(IEnumerable<int> counts, IEnumerable<int> threads);

    /// <summary>Demands the values of the reference.</summary>
    public abstract void CheckAgainstReference(double tolerance);
}

/// <inheritdoc/>
internal sealed class SharedNetwork<TNetwork> : SharedNetwork
    where TNetwork : class, INetwork<TNetwork>
{
    // Sums over as many as 16,384 features in another order, each right to some 3e-6 of the greatest; see Close.
    private const double BatchTolerance = 5e-6;
    private const int GuardFloats = 64;

    private readonly TNetwork _network = TNetwork.Create(seed: 3);

    public override void CheckThreads(IEnumerable<int> threads)
    {
        float[] image = Images.Smooth(TNetwork.InputLength, 1);
        float[] expected = EmittedCode.Predict(_network, image);
        foreach (int number in threads)
        {
            using Workspace workspace = Dirty(Workspace.RequiredBytes<TNetwork>(number), number);
            for (int call = 0; call < 3; call++)
            {
                float[] output = new float[TNetwork.OutputLength];
                _network.Predict(image, output, workspace);
                Assert.Equal(Bits(expected), Bits(output));
            }

            CheckGuard(workspace);
        }
    }

    public override void CheckBatches(IEnumerable<int> counts, IEnumerable<int> threads)
    {
        foreach (int count in counts)
        {
            float[] images = Images.Smooth(count * TNetwork.InputLength, count);
            float[] singles = Singles(images, count);
            float[] outputs = Batch(images, count, 1);
            Close.Assert(ReferenceNetwork.Doubles(singles), outputs, BatchTolerance, $"output of a batch of {count}:");
            foreach (int number in threads)
            {
                Assert.Equal(Bits(outputs), Bits(Batch(images, count, number)));
            }

            float[] pooled = new float[outputs.Length];
            _network.PredictBatch(images, pooled, count);
            Assert.Equal(Bits(outputs), Bits(pooled));
        }
    }

    public override void CheckAgainstReference(double tolerance)
    {
        ReferenceNetwork reference = ReferenceNetwork.Of(typeof(TNetwork));
        foreach (Parameter parameter in _network.Parameters)
        {
            ReferenceNetwork.Doubles(parameter.ToArray()).CopyTo(reference.Parameters[parameter.Name].Values, 0);
        }

        float[] image = Images.Smooth(TNetwork.InputLength, 1);
        Close.Assert(reference.Forward(image), EmittedCode.Predict(_network, image), tolerance);
    }

    private float[] Singles(float[] images, int count)
    {
        float[] outputs = new float[count * TNetwork.OutputLength];
        for (int i = 0; i < count; i++)
        {
            _network.Predict(
                images.AsSpan(i * TNetwork.InputLength, TNetwork.InputLength), outputs.AsSpan(i * TNetwork.OutputLength, TNetwork.OutputLength));
        }

        return outputs;
    }

    private float[] Batch(float[] images, int count, int threads)
    {
        using Workspace workspace = Dirty(Workspace.RequiredBatchBytes<TNetwork>(threads), threads);
        using FencedMemory inputs = FencedMemory.Of(images);
        using var outputs = new FencedMemory(count * TNetwork.OutputLength);
        _network.PredictBatch(inputs.Span, outputs.Span, count, workspace);
        Assert.True(inputs.Span.SequenceEqual(images), "the inputs were written");
        inputs.Check();
        outputs.Check();
        CheckGuard(workspace);
        return outputs.Span.ToArray();
    }

    private static Workspace Dirty(long bytes, int threads)
    {
        Workspace workspace = new(bytes + (GuardFloats * sizeof(float)), threads);
        workspace.Span.Fill(float.NaN);
        return workspace;
    }

    private static void CheckGuard(Workspace workspace) =>
        Assert.False(workspace.Span[^GuardFloats..].ContainsAnyExcept(float.NaN), "memory behind the bytes that are said to be needed was written");

    private static int[] Bits(float[] values) => [.. values.Select(BitConverter.SingleToInt32Bits)];
}
