namespace NetGen.Tests.Reference;

/// <summary>
/// Every element of the input adds its filter's values, times itself, to the result, from its place times the stride on: PyTorch's
/// <c>ConvTranspose2d</c>.
/// </summary>
internal sealed class ConvTranspose2dReference : ReferenceLayer
{
    private readonly ReferenceWindow _window;
    private readonly int _groupInputs;
    private readonly int _groupOutputs;

    public ConvTranspose2dReference(
        TensorShape input, int outChannels, ReferenceWindow window, int outputPaddingH, int outputPaddingW, int groups = 1, bool bias = true)
        : base(input, OutputOf(input, outChannels, window, outputPaddingH, outputPaddingW))
    {
        _window = window;
        _groupInputs = input.Channels / groups;
        _groupOutputs = outChannels / groups;
        var weight = new ReferenceParameter("weight", input.Channels, _groupOutputs, window.KernelH, window.KernelW);
        Parameters = bias ? [weight, new ReferenceParameter("bias", outChannels)] : [weight];
    }

    public override string NameStem => "deconv";

    /// <summary>The shape of the result; it may have no elements.</summary>
    public static TensorShape OutputOf(TensorShape input, int outChannels, ReferenceWindow window, int outputPaddingH, int outputPaddingW) => new(
        outChannels,
        ((input.Height - 1) * window.StrideH) - window.PadTop - window.PadBottom + (window.DilationH * (window.KernelH - 1)) + outputPaddingH + 1,
        ((input.Width - 1) * window.StrideW) - window.PadLeft - window.PadRight + (window.DilationW * (window.KernelW - 1)) + outputPaddingW + 1);

    public override double[] Forward(double[] input)
    {
        double[] weight = Parameters[0].Values, output = new double[Output.Length];
        ForEachTap((from, to, tap) => output[to] += input[from] * weight[tap]);
        if (Parameters.Count > 1)
        {
            for (int to = 0; to < output.Length; to++)
            {
                output[to] += Parameters[1].Values[to / (Output.Height * Output.Width)];
            }
        }

        return output;
    }

    public override double[] Backward(double[] input, double[] outputGradient)
    {
        double[] weight = Parameters[0].Values, weightGradient = Parameters[0].Gradient, inputGradient = new double[Input.Length];
        ForEachTap((from, to, tap) =>
        {
            inputGradient[from] += outputGradient[to] * weight[tap];
            weightGradient[tap] += outputGradient[to] * input[from];
        });
        if (Parameters.Count > 1)
        {
            for (int to = 0; to < outputGradient.Length; to++)
            {
                Parameters[1].Gradient[to / (Output.Height * Output.Width)] += outputGradient[to];
            }
        }

        return inputGradient;
    }

    /// <summary>Visits every product: index of the input's element, of the result's, of the weight.</summary>
    private void ForEachTap(Action<int, int, int> visit)
    {
        for (int from = 0; from < Input.Length; from++)
        {
            int column = from % Input.Width, row = from / Input.Width % Input.Height, ic = from / (Input.Width * Input.Height);
            for (int oc = 0; oc < _groupOutputs; oc++)
            {
                int channel = (ic / _groupInputs * _groupOutputs) + oc;
                for (int kh = 0; kh < _window.KernelH; kh++)
                {
                    for (int kw = 0; kw < _window.KernelW; kw++)
                    {
                        int y = (row * _window.StrideH) - _window.PadTop + (kh * _window.DilationH);
                        int x = (column * _window.StrideW) - _window.PadLeft + (kw * _window.DilationW);
                        if (y >= 0 && y < Output.Height && x >= 0 && x < Output.Width)
                        {
                            int tap = (((((ic * _groupOutputs) + oc) * _window.KernelH) + kh) * _window.KernelW) + kw;
                            visit(from, (((channel * Output.Height) + y) * Output.Width) + x, tap);
                        }
                    }
                }
            }
        }
    }
}
