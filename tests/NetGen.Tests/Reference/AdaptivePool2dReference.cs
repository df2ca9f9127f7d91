namespace NetGen.Tests.Reference;

/// <summary>The mean or the greatest element of each of the parts that a map is divided into; the gradient goes to all of them or to the first greatest.</summary>
internal sealed class AdaptivePool2dReference(TensorShape input, int outputHeight, int outputWidth, bool takesGreatest)
    : ReferenceLayer(input, new TensorShape(input.Channels, outputHeight, outputWidth))
{
    public override double[] Forward(double[] input) =>
        [.. Enumerable.Range(0, Output.Length).Select(output => takesGreatest ? input[Greatest(output, input)] : Part(output).Average(element => input[element]))];

    public override double[] Backward(double[] input, double[] outputGradient)
    {
        double[] gradient = new double[input.Length];
        for (int output = 0; output < outputGradient.Length; output++)
        {
            int[] elements = takesGreatest ? [Greatest(output, input)] : Part(output);
            foreach (int element in elements)
            {
                gradient[element] += outputGradient[output] / elements.Length;
            }
        }

        return gradient;
    }

    /// <summary>The first of equals; NaN is greater than any.</summary>
    private int Greatest(int output, double[] input) =>
        Part(output).Aggregate((winner, element) => input[element] > input[winner] || double.IsNaN(input[element]) ? element : winner);

    private int[] Part(int output)
    {
        int channel = output / (Output.Height * Output.Width), y = output / Output.Width % Output.Height, x = output % Output.Width;
        return
        [
            .. from row in Share(y, Input.Height, Output.Height)
               from column in Share(x, Input.Width, Output.Width)
               select (((channel * Input.Height) + row) * Input.Width) + column,
        ];
    }

    /// <summary>PyTorch's start_index and end_index.</summary>
    private static IEnumerable<int> Share(int part, int extent, int parts)
    {
        int start = (int)Math.Floor((double)part * extent / parts), end = (int)Math.Ceiling((part + 1.0) * extent / parts);
        return Enumerable.Range(start, end - start);
    }
}
