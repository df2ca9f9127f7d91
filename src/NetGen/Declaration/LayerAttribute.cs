namespace NetGen;

/// <summary>
/// A layer of a network. The layers stand on the declaration that carries <see cref="NetworkAttribute"/>; the order of the
/// attributes, also of several in one list, is the order in which they are applied. Each reads the result of the one before it
/// unless <see cref="From"/> names another.
/// </summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public abstract class LayerAttribute : Attribute
{
    private protected LayerAttribute()
    {
    }

    /// <summary>
    /// The layer's name, and the stem of its parameters' names: <c>features.0</c> gives <c>features.0.weight</c>. Segments of
    /// ASCII letters, digits, underscores and hyphens, separated by dots. Where it is not set, the kind of layer and a number: <c>conv1</c>, <c>fc2</c>.
    /// </summary>
    public string? Name { get; set; }

    /// <summary>
    /// The name of the layer whose result this one reads; <c>input</c> is the network's input. Where it is not set, the layer before.
    /// </summary>
    public string? From { get; set; }
}
