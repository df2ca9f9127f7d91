using NetGen.Generator.Collections;

namespace NetGen.Generator.Declaration;

/// <summary>What the user declared, by value: no symbol, no syntax, no location. The parser's result and the graph's source.</summary>
/// <param name="Class">The partial class that carries the attributes.</param>
/// <param name="Options">The arguments of <c>[Network]</c>.</param>
/// <param name="Layers">
/// The other NetGen attributes, <c>[Input]</c>, <c>[Output]</c> and <c>[Loss]</c> among them, in the order of the source; those of the network that
/// it is derived from where there is a <see cref="Derivation"/>.
/// </param>
internal sealed record NetworkSpec(TargetClass Class, NetworkOptions Options, EquatableArray<LayerSpec> Layers)
{
    /// <summary>The blocks that the layers use, and those that these use, each once.</summary>
    public EquatableArray<BlockSpec> Blocks { get; init; } = EquatableArray<BlockSpec>.Empty;

    /// <summary>The names of the outputs as identifiers of C#; empty where no <c>[Output]</c> gives any.</summary>
    public EquatableArray<string> Outputs { get; init; } = EquatableArray<string>.Empty;

    /// <summary>How the network comes from the one that the layers declare; null where it is that one.</summary>
    public FullyConvolutionalSpec? Derivation { get; init; }
}

/// <summary>The arguments of <c>[Network]</c>.</summary>
internal sealed record NetworkOptions(bool Training, UnrollMode Unroll, bool InputGradients, ConvolutionChoice Convolution = ConvolutionChoice.Automatic);

/// <summary>How convolutions are computed at inference; the values are those of <c>NetGen.ConvolutionAlgorithm</c>.</summary>
internal enum ConvolutionChoice
{
    Automatic = 0,
    Direct = 1,
}

/// <summary>How far loops are unrolled; the values are those of <c>NetGen.Unroll</c>.</summary>
internal enum UnrollMode
{
    Balanced = 0,
    Full = 1,
    Compact = 2,
}

/// <summary>One attribute: <c>[Conv2d(6, 5, Padding = 2)]</c> is the operator <c>Conv2d</c> with the arguments outChannels, kernelSize and Padding.</summary>
internal sealed record LayerSpec(string Operator, EquatableArray<Argument> Arguments)
{
    /// <summary>
    /// Stands for an attribute that names no known type, or a layer out of order: it is no layer, but what comes after it
    /// cannot be judged, so that one mistake does not show as several.
    /// </summary>
    public static LayerSpec Unresolved { get; } = new("", EquatableArray<Argument>.Empty);

    public bool IsUnresolved => Operator.Length == 0;

    public bool IsUnreadable => Arguments.Any(argument => argument.Value is UnreadableArgument);
}

/// <summary>One argument of an attribute under the name of its constructor parameter or property.</summary>
internal sealed record Argument(string Name, ArgumentValue Value);

/// <summary>The value of an attribute's argument.</summary>
internal abstract record ArgumentValue;

internal sealed record IntegerArgument(IntegerExpression Expression) : ArgumentValue;

internal sealed record NumberArgument(double Value) : ArgumentValue;

internal sealed record NumbersArgument(EquatableArray<double> Values) : ArgumentValue;

internal sealed record FlagArgument(bool Value) : ArgumentValue;

/// <summary>A flag that depends on a block's parameters; set where the expression is not 0.</summary>
internal sealed record ConditionArgument(IntegerExpression Expression) : ArgumentValue;

internal sealed record TextArgument(string? Value) : ArgumentValue;

/// <summary>An array of texts; a null in it is empty.</summary>
internal sealed record TextsArgument(EquatableArray<string> Values) : ArgumentValue;

/// <summary>A type: the <see cref="BlockSpec.Key"/> of the block that it is, or would have to be.</summary>
internal sealed record TypeArgument(string Key) : ArgumentValue;

/// <summary>An array of objects.</summary>
internal sealed record ValuesArgument(EquatableArray<ArgumentValue> Values) : ArgumentValue;

/// <summary>An argument that does not compile; the compiler says so itself.</summary>
internal sealed record UnreadableArgument : ArgumentValue;
