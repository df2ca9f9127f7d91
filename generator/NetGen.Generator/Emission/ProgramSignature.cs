namespace NetGen.Generator.Emission;

/// <summary>The parameters of a network's prediction programs, in the order of the runtime's <c>PredictionProgram</c>.</summary>
/// <param name="IsShared">Whether threads share its work: it takes the memory of the thread's own, and its share.</param>
/// <param name="IsGroup">Whether it takes the number of images.</param>
internal readonly record struct ProgramSignature(bool IsShared, bool IsGroup)
{
    /// <summary>What a lambda of that delegate's type takes, for programs that need less.</summary>
    public const string All = "ref float input, ref float output, ref float parameters, ref float packed, ref float arena, ref float scratch, int count, "
        + "in global::NetGen.CompilerServices.WorkShare share";

    /// <summary>The parameters as declared.</summary>
    public string Parameters => "ref float input, ref float output, ref float parameters, ref float packed, ref float arena"
        + (IsShared ? ", ref float scratch" : "")
        + (IsGroup ? ", int count" : "")
        + (IsShared ? ", in global::NetGen.CompilerServices.WorkShare share" : "");

    /// <summary>What is passed for them where variables have their names.</summary>
    public string Arguments => "ref input, ref output, ref parameters, ref packed, ref arena"
        + (IsShared ? ", ref scratch" : "")
        + (IsGroup ? ", count" : "")
        + (IsShared ? ", in share" : "");
}
