using System.ComponentModel;

namespace NetGen.CompilerServices;

/// <summary>Derives weights in the layouts that only prediction reads.</summary>
/// <param name="parameters">The parameter block.</param>
/// <param name="packed">Receives <see cref="NetworkDefinition.PackedFloats"/> values.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public delegate void PackWeights(ref float parameters, ref float packed);
