using NetGen.Generator.Collections;
using NetGen.Generator.Diagnostics;
using NetGen.Generator.Graph.FullyConvolutional;

namespace NetGen.Generator.Graph.Ops;

/// <summary>Some of the channels of a map, or elements of a vector.</summary>
internal sealed record SliceOp(int Start, int Count) : Operator
{
    public override GradientRule Gradient => new(ReadsInput: false, ReadsOutput: false);

    public override string Description => Count == 1 ? $"Slice {Start}" : $"Slice {Start} to {Start + Count - 1}";

    public override TensorShape InferShape(EquatableArray<TensorShape> inputs) => inputs[0] with { Channels = Count };

    public override bool SelectsChannels => true;

    public override EquatableArray<int> SelectedChannels(EquatableArray<TensorShape> inputs) => Enumerable.Range(Start, Count).ToEquatableArray();

    public override SlidingOperator Slide(SlidingValue input) => new(this);
}

/// <summary><c>[Slice]</c>.</summary>
internal sealed class SliceDefinition : OperatorDefinition
{
    public override string NameStem => "slice";

    public override Operator? Create(LayerArguments arguments, TensorShape? input, LayerProblems problems)
    {
        int start = arguments.Integer("start", 0), count = SizeArguments.Positive("count", arguments.Integer("count", 0), problems);
        if (start < 0)
        {
            problems.Error(DiagnosticIds.NegativePadding, "start", TextOf.Integer(start));
            return null;
        }

        if (input is { } shape && count > 0 && (long)start + count > shape.Channels)
        {
            string remedy = start < shape.Channels ? $"from {start} on there are {shape.Channels - start}" : $"the last one is {shape.Channels - 1}";
            problems.Error(
                DiagnosticIds.SliceOutOfRange,
                TextOf.Integer(start),
                ((long)start + count - 1).ToString(System.Globalization.CultureInfo.InvariantCulture),
                TextOf.Integer(shape.Channels),
                shape.IsVector ? "elements" : "channels",
                remedy);
            return null;
        }

        return count > 0 ? new SliceOp(start, count) : null;
    }
}
