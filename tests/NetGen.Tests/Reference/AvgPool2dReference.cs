namespace NetGen.Tests.Reference;

/// <summary>The sum of the elements under each window over their number, padding counted or not.</summary>
internal sealed class AvgPool2dReference(PoolWindows windows, bool countIncludePad) : ReferenceLayer(windows.Input, windows.Output)
{
    public override double[] Forward(double[] input) =>
        [.. windows.All().Select(window => window.Elements.Sum(element => input[element]) / Divisor(window))];

    public override double[] Backward(double[] input, double[] outputGradient)
    {
        double[] gradient = new double[input.Length];
        int output = 0;
        foreach (PoolWindow window in windows.All())
        {
            foreach (int element in window.Elements)
            {
                gradient[element] += outputGradient[output] / Divisor(window);
            }

            output++;
        }

        return gradient;
    }

    private int Divisor(PoolWindow window) => countIncludePad ? window.PaddedCount : window.Elements.Count;
}
