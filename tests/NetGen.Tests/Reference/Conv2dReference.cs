namespace NetGen.Tests.Reference;

/// <summary>How a filter slides over the image.</summary>
internal sealed record ReferenceWindow(int KernelH, int KernelW)
{
    public int StrideH { get; init; } = 1;

    public int StrideW { get; init; } = 1;

    public int DilationH { get; init; } = 1;

    public int DilationW { get; init; } = 1;

    public int PadTop { get; init; }

    public int PadBottom { get; init; }

    public int PadLeft { get; init; }

    public int PadRight { get; init; }

    private int ExtentH => (DilationH * (KernelH - 1)) + 1;

    private int ExtentW => (DilationW * (KernelW - 1)) + 1;

    /// <summary>Whether there is a place for the filter on the padded image.</summary>
    public bool Fits(TensorShape image) => image.Height + PadTop + PadBottom >= ExtentH && image.Width + PadLeft + PadRight >= ExtentW;

    public int OutputHeight(int height) => ((height + PadTop + PadBottom - ExtentH) / StrideH) + 1;

    public int OutputWidth(int width) => ((width + PadLeft + PadRight - ExtentW) / StrideW) + 1;

    /// <summary>This window with zeros around an image so that the result has ⌈size / stride⌉ positions, the odd zero last.</summary>
    public ReferenceWindow WithSamePadding(TensorShape image)
    {
        int vertical = Zeros(image.Height, ExtentH, StrideH), horizontal = Zeros(image.Width, ExtentW, StrideW);
        return this with
        {
            PadTop = vertical / 2,
            PadBottom = vertical - (vertical / 2),
            PadLeft = horizontal / 2,
            PadRight = horizontal - (horizontal / 2),
        };

        static int Zeros(int size, int extent, int stride)
        {
            int positions = (size + stride - 1) / stride;
            return Math.Max(0, ((positions - 1) * stride) + extent - size);
        }
    }
}

/// <summary>Cross-correlation with stride, padding, dilation and groups: PyTorch's <c>Conv2d</c>.</summary>
internal sealed class Conv2dReference : ReferenceLayer
{
    private readonly ReferenceWindow _window;
    private readonly int _groupInputs;
    private readonly int _groupOutputs;

    public Conv2dReference(TensorShape input, int outChannels, ReferenceWindow window, int groups = 1, bool bias = true, bool isSequence = false)
        : base(input, new TensorShape(outChannels, window.OutputHeight(input.Height), window.OutputWidth(input.Width)))
    {
        _window = window;
        _groupInputs = input.Channels / groups;
        _groupOutputs = outChannels / groups;
        ReferenceParameter weight = isSequence
            ? new("weight", outChannels, _groupInputs, window.KernelW)
            : new("weight", outChannels, _groupInputs, window.KernelH, window.KernelW);
        Parameters = bias ? [weight, new ReferenceParameter("bias", outChannels)] : [weight];
    }

    public override string NameStem => "conv";

    public override double[] Forward(double[] input)
    {
        double[] weight = Parameters[0].Values, output = new double[Output.Length];
        ForEachTap((to, from, tap) => output[to] += input[from] * weight[tap]);
        if (Parameters.Count > 1)
        {
            ForEachResult((oc, to) => output[to] += Parameters[1].Values[oc]);
        }

        return output;
    }

    public override double[] Backward(double[] input, double[] outputGradient)
    {
        double[] weight = Parameters[0].Values, weightGradient = Parameters[0].Gradient, inputGradient = new double[Input.Length];
        ForEachTap((to, from, tap) =>
        {
            inputGradient[from] += outputGradient[to] * weight[tap];
            weightGradient[tap] += outputGradient[to] * input[from];
        });
        if (Parameters.Count > 1)
        {
            ForEachResult((oc, to) => Parameters[1].Gradient[oc] += outputGradient[to]);
        }

        return inputGradient;
    }

    private void ForEachResult(Action<int, int> visit)
    {
        for (int to = 0; to < Output.Length; to++)
        {
            visit(to / (Output.Height * Output.Width), to);
        }
    }

    /// <summary>Visits every product that the convolution sums: index of the result, of the pixel inside the image, of the weight.</summary>
    private void ForEachTap(Action<int, int, int> visit)
    {
        ForEachResult((oc, to) =>
        {
            int row = to / Output.Width % Output.Height, column = to % Output.Width;
            for (int ic = 0; ic < _groupInputs; ic++)
            {
                int channel = (oc / _groupOutputs * _groupInputs) + ic;
                for (int kh = 0; kh < _window.KernelH; kh++)
                {
                    for (int kw = 0; kw < _window.KernelW; kw++)
                    {
                        int y = (row * _window.StrideH) - _window.PadTop + (kh * _window.DilationH);
                        int x = (column * _window.StrideW) - _window.PadLeft + (kw * _window.DilationW);
                        if (y >= 0 && y < Input.Height && x >= 0 && x < Input.Width)
                        {
                            int tap = (((((oc * _groupInputs) + ic) * _window.KernelH) + kh) * _window.KernelW) + kw;
                            visit(to, (((channel * Input.Height) + y) * Input.Width) + x, tap);
                        }
                    }
                }
            }
        });
    }
}
