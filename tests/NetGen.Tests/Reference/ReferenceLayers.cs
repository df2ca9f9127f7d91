namespace NetGen.Tests.Reference;

/// <summary>The reference of each layer attribute.</summary>
internal static class ReferenceLayers
{
    public static ReferenceLayer Of(LayerAttribute attribute, TensorShape shape) => attribute switch
    {
        Conv2dAttribute convolution => Convolution(convolution, shape),
        Conv1dAttribute convolution => Convolution(convolution, shape),
        MaxPool1dAttribute pool => new MaxPool2dReference(new(shape, 1, pool.KernelSize, 1, pool.Stride, 0, pool.Padding, pool.CeilMode)),
        AvgPool1dAttribute pool => new AvgPool2dReference(
            new(shape, 1, pool.KernelSize, 1, pool.Stride, 0, pool.Padding, pool.CeilMode), pool.CountIncludePad),
        LinearAttribute linear => new LinearReference(shape, linear.OutFeatures, linear.Bias),
        MaxPool2dAttribute pool => new MaxPool2dReference(Windows(
            shape, pool.KernelHeight, pool.KernelWidth, pool.Stride, pool.StrideH, pool.StrideW, pool.Padding, pool.PaddingH, pool.PaddingW, pool.CeilMode)),
        AvgPool2dAttribute pool => new AvgPool2dReference(
            Windows(
                shape, pool.KernelHeight, pool.KernelWidth, pool.Stride, pool.StrideH, pool.StrideW, pool.Padding, pool.PaddingH, pool.PaddingW, pool.CeilMode),
            pool.CountIncludePad),
        GlobalAvgPool2dAttribute => new GlobalAvgPool2dReference(shape),
        ConvTranspose2dAttribute transposed => Transposed(transposed, shape),
        PadAttribute pad => new PadReference(shape, pad),
        ChannelShuffleAttribute shuffle => new ChannelShuffleReference(shape, shuffle.Groups),
        SliceAttribute slice => new SliceReference(shape, slice.Start, slice.Count),
        UpsampleAttribute upsample => new UpsampleReference(shape, upsample.ScaleHeight, upsample.ScaleWidth, upsample.Mode, upsample.AlignCorners),
        GlobalMaxPool2dAttribute => new AdaptivePool2dReference(shape, 1, 1, takesGreatest: true),
        AdaptiveAvgPool2dAttribute pool => new AdaptivePool2dReference(shape, pool.OutputHeight, pool.OutputWidth, takesGreatest: false),
        AdaptiveMaxPool2dAttribute pool => new AdaptivePool2dReference(shape, pool.OutputHeight, pool.OutputWidth, takesGreatest: true),
        SoftmaxAttribute => new SoftmaxReference(shape),
        ReLUAttribute => new ReluReference(shape),
        LeakyReLUAttribute leaky => new LeakyReluReference(shape, leaky.NegativeSlope),
        PReLUAttribute prelu => new PReluReference(shape, prelu.Shared),
        ScaleAttribute scale => new ScaleReference(shape, scale.Shared),
        SigmoidAttribute => new SigmoidReference(shape),
        TanhAttribute => new TanhReference(shape),
        ReLU6Attribute => new Relu6Reference(shape),
        ELUAttribute elu => new EluReference(shape, elu.Alpha),
        SELUAttribute => new SeluReference(shape),
        GELUAttribute { Approximation: GeluApproximation.Tanh } => new GeluTanhReference(shape),
        GELUAttribute => new GeluReference(shape),
        SiLUAttribute => new SiluReference(shape),
        MishAttribute => new MishReference(shape),
        HardSigmoidAttribute => new HardSigmoidReference(shape),
        HardSwishAttribute => new HardSwishReference(shape),
        SoftplusAttribute softplus => new SoftplusReference(shape, softplus.Beta, softplus.Threshold),
        LayerNormAttribute norm => new LayerNormReference(shape, norm.Over == LayerNormAxes.Channels, norm.Epsilon, norm.Affine),
        LocalResponseNormAttribute norm => new LocalResponseNormReference(shape, norm.Size, norm.Alpha, norm.Beta, norm.K),
        LogSoftmaxAttribute => new LogSoftmaxReference(shape),
        BatchNorm2dAttribute norm => new BatchNorm2dReference(shape, norm.Epsilon, norm.Affine),
        FlattenAttribute => new FlattenReference(shape),
        DropoutAttribute => new PredictedDropoutReference(shape),
        _ => throw new NotSupportedException($"There is no reference for {attribute.GetType().Name}."),
    };

    /// <summary>The names of the layers that an attribute joins to the one before it.</summary>
    public static IReadOnlyList<string> JoinedBy(LayerAttribute attribute) => attribute switch
    {
        AddAttribute add => add.Layers,
        ConcatAttribute concat => concat.Layers,
        MultiplyAttribute multiply => multiply.Layers,
        _ => [],
    };

    public static ReferenceLayer Join(LayerAttribute attribute, TensorShape[] shapes) => attribute switch
    {
        AddAttribute => new AddReference(shapes.Length, shapes[0]),
        ConcatAttribute => new ConcatReference(shapes),
        MultiplyAttribute => new MultiplyReference(shapes),
        _ => throw new NotSupportedException($"There is no reference for {attribute.GetType().Name}."),
    };

    private static Conv2dReference Convolution(Conv2dAttribute convolution, TensorShape shape)
    {
        // Where the two axes differ, Stride and Dilation are as they were, 1, and Padding is 0.
        var window = new ReferenceWindow(convolution.KernelHeight, convolution.KernelWidth)
        {
            StrideH = Math.Max(convolution.Stride, convolution.StrideH),
            StrideW = Math.Max(convolution.Stride, convolution.StrideW),
            DilationH = Math.Max(convolution.Dilation, convolution.DilationH),
            DilationW = Math.Max(convolution.Dilation, convolution.DilationW),
            PadTop = Math.Max(convolution.Padding, convolution.PaddingH),
            PadBottom = Math.Max(convolution.Padding, convolution.PaddingH),
            PadLeft = Math.Max(convolution.Padding, convolution.PaddingW),
            PadRight = Math.Max(convolution.Padding, convolution.PaddingW),
        };
        return new Conv2dReference(
            shape,
            convolution.OutChannels,
            convolution.SamePadding ? window.WithSamePadding(shape) : window,
            convolution.Groups,
            convolution.Bias);
    }

    private static Conv2dReference Convolution(Conv1dAttribute convolution, TensorShape shape)
    {
        var window = new ReferenceWindow(1, convolution.KernelSize)
        {
            StrideW = convolution.Stride,
            DilationW = convolution.Dilation,
            PadLeft = convolution.Padding,
            PadRight = convolution.Padding,
        };
        return new Conv2dReference(
            shape,
            convolution.OutChannels,
            convolution.SamePadding ? window.WithSamePadding(shape) : window,
            convolution.Groups,
            convolution.Bias,
            isSequence: true);
    }

    private static ConvTranspose2dReference Transposed(ConvTranspose2dAttribute transposed, TensorShape shape)
    {
        var window = new ReferenceWindow(transposed.KernelHeight, transposed.KernelWidth)
        {
            StrideH = Math.Max(transposed.Stride, transposed.StrideH),
            StrideW = Math.Max(transposed.Stride, transposed.StrideW),
            DilationH = Math.Max(transposed.Dilation, transposed.DilationH),
            DilationW = Math.Max(transposed.Dilation, transposed.DilationW),
            PadTop = Math.Max(transposed.Padding, transposed.PaddingH),
            PadBottom = Math.Max(transposed.Padding, transposed.PaddingH),
            PadLeft = Math.Max(transposed.Padding, transposed.PaddingW),
            PadRight = Math.Max(transposed.Padding, transposed.PaddingW),
        };
        return new ConvTranspose2dReference(
            shape,
            transposed.OutChannels,
            window,
            Math.Max(transposed.OutputPadding, transposed.OutputPaddingH),
            Math.Max(transposed.OutputPadding, transposed.OutputPaddingW),
            transposed.Groups,
            transposed.Bias);
    }

    private static PoolWindows Windows(
        TensorShape shape, int kernelH, int kernelW, int stride, int strideH, int strideW, int padding, int paddingH, int paddingW, bool ceilMode) =>
        new(
            shape,
            kernelH,
            kernelW,
            stride > 0 ? stride : strideH,
            stride > 0 ? stride : strideW,
            padding > 0 ? padding : paddingH,
            padding > 0 ? padding : paddingW,
            ceilMode);
}
