using System.Reflection;
using Xunit;

namespace NetGen.Generator.Tests.Packaging;

/// <summary>
/// The package, packed once for all the tests out of a tree in which nothing has been built, and a folder outside the repository
/// for the projects that use it.
/// </summary>
public sealed class PackedNetGen : IDisposable
{
    public PackedNetGen()
    {
        try
        {
            // Output folders of its own: the solution's other projects may be building at this moment. The solution's build has run
            // the analyzers.
            DotNetRun.Of(
                RepositoryRoot, "pack", Path.Combine("src", "NetGen"), "--artifacts-path", Path.Combine(Root, "artifacts"),
                "--output", Feed, $"-p:Version={Version}", "-p:RunAnalyzers=false", "-m:1").Succeeded();
            File.WriteAllText(Path.Combine(Root, "nuget.config"), """
                <configuration>
                  <packageSources>
                    <clear />
                    <add key="feed" value="feed" />
                  </packageSources>
                  <config>
                    <add key="globalPackagesFolder" value="packages" />
                  </config>
                </configuration>
                """);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public static string RepositoryRoot { get; } = Path.GetFullPath(Path.Combine(
        typeof(PackedNetGen).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "ProjectDirectory").Value!,
        "..", ".."));

    /// <summary>The folder of all that the tests make.</summary>
    public string Root { get; } = Directory.CreateTempSubdirectory("netgen-package-").FullName;

    /// <summary>A version that no cache can know.</summary>
    public string Version { get; } = $"0.0.0-test.g{Guid.NewGuid():N}";

    public string Feed => Path.Combine(Root, "feed");

    public string PackagePath => Path.Combine(Feed, $"NetGen.{Version}.nupkg");

    /// <summary>An empty folder, whose projects find the package by its name and version, and no other package at all.</summary>
    public string NewDirectory(string name) => Directory.CreateDirectory(Path.Combine(Root, name)).FullName;

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
