using System.ComponentModel;

namespace NetGen.CompilerServices;

/// <summary>What the runtime needs to know of a layer, to give its output.</summary>
/// <param name="Name">The layer's name.</param>
/// <param name="Shape">Shape of its output.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct LayerDefinition(string Name, TensorShape Shape);
