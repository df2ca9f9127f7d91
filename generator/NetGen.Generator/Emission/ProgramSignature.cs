namespace NetGen.Generator.Emission;

/// <summary>
/// The parameters of a network's prediction programs, in the order of the runtime's <c>PredictionProgram</c> and <c>InspectionProgram</c>.
/// </summary>
/// <param name="IsShared">Whether threads share its work: it takes the memory of the thread's own, and its share.</param>
/// <param name="IsGroup">Whether it takes the number of images.</param>
/// <param name="IsInspection">Whether it gives the outputs of all layers, to what it takes last.</param>
internal readonly record struct ProgramSignature(bool IsShared, bool IsGroup, bool IsInspection = false)
{
    /// <summary>What a lambda of the delegate's type takes, for programs that need less.</summary>
    public string All => "ref float input, ref float output, ref float parameters, ref float packed, ref float arena, ref float scratch"
        + (IsInspection ? "" : ", int count")
        + ", in global::NetGen.CompilerServices.WorkShare share"
        + (IsInspection ? ", global::NetGen.CompilerServices.Inspection inspection" : "");

    /// <summary>The parameters as declared.</summary>
    public string Parameters => "ref float input, ref float output, ref float parameters, ref float packed, ref float arena"
        + (IsShared ? ", ref float scratch" : "")
        + (IsGroup ? ", int count" : "")
        + (IsShared ? ", in global::NetGen.CompilerServices.WorkShare share" : "")
        + (IsInspection ? ", global::NetGen.CompilerServices.Inspection inspection" : "");

    /// <summary>What is passed for them where variables have their names.</summary>
    public string Arguments => "ref input, ref output, ref parameters, ref packed, ref arena"
        + (IsShared ? ", ref scratch" : "")
        + (IsGroup ? ", count" : "")
        + (IsShared ? ", in share" : "")
        + (IsInspection ? ", inspection" : "");
}
