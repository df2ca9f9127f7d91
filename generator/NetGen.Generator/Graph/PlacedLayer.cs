using System.Collections.Immutable;
using NetGen.Generator.Collections;
using NetGen.Generator.Declaration;

namespace NetGen.Generator.Graph;

/// <summary>A layer in its place, with blocks replaced by their layers.</summary>
/// <param name="Spec">What it is; its arguments are constants.</param>
/// <param name="Name">Its full name; empty for a layer that the generator does not know.</param>
/// <param name="Suffix">What messages say after its name: <c> in block Stage</c>.</param>
/// <param name="Attribute">The index of the attribute that it comes from in the layers of the network.</param>
/// <param name="Source">What it reads: the layer before, or what <c>From</c> names.</param>
/// <param name="Joined">What a join names besides.</param>
internal sealed record PlacedLayer(
    LayerSpec Spec, string Name, string Suffix, int Attribute, LayerReference Source, ImmutableArray<LayerReference> Joined)
{
    /// <summary>Its name as messages about it begin.</summary>
    public string Title => Name + Suffix;
}

/// <summary>What a layer reads.</summary>
/// <param name="Place">The index of a placed layer, <see cref="Input"/> or <see cref="Hidden"/>.</param>
/// <param name="Fault">The diagnostic of a name that means nothing; null for one that does.</param>
internal sealed record LayerReference(int Place, string? Fault = null)
{
    /// <summary>The input of the network.</summary>
    public const int Input = -1;

    /// <summary>Something that a mistake hides.</summary>
    public const int Hidden = -2;

    /// <summary>What the diagnostic's message takes.</summary>
    public EquatableArray<string> FaultArguments { get; private init; }

    public static LayerReference Wrong(string fault, params string[] arguments) =>
        new(Hidden, fault) { FaultArguments = arguments.ToEquatableArray() };
}

/// <summary>An output in its place.</summary>
/// <param name="Attribute">The index of its attribute.</param>
/// <param name="Source">What it shows.</param>
internal sealed record PlacedOutput(int Attribute, LayerReference Source);

/// <summary>The layers of a network, with blocks replaced by theirs.</summary>
/// <param name="Layers">The layers in execution order.</param>
/// <param name="Result">The place of the last result.</param>
/// <param name="Unjudged">
/// The first attribute that cannot be judged, since the compiler or the block's own diagnostics say what is wrong; the number of
/// attributes where there is none.
/// </param>
/// <param name="IsComplete">Whether every attribute could be read and every use be replaced.</param>
internal sealed record ExpandedLayers(ImmutableArray<PlacedLayer> Layers, int Result, int Unjudged, bool IsComplete)
{
    /// <summary>What <c>[Output]</c> declares.</summary>
    public ImmutableArray<PlacedOutput> Outputs { get; init; } = ImmutableArray<PlacedOutput>.Empty;
}
