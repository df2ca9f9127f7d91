namespace NetGen.Generator.Graph.Ops;

/// <summary><c>[MaxPool1d]</c>: a sequence is a map of one row.</summary>
internal sealed class MaxPool1dDefinition : OperatorDefinition
{
    public override string NameStem => "pool";

    public override Operator? Create(LayerArguments arguments, TensorShape? input, LayerProblems problems) =>
        WindowArguments.ReadPool(Name, arguments, input, problems, isSequence: true) is { } window
            ? new MaxPool2dOp(window) { IsSequence = true }
            : null;
}

/// <summary><c>[AvgPool1d]</c>: a sequence is a map of one row.</summary>
internal sealed class AvgPool1dDefinition : OperatorDefinition
{
    public override string NameStem => "pool";

    public override Operator? Create(LayerArguments arguments, TensorShape? input, LayerProblems problems) =>
        WindowArguments.ReadPool(Name, arguments, input, problems, isSequence: true) is { } window
            ? new AvgPool2dOp(window, arguments.Flag("CountIncludePad", true)) { IsSequence = true }
            : null;
}
