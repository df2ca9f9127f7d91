using System.Reflection;
using NetGen.CompilerServices;
using Xunit;

namespace NetGen.Tests.Operators;

/// <summary>A network that the tests declare, run without naming its type: so one test serves all of them.</summary>
internal abstract class DeclaredNetwork : IDisposable
{
    public abstract Type Type { get; }

    public abstract int InputLength { get; }

    public abstract void Dispose();

    /// <summary>All networks that a class declares inside it.</summary>
    public static IEnumerable<string> NamesIn(Type container) =>
        container.GetNestedTypes(BindingFlags.Public | BindingFlags.NonPublic)
            .Where(type => type.IsDefined(typeof(NetworkAttribute), inherit: false))
            .Select(type => type.Name)
            .Order(StringComparer.Ordinal);

    public static DeclaredNetwork In(Type container, string name)
    {
        Type network = container.GetNestedType(name, BindingFlags.Public | BindingFlags.NonPublic)!;
        return (DeclaredNetwork)Activator.CreateInstance(typeof(DeclaredNetwork<>).MakeGenericType(network))!;
    }

    /// <summary>The outputs of images, one by one, in memory that is full of NaN.</summary>
    public abstract float[] Predict(float[] images);

    /// <summary>What training computes of images: their outputs, and the gradients of their elements.</summary>
    /// <param name="images">[count × input].</param>
    /// <param name="outputGradients">[count × output].</param>
    public abstract (float[] Outputs, float[] InputGradients) Train(float[] images, float[] outputGradients);

    /// <summary>
    /// The same without the trainer, in memory that is full of NaN: only what a network wrote before may show in its results.
    /// </summary>
    public abstract (float[] Outputs, float[] InputGradients) TrainInDirtyMemory(float[] images, float[] outputGradients);
}

/// <inheritdoc/>
internal sealed class DeclaredNetwork<TNetwork> : DeclaredNetwork
    where TNetwork : class, ITrainableNetwork<TNetwork>
{
    private const int GuardFloats = 64;
    private const float Guard = 77;

    private readonly TNetwork _network = TNetwork.Create(seed: 1);
    private readonly Workspace _workspace = Workspace.For<TNetwork>();
    private readonly Trainer<TNetwork> _trainer;
    private readonly AlignedBuffer _gradients;

    public DeclaredNetwork()
    {
        _trainer = new Trainer<TNetwork>(_network, new Sgd());
        NetworkDefinition definition = _network.State.Definition;
        _gradients = new AlignedBuffer(definition.ParameterFloats);
        GradientsInDirtyMemory = new ParameterSet(definition.Parameters, new ParameterStorage { Buffer = _gradients });
    }

    public override Type Type => typeof(TNetwork);

    public ParameterSet Parameters => _network.Parameters;

    /// <summary>The parameters' gradients of the trainer's last batch.</summary>
    public ParameterSet Gradients => _trainer.Gradients;

    /// <summary>The parameters' gradients of the last batch without the trainer.</summary>
    public ParameterSet GradientsInDirtyMemory { get; }

    /// <summary>All floats of those gradients, the room between parameters included.</summary>
    public ReadOnlySpan<float> GradientBlock => _gradients.Span;

    public override int InputLength => TNetwork.InputLength;

    public override void Dispose() => _trainer.Dispose();

    public override float[] Predict(float[] images)
    {
        float[] outputs = new float[images.Length / TNetwork.InputLength * TNetwork.OutputLength];
        for (int image = 0; image < images.Length / TNetwork.InputLength; image++)
        {
            _workspace.Span.Fill(float.NaN);
            _network.Predict(
                images.AsSpan(image * TNetwork.InputLength, TNetwork.InputLength),
                outputs.AsSpan(image * TNetwork.OutputLength, TNetwork.OutputLength),
                _workspace);
        }

        return outputs;
    }

    public override (float[] Outputs, float[] InputGradients) Train(float[] images, float[] outputGradients)
    {
        int count = images.Length / TNetwork.InputLength;
        float[] outputs = new float[outputGradients.Length];
        _trainer.ComputeGradients(images, (index, output, outputGradient) =>
        {
            output.CopyTo(outputs.AsSpan(index * TNetwork.OutputLength));

            // The trainer makes the mean over the batch.
            for (int i = 0; i < outputGradient.Length; i++)
            {
                outputGradient[i] = outputGradients[index * TNetwork.OutputLength + i] * count;
            }

            return 0;
        });
        return (outputs, _trainer.InputGradients.ToArray());
    }

    public override (float[] Outputs, float[] InputGradients) TrainInDirtyMemory(float[] images, float[] outputGradients)
    {
        TrainingPlan plan = TNetwork.TrainingPlan;
        int count = images.Length / TNetwork.InputLength;
        AlignedBuffer batch = Dirty(images.Length), inputGradients = Dirty(images.Length), packed = Dirty(plan.PackedFloats);
        images.CopyTo(batch.Span);
        float[] outputs = new float[outputGradients.Length];
        _gradients.Span.Clear();
        TNetwork.PackForTraining(ref _network.State.Parameters, ref packed.Reference);
        for (int first = 0; first < count; first += plan.MicroBatch)
        {
            AlignedBuffer arena = Dirty(plan.ArenaFloats);
            TrainingFrame frame = new(
                ref batch.Span[first * TNetwork.InputLength],
                ref _network.State.Parameters,
                ref packed.Reference,
                ref _gradients.Reference,
                ref arena.Reference,
                ref inputGradients.Span[first * TNetwork.InputLength],
                Math.Min(plan.MicroBatch, count - first),
                first,
                dropoutKey: 1);
            TNetwork.ForwardForTraining(frame);
            for (int image = 0; image < frame.Count; image++)
            {
                int output = (first + image) * plan.OutputLength, row = image * plan.OutputStride;
                arena.Span.Slice(plan.OutputOffset + row, plan.OutputLength).CopyTo(outputs.AsSpan(output));
                outputGradients.AsSpan(output, plan.OutputLength).CopyTo(arena.Span[(plan.OutputGradientOffset + row)..]);
            }

            TNetwork.BackwardForTraining(frame);
            CheckGuard(arena);
        }

        CheckGuard(packed);
        CheckGuard(inputGradients);
        return (outputs, inputGradients.Span[..^GuardFloats].ToArray());
    }

    private static AlignedBuffer Dirty(int length)
    {
        AlignedBuffer buffer = new(length + GuardFloats);
        buffer.Span[..length].Fill(float.NaN);
        buffer.Span[length..].Fill(Guard);
        return buffer;
    }

    /// <summary>Nothing was written behind the memory that the network asked for.</summary>
    private static void CheckGuard(AlignedBuffer buffer) =>
        Assert.All(buffer.Span[^GuardFloats..].ToArray(), value => Assert.Equal(Guard, value));
}
