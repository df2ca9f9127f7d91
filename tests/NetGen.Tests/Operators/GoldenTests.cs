using Xunit;

namespace NetGen.Tests.Operators;

/// <summary>Outputs and input gradients of PyTorch, computed in double.</summary>
[Trait("Category", "Numeric")]
public sealed class GoldenTests
{
    private const double Tolerance = 2e-6;

    public static TheoryData<string> Networks => [.. DeclaredNetwork.NamesIn(typeof(GoldenNetworks))];

    [Theory, MemberData(nameof(Networks))]
    public void Operators_agree_with_PyTorch(string name)
    {
        Golden golden = Golden.Read(name.Replace('_', '-').ToLowerInvariant());
        using DeclaredNetwork network = DeclaredNetwork.In(typeof(GoldenNetworks), name);
        float[] images = golden.Floats("input");

        (float[] outputs, float[] gradients) = network.Train(images, golden.Floats("d_output"));

        Close.Assert([.. golden.Floats("output")], outputs, Tolerance);
        Close.Assert([.. golden.Floats("output")], network.Predict(images), Tolerance);
        Close.Assert([.. golden.Floats("d_input")], gradients, Tolerance);
    }
}
