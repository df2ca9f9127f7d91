using NetGen.Generator.Collections;
using NetGen.Generator.Graph.FullyConvolutional;

namespace NetGen.Generator.Graph.Ops;

/// <summary>The greatest value under each of the windows of unequal sizes that divide a map (PyTorch's <c>AdaptiveMaxPool2d</c>).</summary>
internal sealed record AdaptiveMaxPool2dOp(int OutputHeight, int OutputWidth) : Operator
{
    public override GradientRule Gradient => new(ReadsInput: true, ReadsOutput: true);

    public override string Description => $"AdaptiveMaxPool2d to {OutputHeight}×{OutputWidth}";

    public override TensorShape InferShape(EquatableArray<TensorShape> inputs) => new(inputs[0].Channels, OutputHeight, OutputWidth);

    public override SlidingOperator Slide(SlidingValue input) => AdaptiveWindows.RefuseToSlide(input);
}

/// <summary><c>[AdaptiveMaxPool2d]</c>: another pool where its windows are regular.</summary>
internal sealed class AdaptiveMaxPool2dDefinition : OperatorDefinition
{
    public override string NameStem => "pool";

    public override Operator? Create(LayerArguments arguments, TensorShape? input, LayerProblems problems)
    {
        if (AdaptiveWindows.Read(Name, arguments, input, problems) is not { } size || input is not { } shape)
        {
            return null;
        }

        return AdaptiveWindows.Regular(shape, size) is { } window
            ? new MaxPool2dOp(window) { IsGlobal = size is { Height: 1, Width: 1 } }
            : new AdaptiveMaxPool2dOp(size.Height, size.Width);
    }
}
