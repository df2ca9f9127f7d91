using NetGen.Generator.Collections;
using NetGen.Generator.Diagnostics;
using NetGen.Generator.Graph.FullyConvolutional;

namespace NetGen.Generator.Graph.Ops;

/// <summary>The channels of groups dealt out to each other (PyTorch's <c>ChannelShuffle</c>).</summary>
internal sealed record ChannelShuffleOp(int Groups) : Operator
{
    public override GradientRule Gradient => new(ReadsInput: false, ReadsOutput: false);

    public override string Description => $"ChannelShuffle {Groups}";

    public override TensorShape InferShape(EquatableArray<TensorShape> inputs) => inputs[0];

    public override bool SelectsChannels => true;

    public override EquatableArray<int> SelectedChannels(EquatableArray<TensorShape> inputs)
    {
        int channels = inputs[0].Channels;
        return Enumerable.Range(0, channels).Select(channel => (channel % Groups * (channels / Groups)) + (channel / Groups)).ToEquatableArray();
    }

    public override SlidingOperator Slide(SlidingValue input) => new(this);
}

/// <summary><c>[ChannelShuffle]</c>.</summary>
internal sealed class ChannelShuffleDefinition : OperatorDefinition
{
    public override string NameStem => "shuffle";

    public override Operator? Create(LayerArguments arguments, TensorShape? input, LayerProblems problems)
    {
        int groups = SizeArguments.Positive("groups", arguments.Integer("groups", 0), problems);
        bool isMap = WindowArguments.RequireFeatureMap(Name, input, problems);
        if (groups > 0 && input is { IsVector: false } shape && shape.Channels % groups != 0)
        {
            problems.Error(DiagnosticIds.ShuffleGroups, TextOf.Integer(groups), TextOf.CommonDivisors(shape.Channels, shape.Channels));
            groups = 0;
        }

        return groups > 0 && isMap ? new ChannelShuffleOp(groups) : null;
    }
}
