using System.Reflection;

namespace NetGen.Tests.Operators;

/// <summary>A network that the tests declare, run without naming its type: so one test serves all of them.</summary>
internal abstract class DeclaredNetwork : IDisposable
{
    public abstract Type Type { get; }

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

    /// <summary>The outputs of images, one by one, in the memory of one workspace.</summary>
    public abstract float[] Predict(float[] images);

    /// <summary>What training computes of images: their outputs, and the gradients of their elements.</summary>
    /// <param name="images">[count × input].</param>
    /// <param name="outputGradients">[count × output].</param>
    public abstract (float[] Outputs, float[] InputGradients) Train(float[] images, float[] outputGradients);
}

/// <inheritdoc/>
internal sealed class DeclaredNetwork<TNetwork> : DeclaredNetwork
    where TNetwork : class, ITrainableNetwork<TNetwork>
{
    private readonly TNetwork _network = TNetwork.Create(seed: 1);
    private readonly Workspace _workspace = Workspace.For<TNetwork>();
    private readonly Trainer<TNetwork> _trainer;

    public DeclaredNetwork() => _trainer = new Trainer<TNetwork>(_network, new Sgd());

    public override Type Type => typeof(TNetwork);

    public override void Dispose() => _trainer.Dispose();

    public override float[] Predict(float[] images)
    {
        float[] outputs = new float[images.Length / TNetwork.InputLength * TNetwork.OutputLength];
        for (int image = 0; image < images.Length / TNetwork.InputLength; image++)
        {
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
}
