using NetGen.Generator.Collections;

namespace NetGen.Generator.Graph;

/// <summary>What became of a declaration: a graph, or the reasons why there is none. Both where there are only warnings.</summary>
/// <param name="Pixels">How images of bytes become the input; null where the network takes none.</param>
internal sealed record GraphResult(NetworkGraph? Graph, LossSpec Loss, PixelSpec? Pixels, EquatableArray<Problem> Problems);

/// <summary>A mistake of the user's, without a location.</summary>
/// <param name="Id">The diagnostic's number, such as <c>NETGEN010</c>.</param>
/// <param name="Layer">The index of the attribute at fault in <see cref="Declaration.NetworkSpec.Layers"/>; -1 for <c>[Network]</c> itself.</param>
/// <param name="MessageArguments">What its message format takes.</param>
internal sealed record Problem(string Id, int Layer, EquatableArray<string> MessageArguments);
