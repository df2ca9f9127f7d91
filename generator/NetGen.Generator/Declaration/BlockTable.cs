using Microsoft.CodeAnalysis;
using NetGen.Generator.Collections;

namespace NetGen.Generator.Declaration;

/// <summary>Collects the blocks that attributes use: those of this project from their source, those of others from what their assemblies say.</summary>
/// <param name="compilation">The project.</param>
/// <param name="cancellation">Ends the reading.</param>
internal sealed class BlockTable(Compilation compilation, CancellationToken cancellation)
{
    private readonly Dictionary<string, INamedTypeSymbol?> _known = new(StringComparer.Ordinal);
    private readonly Queue<string> _unread = new();

    /// <summary>What the blocks of this project are declared with, as far as they are read.</summary>
    public Dictionary<string, BlockDeclaration> Declarations { get; } = new(StringComparer.Ordinal);

    /// <summary>Enters a block.</summary>
    public void Add(INamedTypeSymbol type) => Add(AttributeReader.KeyOf(type), type);

    /// <summary>Enters the block that an attribute uses, if it is one that uses a block.</summary>
    public void AddUsed(AttributeData attribute)
    {
        if (AttributeReader.IsUse(attribute)
            && attribute.ConstructorArguments.FirstOrDefault() is { Kind: TypedConstantKind.Type, Value: INamedTypeSymbol { TypeKind: not TypeKind.Error } type })
        {
            Add(type);
        }
    }

    /// <summary>The blocks entered, and those that these use.</summary>
    public EquatableArray<BlockSpec> Read()
    {
        var blocks = new List<BlockSpec>();
        while (_unread.Count > 0)
        {
            cancellation.ThrowIfCancellationRequested();
            string key = _unread.Dequeue();
            blocks.Add(blocks.Count < BlockSpec.MaxBlocks ? Read(key, _known[key]) : BlockSpec.Unknown(key, BlockState.TooMany));
        }

        return blocks.ToEquatableArray();
    }

    private void Add(string key, INamedTypeSymbol? type)
    {
        if (!_known.ContainsKey(key))
        {
            _known.Add(key, type?.OriginalDefinition);
            _unread.Enqueue(key);
        }
    }

    private BlockSpec Read(string key, INamedTypeSymbol? type)
    {
        if (type is not null && !type.GetAttributes().Any(AttributeReader.IsBlock))
        {
            return BlockSpec.Unknown(key, BlockState.NoBlock);
        }

        if (type is not null && SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, compilation.Assembly))
        {
            if (BlockParser.Parse(type, compilation, this, cancellation) is not { } declaration)
            {
                return BlockSpec.Unknown(key, BlockState.NoBlock);
            }

            Declarations.Add(key, declaration);
            return declaration.Spec;
        }

        string assemblyName = BlockSpec.AssemblyOf(key);
        IAssemblySymbol? assembly = type?.ContainingAssembly
            ?? compilation.SourceModule.ReferencedAssemblySymbols.FirstOrDefault(reference => reference.Name == assemblyName);
        return assembly is null ? BlockSpec.Unknown(key, BlockState.NoSpecification) : ReadSpecification(key, assembly);
    }

    private BlockSpec ReadSpecification(string key, IAssemblySymbol assembly)
    {
        if (AttributeReader.BlockSpecificationOf(assembly, BlockSpec.MetadataNameOf(key)) is not { } text)
        {
            return BlockSpec.Unknown(key, BlockState.NoSpecification);
        }

        if (BlockSpecReader.Read(key, text) is not { } block)
        {
            return BlockSpec.Unknown(key, BlockState.UnreadableSpecification);
        }

        foreach (TypeArgument used in block.Layers.SelectMany(layer => layer.Arguments).Select(argument => argument.Value).OfType<TypeArgument>())
        {
            Add(used.Key, null);
        }

        return block;
    }
}
