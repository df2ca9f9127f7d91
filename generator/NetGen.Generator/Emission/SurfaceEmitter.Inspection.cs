using NetGen.Generator.Declaration;

namespace NetGen.Generator.Emission;

/// <content>The outputs of all layers.</content>
internal sealed partial class SurfaceEmitter
{
    /// <summary>The program is named here alone, so that who never looks into a network need not publish it.</summary>
    private void EmitInspection() => Member(
        SurfaceMembers.Activations,
        "Predicts one input and gives the output of every layer, for looking into the network. Safe from many threads at once; allocates.",
        $"{Runtime}.ActivationSet",
        $"Activations({Input})",
        () => Body(_schedule is null ? [] :
        [
            $"return {_state}.Activations(",
            "    input,",
            $"    {_definition}.Layers,",
            $"    {Program(SourceNames.Inspect, InspectSignature)});",
        ]),
        $"/// <param name=\"input\">{Values(InputShape)}.</param>",
        "/// <returns>The outputs by the layers' names, in the order of declaration.</returns>",
        "/// <exception cref=\"global::System.ArgumentException\">The input has another length.</exception>");
}
