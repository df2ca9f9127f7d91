namespace NetGen;

/// <summary>
/// Puts the layers of a block in this place, once or several times in a row. The first copy reads the layer before, or what
/// <see cref="LayerAttribute.From"/> names, and each other copy the one before it; the result is that of the last copy's last layer.
/// </summary>
/// <remarks>
/// <para>
/// Names. A layer of the block is named by the prefix of the copy, a dot and its name in the block: <c>conv1</c> in the first of two
/// copies of <c>Name = "layer1"</c> is <c>layer1.0.conv1</c>, and its weights <c>layer1.0.conv1.weight</c>. The prefix is
/// <list type="bullet">
/// <item><description><c>Name</c> for a use with neither <see cref="Repeat"/> nor <see cref="First"/>;</description></item>
/// <item><description><c>Name</c>, a dot and the index for one with either of them: <c>layer1.0</c>, <c>layer1.1</c>;</description></item>
/// <item><description><c>Name</c> with the index in the place of a <c>*</c>, where there is one: <c>denselayer*</c> gives <c>denselayer1</c>, <c>denselayer2</c> with <c>First = 1</c>;</description></item>
/// <item><description>the index alone, or nothing, for <c>Name = ""</c>;</description></item>
/// <item><description>without <c>Name</c>, as if it were <c>block1</c>, <c>block2</c> by the number of the use; but a use inside a block with <see cref="Repeat"/> or <see cref="First"/> has the index alone.</description></item>
/// </list>
/// Layers without a <c>Name</c> are counted by kind inside their block: <c>conv1</c>, <c>conv2</c>.
/// </para>
/// <para>
/// Later layers can refer to the use by its <c>Name</c>, to a copy by its prefix and to a layer inside by its full name.
/// </para>
/// </remarks>
/// <example>
/// <code>
/// [Use(typeof(BasicBlock), Width = 128, Stride = 2, Name = "layer2.0")]
/// [Use(typeof(BasicBlock), Width = 128, Repeat = 3, First = 1, Name = "layer2")]
/// [Use(typeof(Stage), nameof(Stage.Repeats), 3, Width = 256, Name = "layer3")]
/// </code>
/// </example>
/// <param name="block">A class with <see cref="BlockAttribute"/>, of this project or of one that it references.</param>
/// <param name="parameters">
/// Names and values of parameters in turn: <c>nameof(Stage.Repeats), 3</c>. A value is an <see cref="int"/>. A parameter that is not given
/// has the value of its member.
/// </param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class UseAttribute(Type block, params object[] parameters) : LayerAttribute
{
    /// <summary>The class that declares the block.</summary>
    public Type Block { get; } = block;

    /// <summary>Names and values of parameters in turn.</summary>
    public IReadOnlyList<object> Parameters { get; } = parameters;

    /// <summary>The value of the block's parameter <c>Width</c>.</summary>
    public int Width { get; set; }

    /// <summary>The value of the block's parameter <c>Stride</c>.</summary>
    public int Stride { get; set; }

    /// <summary>The value of the block's parameter <c>Expansion</c>.</summary>
    public int Expansion { get; set; }

    /// <summary>The number of copies. With 0 the block is left out, and the layer after reads the one before. The default is 1.</summary>
    public int Repeat { get; set; } = 1;

    /// <summary>The index of the first copy, for names. The default is 0.</summary>
    public int First { get; set; }
}
