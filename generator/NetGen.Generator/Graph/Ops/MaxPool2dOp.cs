using NetGen.Generator.Collections;

namespace NetGen.Generator.Graph.Ops;

/// <summary>The largest value under each window; the padding never wins (PyTorch's <c>MaxPool2d</c>).</summary>
internal sealed record MaxPool2dOp(Window2d Window) : Operator
{
    public override GradientRule Gradient => new(ReadsInput: true, ReadsOutput: true);

    public override string Description => "MaxPool2d " + Window.Describe(Window.KernelH, Window.KernelW);

    public override TensorShape InferShape(EquatableArray<TensorShape> inputs) =>
        new(inputs[0].Channels, Window.OutputHeight(inputs[0].Height), Window.OutputWidth(inputs[0].Width));
}

/// <summary><c>[MaxPool2d]</c>.</summary>
internal sealed class MaxPool2dDefinition : OperatorDefinition
{
    public override string NameStem => "pool";

    public override Operator? Create(LayerArguments arguments, TensorShape? input, LayerProblems problems) =>
        WindowArguments.ReadPool(Name, arguments, input, problems) is { } window ? new MaxPool2dOp(window) : null;
}
