using NetGen.Generator.Collections;
using NetGen.Generator.Graph.Ops;

namespace NetGen.Generator.Graph;

/// <summary>Operators and the values between them, in execution order. A chain is its simplest case.</summary>
/// <param name="Values">Every value; its index is its number.</param>
/// <param name="Nodes">The operators, each after those whose values it reads.</param>
/// <param name="Input">The value that the caller gives.</param>
/// <param name="Output">The value that the caller gets.</param>
internal sealed record NetworkGraph(EquatableArray<Value> Values, EquatableArray<Node> Nodes, int Input, int Output)
{
    /// <summary>What <c>[Output]</c> declares, in its order: parts of the output, one behind the other. Empty where nothing does.</summary>
    public EquatableArray<NamedOutput> Outputs { get; init; } = EquatableArray<NamedOutput>.Empty;

    public TensorShape InputShape => Values[Input].Shape;

    public TensorShape OutputShape => Values[Output].Shape;

    public EquatableArray<TensorShape> InputShapesOf(Node node) => node.Inputs.Select(value => Values[value].Shape).ToEquatableArray();
}

/// <summary>One of a network's outputs.</summary>
internal sealed record NamedOutput(string Name, TensorShape Shape);

/// <summary>A batch normalisation by its running averages, which scales and shifts what a convolution gives.</summary>
/// <param name="Name">The layer's name, under which its parameters lie.</param>
internal sealed record FoldedNormalization(string Name, BatchNorm2dOp Operator);

/// <summary>A value that flows between operators.</summary>
internal sealed record Value(int Id, TensorShape Shape);

/// <summary>One operator at work.</summary>
/// <param name="Name">The layer's name: <c>conv1</c>, or what the user said.</param>
/// <param name="Operator">What it computes, with every argument resolved.</param>
/// <param name="Inputs">The values it reads.</param>
/// <param name="Output">The value it makes.</param>
/// <param name="Layer">The index of its attribute in <see cref="Declaration.NetworkSpec.Layers"/>; -1 where no attribute stands for it. A network that is derived from another has that one's.</param>
/// <param name="Activation">The elementwise function applied to its result before that is stored; set by a pass.</param>
internal sealed record Node(string Name, Operator Operator, EquatableArray<int> Inputs, int Output, int Layer, ActivationOperator? Activation = null)
{
    public int Input => Inputs[0];

    /// <summary>The normalisation that is folded into the operator's weights, before the activation; set by a pass.</summary>
    public FoldedNormalization? Normalization { get; init; }
}
