using NetGen.Generator.Collections;
using NetGen.Generator.Diagnostics;
using NetGen.Generator.Graph.FullyConvolutional;

namespace NetGen.Generator.Graph.Ops;

/// <summary>
/// The transpose of a convolution (PyTorch's <c>ConvTranspose2d</c>): what that convolution's gradient of its input is of the gradient of its
/// result.
/// </summary>
/// <param name="Window">The convolution's window.</param>
/// <param name="OutputPadding">Rows and columns of the result that the convolution's windows need not reach.</param>
internal sealed record ConvTranspose2dOp(int OutChannels, Window2d Window, SizePair OutputPadding, int Groups, bool HasBias) : Operator
{
    public override bool AcceptsActivation => true;

    public override bool AcceptsNormalization => true;

    public override GradientRule Gradient => new(ReadsInput: true, ReadsOutput: false);

    public override string Description => "ConvTranspose2d " + Window.Describe(1, 1)
        + (OutputPadding == default ? "" : $", output padding {TextOf.Pair(OutputPadding.Height, OutputPadding.Width)}")
        + (Groups == 1 ? "" : $", groups {Groups}") + (HasBias ? "" : ", no bias");

    /// <summary>The convolution, from the result to the input.</summary>
    public Conv2dOp Transpose(TensorShape input) => new(input.Channels, Window, Groups, HasBias: false);

    public override TensorShape InferShape(EquatableArray<TensorShape> inputs) => new(
        OutChannels,
        (int)(PaddedHeight(inputs[0].Height) - Window.PadTop - Window.PadBottom),
        (int)(PaddedWidth(inputs[0].Width) - Window.PadLeft - Window.PadRight));

    /// <summary>Rows of the result and what padding leaves out of it.</summary>
    public long PaddedHeight(int height) => ((height - 1L) * Window.StrideH) + Window.ExtentH + OutputPadding.Height;

    public long PaddedWidth(int width) => ((width - 1L) * Window.StrideW) + Window.ExtentW + OutputPadding.Width;

    public override EquatableArray<ParameterSpec> Parameters(EquatableArray<TensorShape> inputs)
    {
        int channels = inputs[0].Channels, groupOutputs = OutChannels / Groups;

        // Strides let a result meet some of the taps only. Parameters that are too many come here to be counted.
        long taps = (long)Window.KernelH * Window.KernelW;
        long fanIn = Math.Max(1, channels / Groups * taps / ((long)Window.StrideH * Window.StrideW));
        var weight = new ParameterSpec(
            "weight", EquatableArray.Of(channels, groupOutputs, Window.KernelH, Window.KernelW), fanIn, groupOutputs * taps);
        return HasBias ? EquatableArray.Of(weight, new ParameterSpec("bias", EquatableArray.Of(OutChannels), 0, 0)) : EquatableArray.Of(weight);
    }

    public override long MultiplyAdds(EquatableArray<TensorShape> inputs) =>
        inputs[0].Length * (OutChannels / Groups) * Window.KernelH * Window.KernelW;

    /// <summary>Windows that overlap add to each other's results; gaps between them belong to none.</summary>
    public override SlidingOperator Slide(SlidingValue input) => new(this)
    {
        Scale = new(Window.StrideH, Window.StrideW),
        SeesNeighbours = Window.ExtentH > Window.StrideH || Window.ExtentW > Window.StrideW || OutputPadding != default,
    };
}

/// <summary><c>[ConvTranspose2d]</c>.</summary>
internal sealed class ConvTranspose2dDefinition : OperatorDefinition
{
    public override string NameStem => "deconv";

    public override Operator? Create(LayerArguments arguments, TensorShape? input, LayerProblems problems)
    {
        int outChannels = SizeArguments.Positive("outChannels", arguments.Integer("outChannels", 0), problems);
        int groups = SizeArguments.Positive("Groups", arguments.Integer("Groups", 1), problems);
        bool groupsFit = outChannels > 0 && groups > 0 && Conv2dDefinition.CheckGroups(groups, outChannels, input, problems);
        SizePair? kernel = SizeArguments.Positional("kernelSize", "kernelHeight", "kernelWidth", arguments, problems);
        SizePair? stride = SizeArguments.Pair("Stride", new(1, 1), 1, arguments, problems);
        SizePair? dilation = SizeArguments.Pair("Dilation", new(1, 1), 1, arguments, problems);
        SizePair? padding = SizeArguments.Pair("Padding", new(0, 0), 0, arguments, problems);
        SizePair? outputPadding = SizeArguments.Pair("OutputPadding", new(0, 0), 0, arguments, problems);
        bool isMap = WindowArguments.RequireFeatureMap(Name, input, problems);
        if (stride is not { } s || dilation is not { } d || outputPadding is not { } o || !CheckOutputPadding(o, s, d, problems)
            || kernel is not { } k || padding is not { } p || !groupsFit || !isMap || input is not { } shape)
        {
            return null;
        }

        var window = new Window2d(k.Height, k.Width, s.Height, s.Width, p.Height, p.Height, p.Width, p.Width, d.Height, d.Width);
        var transposed = new ConvTranspose2dOp(outChannels, window, o, groups, arguments.Flag("Bias", true));
        return CheckResult(transposed, shape, problems) ? transposed : null;
    }

    private static bool CheckOutputPadding(SizePair outputPadding, SizePair stride, SizePair dilation, LayerProblems problems)
    {
        int mostHeight = Math.Max(stride.Height, dilation.Height) - 1, mostWidth = Math.Max(stride.Width, dilation.Width) - 1;
        if (outputPadding.Height <= mostHeight && outputPadding.Width <= mostWidth)
        {
            return true;
        }

        problems.Error(
            DiagnosticIds.OutputPaddingTooLarge, TextOf.Pair(outputPadding.Height, outputPadding.Width), TextOf.Pair(mostHeight, mostWidth));
        return false;
    }

    private static bool CheckResult(ConvTranspose2dOp transposed, TensorShape input, LayerProblems problems)
    {
        Window2d window = transposed.Window;
        long height = transposed.PaddedHeight(input.Height), width = transposed.PaddedWidth(input.Width);
        string size = FormattableString.Invariant($"{height}×{width}");
        if (height >= GraphLimits.ValueElements || width >= GraphLimits.ValueElements)
        {
            problems.Error(DiagnosticIds.TransposedResultTooLarge, size, TextOf.Count(GraphLimits.ValueElements));
            return false;
        }

        if (height <= 2L * window.PadTop || width <= 2L * window.PadLeft)
        {
            problems.Error(
                DiagnosticIds.NothingLeftOfResult,
                TextOf.Pair(window.PadTop, window.PadLeft),
                size,
                FormattableString.Invariant($"{(height - 1) / 2}×{(width - 1) / 2}"));
            return false;
        }

        return true;
    }
}
