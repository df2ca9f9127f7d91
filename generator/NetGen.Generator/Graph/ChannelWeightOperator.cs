using NetGen.Generator.Collections;

namespace NetGen.Generator.Graph;

/// <summary>An elementwise function with a trained weight for each channel of a map or each element of a vector, or with one for all.</summary>
internal abstract record ChannelWeightOperator(bool Shared) : Operator
{
    public sealed override bool IsElementwise => true;

    /// <summary>The result does not tell its argument: a weight may be negative or zero.</summary>
    public sealed override GradientRule Gradient => new(ReadsInput: true, ReadsOutput: false);

    public sealed override bool SlidesFlattened => Shared;

    /// <summary>The weights' name behind the layer's.</summary>
    public abstract string WeightName { get; }

    /// <summary>What the weights start as.</summary>
    protected abstract double InitialWeight { get; }

    public sealed override TensorShape InferShape(EquatableArray<TensorShape> inputs) => inputs[0];

    public sealed override EquatableArray<ParameterSpec> Parameters(EquatableArray<TensorShape> inputs) =>
        EquatableArray.Of(ParameterSpec.Constant(WeightName, EquatableArray.Of(Shared ? 1 : inputs[0].Channels), InitialWeight));
}
