namespace NetGen.Generator.Tests.Packaging;

/// <summary><c>samples/Inference</c> as NativeAOT publishes it, in folders of its own: the solution's projects may be building meanwhile.</summary>
internal static class NativeAotSample
{
    public static string ExecutableIn(string root) => Path.Combine(root, "publish", "Inference");

    /// <summary>The same program before it was compiled ahead of time.</summary>
    public static string AssemblyIn(string root) => Path.Combine(root, "bin", "Inference", "release_linux-x64", "Inference.dll");

    /// <summary>The names of all that was compiled into the executable.</summary>
    public static string[] MethodsIn(string root) => File.ReadAllLines(
        Directory.GetFiles(Path.Combine(root, "obj", "Inference"), "Inference.map.xml", SearchOption.AllDirectories).Single());

    /// <summary>Runs one of the SDK's commands on the sample. The solution's build has run the analyzers.</summary>
    public static DotNetRun Run(string command, string root, params string[] arguments) => DotNetRun.Of(
        PackedNetGen.RepositoryRoot,
        [command, Path.Combine("samples", "Inference"), "--runtime", "linux-x64", "--artifacts-path", root, "-m:1",
            "-p:NativeAot=true", "-p:CppCompilerAndLinker=gcc", "-p:IlcGenerateMapFile=true", "-p:RunAnalyzers=false", .. arguments]);
}
