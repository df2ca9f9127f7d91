namespace NetGen.Tests.Reference;

/// <summary>A layer of several inputs: it gets them one behind the other, as does who reads its gradient.</summary>
internal abstract class JoinReference(int inputs, TensorShape input, TensorShape output) : ReferenceLayer(input, output)
{
    /// <summary>How many inputs there are.</summary>
    public int Inputs { get; } = inputs;
}

/// <summary>The sum of inputs of one shape.</summary>
internal sealed class AddReference(int inputs, TensorShape shape) : JoinReference(inputs, new TensorShape(inputs * shape.Length), shape)
{
    public override double[] Forward(double[] input)
    {
        double[] output = new double[Output.Length];
        for (int i = 0; i < input.Length; i++)
        {
            output[i % output.Length] += input[i];
        }

        return output;
    }

    public override double[] Backward(double[] input, double[] outputGradient) =>
        [.. Enumerable.Repeat(outputGradient, Inputs).SelectMany(gradient => gradient)];
}

/// <summary>The channels of the inputs, which in PyTorch's order lie one input's behind the other's.</summary>
internal sealed class ConcatReference(IReadOnlyList<TensorShape> shapes) : JoinReference(
    shapes.Count,
    new TensorShape(shapes.Sum(shape => shape.Length)),
    new TensorShape(shapes.Sum(shape => shape.Channels), shapes[0].Height, shapes[0].Width))
{
    public override double[] Forward(double[] input) => input;

    public override double[] Backward(double[] input, double[] outputGradient) => outputGradient;
}
