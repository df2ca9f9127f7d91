using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NetGen.Generator.Declaration;
using NetGen.Generator.Emission;
using NetGen.Generator.Graph;
using NetGen.Generator.Schedule;

namespace NetGen.Generator;

/// <summary>
/// Adds to every class with <c>[Network]</c> or <c>[FullyConvolutional]</c> the code of the network that its attributes declare, and to the
/// assembly what other assemblies have to know of its blocks.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class NetworkGenerator : IIncrementalGenerator
{
    /// <inheritdoc />
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        AddNetworks(context, AttributeReader.NetworkAttribute, areDerived: false);
        AddNetworks(context, AttributeReader.FullyConvolutionalAttribute, areDerived: true);

        IncrementalValuesProvider<NamedBlock> blocks = context.SyntaxProvider
            .ForAttributeWithMetadataName(
                AttributeReader.BlockAttribute,
                static (node, _) => node is TypeDeclarationSyntax,
                static (attributed, cancellation) => ParseBlock(attributed, cancellation))
            .Where(static block => block is not null)
            .Select(static (block, _) => block!)
            .WithTrackingName(TrackingNames.Block);

        context.RegisterSourceOutput(blocks, static (output, block) => output.AddSource(block.HintName, BlockEmitter.Emit(block.Spec)));
    }

    /// <summary>Adds the code of the classes with one of the attributes that make networks.</summary>
    private static void AddNetworks(IncrementalGeneratorInitializationContext context, string attribute, bool areDerived)
    {
        IncrementalValuesProvider<NetworkSpec> specs = context.SyntaxProvider
            .ForAttributeWithMetadataName(
                attribute,
                static (node, _) => node is ClassDeclarationSyntax,
                (attributed, cancellation) => Parse(attributed, areDerived, cancellation))
            .WithTrackingName(TrackingNames.Parse)
            .Where(static spec => spec is not null)
            .Select(static (spec, _) => spec!)
            .WithTrackingName(TrackingNames.Declaration);

        IncrementalValuesProvider<Network> networks = specs
            .Select(static (spec, _) => new Network(spec, GraphBuilder.Build(spec)))
            .WithTrackingName(TrackingNames.Graph);

        IncrementalValuesProvider<ScheduledNetwork> scheduled = networks
            .Select(static (network, _) => new ScheduledNetwork(network.Spec, network.Result, NetworkEmitter.TrySchedule(network.Spec, network.Result)))
            .WithTrackingName(TrackingNames.Schedule);

        context.RegisterSourceOutput(scheduled, static (output, network) => output.AddSource(
            GeneratedSources.SurfaceOf(network.Spec.Class),
            NetworkEmitter.EmitSurface(network.Spec, network.Result, network.Schedule)));

        // The kernels need not exist while the user types.
        context.RegisterImplementationSourceOutput(scheduled, static (output, network) => output.AddSource(
            GeneratedSources.KernelsOf(network.Spec.Class),
            NetworkEmitter.EmitKernels(network.Spec, network.Schedule)));
    }

    /// <summary>A class whose faults leave nothing to generate is passed over; the analyzer says what they are.</summary>
    private static NetworkSpec? Parse(GeneratorAttributeSyntaxContext attributed, bool isDerived, CancellationToken cancellation)
    {
        NetworkDeclaration? declaration = NetworkParser.Parse(
            (INamedTypeSymbol)attributed.TargetSymbol, attributed.SemanticModel.Compilation, cancellation);

        // With [Network] on two parts, or with both attributes, which are mistakes, the class comes here twice: one of them stands for it.
        return declaration is { CanEmit: true } && declaration.Syntax == attributed.TargetNode && declaration.Spec.Derivation is not null == isDerived
            ? declaration.Spec
            : null;
    }

    /// <summary>A block that has something to say to other assemblies; mistakes in it are the analyzer's to report.</summary>
    private static NamedBlock? ParseBlock(GeneratorAttributeSyntaxContext attributed, CancellationToken cancellation)
    {
        var type = (INamedTypeSymbol)attributed.TargetSymbol;
        Compilation compilation = attributed.SemanticModel.Compilation;
        BlockDeclaration? block = BlockParser.Parse(type, compilation, new BlockTable(compilation, cancellation), cancellation);
        bool isSaid = block is not null
            && block.Syntax == attributed.TargetNode
            && !block.Spec.Layers.Any(layer => layer.IsUnresolved || layer.IsUnreadable)
            && !ClassRules.WithContainingTypes(type).Any(around => around.IsFileLocal);
        return isSaid ? new NamedBlock(GeneratedSources.BlockOf(TargetClassReader.HintNameOf(type)), block!.Spec) : null;
    }

    /// <summary>A block and its file.</summary>
    internal sealed record NamedBlock(string HintName, BlockSpec Spec);

    /// <summary>A declaration and what became of it.</summary>
    internal sealed record Network(NetworkSpec Spec, GraphResult Result);

    /// <summary>A network with its memory and its steps; null where there are mistakes.</summary>
    internal sealed record ScheduledNetwork(NetworkSpec Spec, GraphResult Result, NetworkSchedule? Schedule);
}
