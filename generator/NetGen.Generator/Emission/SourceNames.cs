using NetGen.Generator.Declaration;

namespace NetGen.Generator.Emission;

/// <summary>Names and phrases that the emitted files share.</summary>
internal static class SourceNames
{
    /// <summary>The namespace of what is no member of the user's class.</summary>
    public const string Namespace = "NetGen.Generated";

    // Private members of the user's class; each with TargetClass.PrivateSuffix behind it.

    public const string State = "_state";
    public const string CreateState = "CreateState";
    public const string MarkKernels = "MarkKernels";
    public const string Infer = "Infer";
    public const string InferGroup = "InferGroup";
    public const string Inspect = "Inspect";
    public const string PackForInference = "PackForInference";
    public const string TrainForward = "TrainForward";
    public const string TrainBackward = "TrainBackward";
    public const string PackForTraining = "PackForTraining";

    public const string ExcludeFromCodeCoverage = "[global::System.Diagnostics.CodeAnalysis.ExcludeFromCodeCoverage]";

    public const string HiddenFromEditors = "[global::System.ComponentModel.EditorBrowsable(global::System.ComponentModel.EditorBrowsableState.Never)]";

    public static readonly string GeneratedCode =
        $"[global::System.CodeDom.Compiler.GeneratedCode(\"NetGen\", \"{typeof(SourceNames).Assembly.GetName().Version.ToString(3)}\")]";

    /// <summary>Writes the namespace and the containing types around a part of the user's class.</summary>
    /// <param name="head">The declaration of the part.</param>
    public static void InsideClass(SourceWriter writer, TargetClass target, string head, Action body, Action? attributes = null)
    {
        var blocks = new Stack<SourceWriter.Block>();
        if (target.Namespace is not null)
        {
            blocks.Push(writer.Open($"namespace {target.Namespace}"));
        }

        foreach (string containing in target.ContainingTypes)
        {
            blocks.Push(writer.Open(containing));
        }

        attributes?.Invoke();
        blocks.Push(writer.Open(head));
        body();
        while (blocks.Count > 0)
        {
            blocks.Pop().Dispose();
        }
    }
}
