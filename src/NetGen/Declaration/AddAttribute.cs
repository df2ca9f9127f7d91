namespace NetGen;

/// <summary>
/// The sum of the layer before and of the named layers, element by element; all have one shape. A residual connection:
/// <c>[ReLU(Name = "skip")] … [Conv2d(64, 3, Padding = 1)] [Add("skip"), ReLU]</c>.
/// </summary>
/// <param name="layers">Names of the other layers; <c>input</c> is the network's input.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class AddAttribute(params string[] layers) : LayerAttribute
{
    /// <summary>The names of the other layers.</summary>
    public IReadOnlyList<string> Layers { get; } = layers;
}
