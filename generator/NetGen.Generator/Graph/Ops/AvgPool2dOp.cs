using NetGen.Generator.Collections;
using NetGen.Generator.Graph.FullyConvolutional;

namespace NetGen.Generator.Graph.Ops;

/// <summary>The mean under each window (PyTorch's <c>AvgPool2d</c>).</summary>
internal sealed record AvgPool2dOp(Window2d Window, bool CountIncludePad) : Operator
{
    public override GradientRule Gradient => new(ReadsInput: false, ReadsOutput: false);

    /// <summary>Whether it is declared over sequences, maps of one row.</summary>
    public bool IsSequence { get; init; }

    public override string Description =>
        (IsSequence ? "AvgPool1d " + Window.DescribeRow(Window.KernelW) : "AvgPool2d " + Window.Describe(Window.KernelH, Window.KernelW)) + (CountIncludePad ? "" : ", padding not counted");

    public override TensorShape InferShape(EquatableArray<TensorShape> inputs) =>
        new(inputs[0].Channels, Window.OutputHeight(inputs[0].Height), Window.OutputWidth(inputs[0].Width));

    public override SlidingOperator Slide(SlidingValue input) =>
        SlidingOperator.Pooled(Window, input.Window, window => this with { Window = window });
}

/// <summary><c>[AvgPool2d]</c>.</summary>
internal sealed class AvgPool2dDefinition : OperatorDefinition
{
    public override string NameStem => "pool";

    public override Operator? Create(LayerArguments arguments, TensorShape? input, LayerProblems problems) =>
        WindowArguments.ReadPool(Name, arguments, input, problems) is { } window
            ? new AvgPool2dOp(window, arguments.Flag("CountIncludePad", true))
            : null;
}
