using NetGen.Generator.Collections;

namespace NetGen.Generator.Graph.Ops;

/// <summary>
/// Channels of one or several maps in any order: what joins, shuffles and slices that follow each other come to. Predictions have it; a pass
/// makes it.
/// </summary>
/// <param name="Channels">For each channel of the result its number among those of all inputs, one input's behind the other's.</param>
internal sealed record SelectChannelsOp(EquatableArray<int> Channels) : Operator
{
    public override GradientRule Gradient => new(ReadsInput: false, ReadsOutput: false);

    public override string Description => $"Select {Channels.Count} channels";

    public override TensorShape InferShape(EquatableArray<TensorShape> inputs) => inputs[0] with { Channels = Channels.Count };

    public override bool SelectsChannels => true;

    public override EquatableArray<int> SelectedChannels(EquatableArray<TensorShape> inputs) => Channels;
}
