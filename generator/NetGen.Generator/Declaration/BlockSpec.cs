using NetGen.Generator.Collections;

namespace NetGen.Generator.Declaration;

/// <summary>A block by value. The blocks that it uses are named by their keys, so that each is kept once and may even use itself.</summary>
/// <param name="Key">Its full metadata name, a comma and its assembly: <c>Models.BasicBlock, Models</c>.</param>
/// <param name="State">Whether it is a block, and one that can be read.</param>
/// <param name="IsReferenced">Whether it comes from another assembly, so that its mistakes are reported where it is used.</param>
/// <param name="Parameters">Its parameters. The default of one depends on those before it alone.</param>
/// <param name="Layers">Its attributes in the order of the source.</param>
internal sealed record BlockSpec(
    string Key, BlockState State, bool IsReferenced, EquatableArray<BlockParameter> Parameters, EquatableArray<LayerSpec> Layers)
{
    /// <summary>The most blocks that one network uses; those beyond have <see cref="BlockState.TooMany"/>.</summary>
    public const int MaxBlocks = 64;

    /// <summary>Its name as messages have it: that of its class.</summary>
    public string Name => NameOf(Key);

    public static BlockSpec Unknown(string key, BlockState state) =>
        new(key, state, IsReferenced: true, EquatableArray<BlockParameter>.Empty, EquatableArray<LayerSpec>.Empty);

    public static string NameOf(string key)
    {
        string metadataName = MetadataNameOf(key);
        return metadataName.Substring(metadataName.LastIndexOfAny(['.', '+']) + 1);
    }

    public static string MetadataNameOf(string key)
    {
        int comma = key.LastIndexOf(", ", StringComparison.Ordinal);
        return comma < 0 ? key : key.Substring(0, comma);
    }

    public static string AssemblyOf(string key)
    {
        int comma = key.LastIndexOf(", ", StringComparison.Ordinal);
        return comma < 0 ? "" : key.Substring(comma + 2);
    }
}

/// <summary>A parameter of a block: a constant of its class.</summary>
internal sealed record BlockParameter(string Name, IntegerExpression Default);

/// <summary>What a type that is used as a block is.</summary>
internal enum BlockState
{
    /// <summary>A block.</summary>
    Read,

    /// <summary>A type without <c>[Block]</c>.</summary>
    NoBlock,

    /// <summary>A block of an assembly that says nothing about it.</summary>
    NoSpecification,

    /// <summary>A block of an assembly that says something that cannot be read.</summary>
    UnreadableSpecification,

    /// <summary>One block more than a network can use.</summary>
    TooMany,
}
