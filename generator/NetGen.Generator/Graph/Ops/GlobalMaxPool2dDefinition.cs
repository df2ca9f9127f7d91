namespace NetGen.Generator.Graph.Ops;

/// <summary><c>[GlobalMaxPool2d]</c>: the maximum under one window, the whole map.</summary>
internal sealed class GlobalMaxPool2dDefinition : OperatorDefinition
{
    public override string NameStem => "pool";

    public override Operator? Create(LayerArguments arguments, TensorShape? input, LayerProblems problems) =>
        WindowArguments.RequireFeatureMap(Name, input, problems) && input is { } shape
            ? new MaxPool2dOp(new Window2d(shape.Height, shape.Width, shape.Height, shape.Width, 0, 0, 0, 0)) { IsGlobal = true }
            : null;
}
