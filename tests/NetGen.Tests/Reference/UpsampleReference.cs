namespace NetGen.Tests.Reference;

/// <summary>Each element of the result as a weighted sum of the elements around its place, as PyTorch's documentation places them.</summary>
internal sealed class UpsampleReference(TensorShape input, int scaleH, int scaleW, UpsampleMode mode, bool alignCorners)
    : ReferenceLayer(input, new TensorShape(input.Channels, input.Height * scaleH, input.Width * scaleW))
{
    public override double[] Forward(double[] input)
    {
        double[] output = new double[Output.Length];
        ForEachTerm((to, from, weight) => output[to] += weight * input[from]);
        return output;
    }

    public override double[] Backward(double[] input, double[] outputGradient)
    {
        double[] gradient = new double[Input.Length];
        ForEachTerm((to, from, weight) => gradient[from] += weight * outputGradient[to]);
        return gradient;
    }

    private void ForEachTerm(Action<int, int, double> visit)
    {
        for (int to = 0; to < Output.Length; to++)
        {
            int x = to % Output.Width, y = to / Output.Width % Output.Height, channel = to / (Output.Width * Output.Height);
            foreach ((int row, double down) in Sources(y, Input.Height, scaleH))
            {
                foreach ((int column, double across) in Sources(x, Input.Width, scaleW))
                {
                    visit(to, (((channel * Input.Height) + row) * Input.Width) + column, down * across);
                }
            }
        }
    }

    private IEnumerable<(int Source, double Weight)> Sources(int output, int size, int scale)
    {
        if (mode == UpsampleMode.Nearest)
        {
            return [(output / scale, 1)];
        }

        double position = !alignCorners ? Math.Max(((output + 0.5) / scale) - 0.5, 0)
            : size * scale > 1 ? (double)output * (size - 1) / ((size * scale) - 1)
            : 0;
        int before = (int)position;
        return [(before, 1 - (position - before)), (Math.Min(before + 1, size - 1), position - before)];
    }
}
