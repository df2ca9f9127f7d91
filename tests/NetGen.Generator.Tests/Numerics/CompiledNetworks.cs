using System.Collections.Concurrent;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NetGen.Generator.Tests.Infrastructure;
using Xunit;

namespace NetGen.Generator.Tests.Numerics;

/// <summary>
/// Compiles declarations with the generator at test time, optimised, and loads them. A process that is started to run the same tests on
/// other vectors finds the assemblies in the folder that <see cref="FolderVariable"/> names.
/// </summary>
internal static class CompiledNetworks
{
    public const string FolderVariable = "NETGEN_TEST_NETWORKS";

    private static readonly ConcurrentDictionary<string, Lazy<Assembly>> s_assemblies = new(StringComparer.Ordinal);

    private static readonly Lazy<string> s_folder = new(() =>
    {
        if (Environment.GetEnvironmentVariable(FolderVariable) is { Length: > 0 } inherited)
        {
            return inherited;
        }

        string folder = Directory.CreateTempSubdirectory("netgen-networks-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        return folder;
    });

    public static string Folder => s_folder.Value;

    /// <summary>The assembly of these classes.</summary>
    public static Assembly Load(string declarations) =>
        s_assemblies.GetOrAdd(declarations, text => new Lazy<Assembly>(() => Assembly.LoadFrom(Compile(text)))).Value;

    private static string Compile(string declarations)
    {
        string key = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(declarations)), 0, 8);
        string path = Path.Combine(Folder, $"Networks_{key}.dll");
        if (!File.Exists(path))
        {
            using var image = new MemoryStream();
            Emit($"Networks_{key}", declarations, image);
            File.WriteAllBytes(path + ".new", image.ToArray());
            File.Move(path + ".new", path, overwrite: true);
        }

        return path;
    }

    private static void Emit(string assembly, string declarations, Stream image)
    {
        CSharpCompilation compilation = TestCompilation.Create("using NetGen;\n" + declarations).WithAssemblyName(assembly);
        CSharpGeneratorDriver.Create([new NetworkGenerator().AsSourceGenerator()], parseOptions: (CSharpParseOptions)compilation.SyntaxTrees[0].Options)
            .RunGeneratorsAndUpdateCompilation(compilation, out Compilation output, out var problems);
        Assert.Empty(problems);
        var result = output.Emit(image);
        Assert.Empty(result.Diagnostics.Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning));
    }
}
