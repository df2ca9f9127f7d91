using NetGen.Generator.Collections;
using NetGen.Generator.Graph.FullyConvolutional;

namespace NetGen.Generator.Graph.Ops;

/// <summary>The mean of each channel, as a map of C×1×1.</summary>
internal sealed record GlobalAvgPool2dOp : Operator
{
    public override GradientRule Gradient => new(ReadsInput: false, ReadsOutput: false);

    public override string Description => "GlobalAvgPool2d";

    public override TensorShape InferShape(EquatableArray<TensorShape> inputs) => new(inputs[0].Channels, 1, 1);

    public override SlidingOperator Slide(SlidingValue input) => new(new AvgPool2dOp(SlidingOperator.Over(input.Window), CountIncludePad: true));
}

/// <summary><c>[GlobalAvgPool2d]</c>.</summary>
internal sealed class GlobalAvgPool2dDefinition : OperatorDefinition
{
    public override string NameStem => "pool";

    public override Operator? Create(LayerArguments arguments, TensorShape? input, LayerProblems problems)
    {
        WindowArguments.RequireFeatureMap(Name, input, problems);
        return new GlobalAvgPool2dOp();
    }
}
