using System.ComponentModel;

namespace NetGen.CompilerServices;

/// <summary>
/// What a block of this assembly declares, with the expressions of its arguments, of which metadata keeps only the values. The generator
/// adds it to assemblies with blocks and reads it where a network of another assembly uses one of them.
/// </summary>
/// <param name="block">The full metadata name of the block's class.</param>
/// <param name="specification">The declaration as text; its first word is the version of its form.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
public sealed class BlockSpecificationAttribute(string block, string specification) : Attribute
{
    /// <summary>The full metadata name of the block's class.</summary>
    public string Block { get; } = block;

    /// <summary>The declaration as text.</summary>
    public string Specification { get; } = specification;
}
