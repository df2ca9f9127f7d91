using Microsoft.CodeAnalysis;

namespace NetGen.Generator.Declaration;

/// <summary>The names of generated files, and how to tell them from the user's.</summary>
internal static class GeneratedSources
{
    private const string SurfaceSuffix = ".g.cs";
    private const string KernelsSuffix = ".Kernels.g.cs";
    private const string BlockSuffix = ".Block.g.cs";

    public static string SurfaceOf(TargetClass target) => target.HintName + SurfaceSuffix;

    public static string KernelsOf(TargetClass target) => target.HintName + KernelsSuffix;

    public static string BlockOf(string hintName) => hintName + BlockSuffix;

    /// <summary>Whether a file comes from this generator: the compiler puts those in a folder with the generator's full name.</summary>
    public static bool IsGenerated(SyntaxTree tree, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return Path.GetFileName(Path.GetDirectoryName(tree.FilePath)) == typeof(NetworkGenerator).FullName;
    }
}
