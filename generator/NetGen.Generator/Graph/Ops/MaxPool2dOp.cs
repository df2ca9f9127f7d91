using NetGen.Generator.Collections;
using NetGen.Generator.Graph.FullyConvolutional;

namespace NetGen.Generator.Graph.Ops;

/// <summary>The largest value under each window; the padding never wins (PyTorch's <c>MaxPool2d</c>).</summary>
internal sealed record MaxPool2dOp(Window2d Window) : Operator
{
    /// <summary>Whether it takes the maxima of 2×2 elements each, and leaves out a last row or column that has no partner.</summary>
    public bool IsHalving(TensorShape input) =>
        Window with { CeilMode = false } == new Window2d(2, 2, 2, 2, 0, 0, 0, 0)
        && (!Window.CeilMode || (input.Height % 2 == 0 && input.Width % 2 == 0));

    public override GradientRule Gradient => new(ReadsInput: true, ReadsOutput: true);

    /// <summary>Whether it is declared over the whole map, whatever its size, so that the stride means nothing.</summary>
    public bool IsGlobal { get; init; }

    /// <summary>Whether it is declared over sequences, maps of one row.</summary>
    public bool IsSequence { get; init; }

    public override string Description =>
        IsSequence ? "MaxPool1d " + Window.DescribeRow(Window.KernelW) : "MaxPool2d " + Window.Describe(Window.KernelH, Window.KernelW);

    public override TensorShape InferShape(EquatableArray<TensorShape> inputs) =>
        new(inputs[0].Channels, Window.OutputHeight(inputs[0].Height), Window.OutputWidth(inputs[0].Width));

    public override SlidingOperator Slide(SlidingValue input) => IsGlobal
        ? new(this with { Window = SlidingOperator.Over(input.Window) })
        : SlidingOperator.Pooled(Window, input.Window, window => this with { Window = window });
}

/// <summary><c>[MaxPool2d]</c>.</summary>
internal sealed class MaxPool2dDefinition : OperatorDefinition
{
    public override string NameStem => "pool";

    public override Operator? Create(LayerArguments arguments, TensorShape? input, LayerProblems problems) =>
        WindowArguments.ReadPool(Name, arguments, input, problems) is { } window ? new MaxPool2dOp(window) : null;
}
