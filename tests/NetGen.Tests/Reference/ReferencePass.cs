namespace NetGen.Tests.Reference;

/// <summary>What a chain of reference layers computes for a batch.</summary>
/// <param name="Outputs">Of predictions, [count × output].</param>
/// <param name="TrainingOutputs">[count × output].</param>
/// <param name="InputGradients">[count × input].</param>
/// <param name="Gradients">The parameters' gradients, by name, summed over the batch.</param>
internal sealed record ReferencePass(
    double[] Outputs, double[] TrainingOutputs, double[] InputGradients, IReadOnlyDictionary<string, double[]> Gradients)
{
    private const int RoundedRuns = 3;

    public static ReferencePass Of(ReferenceNetwork network, float[] images, float[] outputGradients)
    {
        network.ClearGradients();
        double[][] batch = [.. images.Chunk(network.Input.Length).Select(ReferenceNetwork.Doubles)];
        double[][] gradients = [.. outputGradients.Chunk(network.Output.Length).Select(ReferenceNetwork.Doubles)];
        return new ReferencePass(
            [.. batch.SelectMany(image => network.Values(image)[^1])],
            [.. network.TrainingValues(batch)[^1].SelectMany(output => output)],
            [.. network.Backward(batch, gradients).SelectMany(gradient => gradient)],
            network.Parameters.ToDictionary(parameter => parameter.Key, parameter => (double[])parameter.Value.Gradient.Clone()));
    }

    /// <summary>How far single precision between the layers may take each result, as a share of the tensor's greatest value.</summary>
    public static ReferenceErrors ErrorsOf(ReferenceNetwork network, float[] images, float[] outputGradients)
    {
        ReferencePass exact = Of(network, images, outputGradients);
        ReferencePass[] rounded =
            [.. Enumerable.Range(0, RoundedRuns).Select(seed => Of(network.Rounded(new Random(seed)), images, outputGradients))];
        return new ReferenceErrors(
            rounded.Max(pass => Error(exact.Outputs, pass.Outputs)),
            rounded.Max(pass => Error(exact.TrainingOutputs, pass.TrainingOutputs)),
            rounded.Max(pass => Error(exact.InputGradients, pass.InputGradients)),
            exact.Gradients.ToDictionary(
                gradient => gradient.Key, gradient => rounded.Max(pass => Error(gradient.Value, pass.Gradients[gradient.Key]))));
    }

    private static double Error(double[] exact, double[] rounded)
    {
        double error = exact.Zip(rounded, (a, b) => Math.Abs(a - b)).Max();
        return error == 0 ? 0 : error / exact.Max(Math.Abs);
    }
}

/// <summary>Errors of the tensors of a <see cref="ReferencePass"/>.</summary>
internal sealed record ReferenceErrors(
    double Outputs, double TrainingOutputs, double InputGradients, IReadOnlyDictionary<string, double> Gradients)
{
    /// <summary>Of a single layer.</summary>
    public static ReferenceErrors None { get; } = new(0, 0, 0, new Dictionary<string, double>());
}
