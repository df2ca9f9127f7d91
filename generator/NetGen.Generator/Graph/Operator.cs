using NetGen.Generator.Collections;
using NetGen.Generator.Graph.FullyConvolutional;

namespace NetGen.Generator.Graph;

/// <summary>
/// What a layer computes, every argument resolved: the shape rule, the parameters, the cost and the gradient rule of one
/// operator. How it is computed is the schedule's business, how that is written down its emitter's.
/// </summary>
internal abstract record Operator
{
    /// <summary>The shape of the result; the inputs have been checked.</summary>
    public abstract TensorShape InferShape(EquatableArray<TensorShape> inputs);

    /// <summary>The trained tensors, and those that training keeps beside them, in PyTorch's names, order and layout.</summary>
    public virtual EquatableArray<ParameterSpec> Parameters(EquatableArray<TensorShape> inputs) => EquatableArray<ParameterSpec>.Empty;

    /// <summary>Multiply-adds of one image in convolutions and matrix products, as the literature counts them.</summary>
    public virtual long MultiplyAdds(EquatableArray<TensorShape> inputs) => 0;

    /// <summary>What the operator's backward code reads besides the gradient of its result.</summary>
    public abstract GradientRule Gradient { get; }

    /// <summary>Whether the result may take the memory of the input (same elements at the same places).</summary>
    public virtual bool IsElementwise => false;

    /// <summary>Whether the result is the input under another shape, in PyTorch's order.</summary>
    public virtual bool IsReshape => false;

    /// <summary>Whether it does nothing but select channels of its inputs.</summary>
    public virtual bool SelectsChannels => false;

    /// <summary>For each channel of the result which one it is of the inputs' channels, numbered one input's behind the other's.</summary>
    /// <exception cref="NotSupportedException">The operator does more than to select channels.</exception>
    public virtual EquatableArray<int> SelectedChannels(EquatableArray<TensorShape> inputs) =>
        throw new NotSupportedException($"{Description} does not select channels.");

    /// <summary>Whether an activation can be applied where its result is stored.</summary>
    public virtual bool AcceptsActivation => false;

    /// <summary>Whether a scale and a shift of each channel of its result can be folded into its weights.</summary>
    public virtual bool AcceptsNormalization => false;

    /// <summary>Whether it lets half of what is centred on zero through: weights before it start larger by as much.</summary>
    public virtual bool IsRectifier => false;

    /// <summary>Whether its counterpart over a whole image can read a flattened map, whose elements are no channels.</summary>
    public virtual bool SlidesFlattened => false;

    /// <summary>
    /// The operator with one input that gives over a whole image what this one gives for each window. Unless said it is refused, but for
    /// elementwise ones: what it reads of its window is not known.
    /// </summary>
    public virtual SlidingOperator Slide(SlidingValue input) => IsElementwise ? new(this) : SlidingOperator.Refuse(SlidingOperator.Unknown);

    /// <summary>Why the operator with several inputs is not its own counterpart over a whole image; null where it is.</summary>
    public virtual string? RefusalToSlide(IReadOnlyList<SlidingValue> inputs) => SlidingOperator.Unknown;

    /// <summary>The operator as the layer table shows it: <c>Conv2d 5×5, padding 2</c>.</summary>
    public abstract string Description { get; }
}

/// <summary>The values of the forward pass that an operator's backward code reads, and so training keeps.</summary>
internal readonly record struct GradientRule(bool ReadsInput, bool ReadsOutput);

/// <summary>One tensor of a layer.</summary>
/// <param name="Name">PyTorch's leaf name: <c>weight</c>, <c>bias</c>; empty for a tensor with the layer's own name.</param>
/// <param name="Shape">PyTorch's shape, for instance OIHW.</param>
/// <param name="FanIn">Inputs that one output sums over; 0 for a tensor that starts with one value everywhere.</param>
/// <param name="FanOut">Outputs that one input reaches.</param>
internal sealed record ParameterSpec(string Name, EquatableArray<int> Shape, long FanIn, long FanOut)
{
    /// <summary>A tensor that starts with one value everywhere.</summary>
    public static ParameterSpec Constant(string name, EquatableArray<int> shape, double value) => new(name, shape, 0, 0) { InitialValue = value };

    /// <summary>The tensor's name in a network.</summary>
    public string NameIn(string layer) => Name.Length == 0 ? layer : $"{layer}.{Name}";

    /// <summary>The mean of the initial values; all of them where there is no <see cref="FanIn"/>.</summary>
    public double InitialValue { get; init; }

    /// <summary>Whether the optimizer changes it. The others are statistics that training keeps: they are no parameters by the literature's count.</summary>
    public bool IsTrained { get; init; } = true;
}

/// <summary>An elementwise function that can be applied where a result is stored.</summary>
internal abstract record ActivationOperator : Operator
{
    public sealed override bool IsElementwise => true;

    public sealed override bool SlidesFlattened => true;

    /// <summary>Whether a greater argument never has a smaller value, so that a maximum may be taken before it.</summary>
    public virtual bool IsMonotone => false;

    public sealed override TensorShape InferShape(EquatableArray<TensorShape> inputs) => inputs[0];

    /// <summary>
    /// Whether its derivative takes the argument, since the result alone does not tell it. Training then keeps the argument: the function is
    /// neither applied where that is stored nor written over it.
    /// </summary>
    public virtual bool GradientReadsInput => false;

    public sealed override GradientRule Gradient => new(ReadsInput: GradientReadsInput, ReadsOutput: !GradientReadsInput);
}
