namespace NetGen.Tests.Reference;

/// <summary>The greatest element under each window, which alone gets the gradient: the first of equals.</summary>
internal sealed class MaxPool2dReference(PoolWindows windows) : ReferenceLayer(windows.Input, windows.Output)
{
    public override double[] Forward(double[] input) => [.. windows.All().Select(window => input[Winner(window, input)])];

    public override double[] Backward(double[] input, double[] outputGradient)
    {
        double[] gradient = new double[input.Length];
        int output = 0;
        foreach (PoolWindow window in windows.All())
        {
            gradient[Winner(window, input)] += outputGradient[output++];
        }

        return gradient;
    }

    private static int Winner(PoolWindow window, double[] input)
    {
        int winner = window.Elements[0];
        foreach (int element in window.Elements)
        {
            if (input[element] > input[winner] || double.IsNaN(input[element]))
            {
                winner = element;
            }
        }

        return winner;
    }
}
