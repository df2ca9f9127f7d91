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

/// <summary>The product of inputs: each of the largest one's shape, or with one number for each channel.</summary>
internal sealed class MultiplyReference(IReadOnlyList<TensorShape> shapes)
    : JoinReference(shapes.Count, new TensorShape(shapes.Sum(shape => shape.Length)), Largest(shapes))
{
    public override double[] Forward(double[] input) =>
        [.. Enumerable.Range(0, Output.Length).Select(i => FactorsAt(i).Aggregate(1.0, (product, factor) => product * input[factor]))];

    public override double[] Backward(double[] input, double[] outputGradient)
    {
        double[] gradient = new double[input.Length];
        for (int i = 0; i < outputGradient.Length; i++)
        {
            int[] factors = FactorsAt(i);
            for (int own = 0; own < factors.Length; own++)
            {
                gradient[factors[own]] += factors.Where((_, other) => other != own).Aggregate(outputGradient[i], (product, factor) => product * input[factor]);
            }
        }

        return gradient;
    }

    /// <summary>Where each input's factor of an element of the product is.</summary>
    private int[] FactorsAt(int element)
    {
        int start = 0;
        List<int> factors = [];
        foreach (TensorShape shape in shapes)
        {
            factors.Add(start + (shape.Length == Output.Length ? element : element / (Output.Height * Output.Width)));
            start += shape.Length;
        }

        return [.. factors];
    }

    private static TensorShape Largest(IReadOnlyList<TensorShape> shapes) => shapes.OrderByDescending(shape => shape.Length).ThenBy(shape => shape.IsVector).First();
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
