namespace NetGen;

/// <summary>
/// The channels of several layers, one layer's behind the other's (PyTorch's <c>cat</c> along the channels): maps of one height and
/// width, or vectors. The layer before comes first, then the named ones as they are written; to place it elsewhere, give it a name and
/// write that among them: <c>[Concat("branch1", "branch2", "branch3")]</c> where <c>branch3</c> is the layer before.
/// </summary>
/// <param name="layers">Names of layers; <c>input</c> is the network's input.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class ConcatAttribute(params string[] layers) : LayerAttribute
{
    /// <summary>The names of layers, in the order of their channels.</summary>
    public IReadOnlyList<string> Layers { get; } = layers;
}
