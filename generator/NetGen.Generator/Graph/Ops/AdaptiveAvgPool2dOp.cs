using NetGen.Generator.Collections;
using NetGen.Generator.Graph.FullyConvolutional;

namespace NetGen.Generator.Graph.Ops;

/// <summary>The mean under each of the windows of unequal sizes that divide a map (PyTorch's <c>AdaptiveAvgPool2d</c>).</summary>
internal sealed record AdaptiveAvgPool2dOp(int OutputHeight, int OutputWidth) : Operator
{
    public override GradientRule Gradient => new(ReadsInput: false, ReadsOutput: false);

    public override string Description => $"AdaptiveAvgPool2d to {OutputHeight}×{OutputWidth}";

    public override TensorShape InferShape(EquatableArray<TensorShape> inputs) => new(inputs[0].Channels, OutputHeight, OutputWidth);

    public override SlidingOperator Slide(SlidingValue input) => AdaptiveWindows.RefuseToSlide(input);
}

/// <summary><c>[AdaptiveAvgPool2d]</c>: another pool where its windows are regular.</summary>
internal sealed class AdaptiveAvgPool2dDefinition : OperatorDefinition
{
    public override string NameStem => "pool";

    public override Operator? Create(LayerArguments arguments, TensorShape? input, LayerProblems problems)
    {
        if (AdaptiveWindows.Read(Name, arguments, input, problems) is not { } size || input is not { } shape)
        {
            return null;
        }

        if (size is { Height: 1, Width: 1 })
        {
            return new GlobalAvgPool2dOp();
        }

        return AdaptiveWindows.Regular(shape, size) is { } window
            ? new AvgPool2dOp(window, CountIncludePad: true)
            : new AdaptiveAvgPool2dOp(size.Height, size.Width);
    }
}
