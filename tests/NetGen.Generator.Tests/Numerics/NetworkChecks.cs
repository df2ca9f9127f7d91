using System.Reflection;
using NetGen.Tests.Numerics;
using NetGen.Tests.Reference;
using Xunit;

namespace NetGen.Generator.Tests.Numerics;

/// <summary>Compiles networks together and compares what each computes with its reference.</summary>
internal static class NetworkChecks
{
    private static readonly MethodInfo s_check = typeof(NetworkChecks).GetMethod(nameof(Check), BindingFlags.NonPublic | BindingFlags.Static)!;

    /// <summary>Demands that all cases pass, and names those that do not.</summary>
    public static void Run(IReadOnlyList<NetworkCase> cases)
    {
        Assembly assembly = Compile(cases);
        string[] failures = [.. cases.Select(network => FailureOf(assembly, network)).OfType<string>()];
        Assert.True(failures.Length == 0, $"{failures.Length} of {cases.Count} networks fail:\n{string.Join("\n", failures)}");
    }

    public static Assembly Compile(IReadOnlyList<NetworkCase> cases) => CompiledNetworks.Load(string.Concat(cases.Select(network => network.Source)));

    private static string? FailureOf(Assembly assembly, NetworkCase network)
    {
        try
        {
            Type type = assembly.GetType(network.Name, throwOnError: true)!;
            s_check.MakeGenericMethod(type).Invoke(null, BindingFlags.DoNotWrapExceptions, null, [network], null);
            return null;
        }
        catch (Exception exception)
        {
            return $"{network}\n    {exception.Message}";
        }
    }

    private static void Check<TNetwork>(NetworkCase network)
        where TNetwork : class, ITrainableNetwork<TNetwork>
    {
        ReferenceNetwork reference = network.Reference;
        var random = new Random(network.Images);
        reference.Initialize(random);
        TNetwork emitted = TNetwork.Create(0);
        Assert.Equal(reference.Parameters.Keys, emitted.Parameters.Names);
        foreach (Parameter parameter in emitted.Parameters)
        {
            ReferenceParameter expected = reference.Parameters[parameter.Name];
            Assert.Equal(expected.Shape, parameter.Shape);
            parameter.CopyFrom(Array.ConvertAll(expected.Values, value => (float)value));
        }

        Assert.Equal((reference.Input, reference.Output), (TNetwork.InputShape, TNetwork.OutputShape));
        float[] images = Values(network.Images * TNetwork.InputLength, random);
        float[] outputGradients = Values(network.Images * TNetwork.OutputLength, random);
        double[] outputs = Rows(network.Images, images, reference.Forward);
        double forward = network.IsChain ? Closeness.Gradient : Closeness.Forward;
        float[] predicted = [.. Enumerable.Range(0, network.Images).SelectMany(n => EmittedCode.Predict(emitted, Row(images, n, network.Images)))];
        Closeness.Check("prediction", outputs, predicted, forward);

        TrainingPass pass = EmittedCode.Train(emitted, images, outputGradients);
        Closeness.Check("training output", outputs, pass.Outputs, forward);
        double[] inputGradients = Rows(network.Images, images, (image, n) =>
            reference.Backward(image, Closeness.ToDouble(Row(outputGradients, n, network.Images))));
        if (network.InputGradients)
        {
            Closeness.Check("input gradient", inputGradients, pass.InputGradients, Closeness.Gradient);
        }

        foreach ((string name, ReferenceParameter parameter) in reference.Parameters)
        {
            Closeness.Check($"gradient of {name}", parameter.Gradient, pass.Gradients[name], Closeness.Gradient);
        }
    }

    private static double[] Rows(int count, float[] images, Func<double[], double[]> compute) => Rows(count, images, (image, _) => compute(image));

    private static double[] Rows(int count, float[] images, Func<double[], int, double[]> compute) =>
        [.. Enumerable.Range(0, count).SelectMany(n => compute(Closeness.ToDouble(Row(images, n, count)), n))];

    private static ReadOnlySpan<float> Row(float[] values, int row, int count) => values.AsSpan(row * (values.Length / count), values.Length / count);

    private static float[] Values(int count, Random random)
    {
        float[] values = new float[count];
        for (int i = 0; i < count; i++)
        {
            values[i] = (float)((2 * random.NextDouble()) - 1);
        }

        return values;
    }
}
