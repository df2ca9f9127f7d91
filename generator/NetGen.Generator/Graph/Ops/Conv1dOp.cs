namespace NetGen.Generator.Graph.Ops;

/// <summary><c>[Conv1d]</c>: a sequence is a map of one row, and its convolution that of the row.</summary>
internal sealed class Conv1dDefinition : OperatorDefinition
{
    public override string NameStem => "conv";

    public override Operator? Create(LayerArguments arguments, TensorShape? input, LayerProblems problems) =>
        Conv2dDefinition.Create(arguments, input, problems, Name, isSequence: true);
}
