using System.Diagnostics;
using System.IO.Compression;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text;
using System.Xml.Linq;
using NetGen.Generator.Diagnostics;
using Xunit;

namespace NetGen.Generator.Tests.Packaging;

/// <summary>What is in the package.</summary>
[Collection(nameof(PackageTestGroup))]
public sealed class PackageContentTests(PackedNetGen package)
{
    [Fact]
    public void One_package_holds_runtime_generator_and_build_files()
    {
        string[] made = [package.PackagePath, Path.ChangeExtension(package.PackagePath, ".snupkg")];
        Assert.Equal(made, Directory.GetFiles(package.Feed).Order(StringComparer.Ordinal));
        using ZipArchive archive = ZipFile.OpenRead(package.PackagePath);
        Assert.Equal(
            [
                "NetGen.nuspec",
                "README.md",
                "analyzers/dotnet/cs/NetGen.Generator.dll",
                "buildTransitive/net9.0/NetGen.props",
                "buildTransitive/net9.0/NetGen.targets",
                "lib/net10.0/NetGen.dll",
                "lib/net10.0/NetGen.xml",
                "lib/net9.0/NetGen.dll",
                "lib/net9.0/NetGen.xml",
            ],
            archive.Entries.Select(entry => entry.FullName).Where(name => !IsEnvelope(name)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_package_depends_on_nothing()
    {
        XElement metadata = XDocument.Parse(Encoding.UTF8.GetString(Read("NetGen.nuspec")).TrimStart('\uFEFF')).Root!.Elements().Single();
        XElement Child(string name) => metadata.Elements().Single(element => element.Name.LocalName == name);

        Assert.Equal("NetGen", Child("id").Value);
        Assert.Equal(package.Version, Child("version").Value);
        Assert.Equal("MIT", Child("license").Value);
        Assert.Equal("README.md", Child("readme").Value);
        Assert.Equal(["net10.0", "net9.0"], Child("dependencies").Elements().Select(group => group.Attribute("targetFramework")!.Value));
        Assert.All(Child("dependencies").Elements(), group => Assert.Empty(group.Elements()));
    }

    [Fact]
    public void The_generator_is_optimised_and_loads_into_the_oldest_compiler_supported()
    {
        using var image = new PEReader(new MemoryStream(Read("analyzers/dotnet/cs/NetGen.Generator.dll")));
        MetadataReader metadata = image.GetMetadataReader();

        Assert.False(DebuggingModesOf(metadata).HasFlag(DebuggableAttribute.DebuggingModes.DisableOptimizations));
        var references = metadata.AssemblyReferences
            .Select(metadata.GetAssemblyReference)
            .ToDictionary(reference => metadata.GetString(reference.Name), reference => reference.Version);
        Assert.Equal(new Version(4, 8, 0, 0), references["Microsoft.CodeAnalysis"]);

        // What else it references the compiler brings along; the package would have to carry anything more.
        string[] known = ["Microsoft.CodeAnalysis", "Microsoft.CodeAnalysis.CSharp", "System.Collections.Immutable", "System.Memory", "netstandard"];
        Assert.Empty(references.Keys.Except(known));
    }

    [Theory]
    [InlineData("analyzers/dotnet/cs/NetGen.Generator.dll")]
    [InlineData("lib/net10.0/NetGen.dll")]
    [InlineData("lib/net9.0/NetGen.dll")]
    public void Assemblies_hold_no_path_of_the_machine_that_built_them(string entry)
    {
        byte[] assembly = Read(entry);
        Assert.Equal(-1, assembly.AsSpan().IndexOf(Encoding.UTF8.GetBytes(PackedNetGen.RepositoryRoot)));
        Assert.Equal(-1, assembly.AsSpan().IndexOf(Encoding.UTF8.GetBytes(package.Root)));
        Assert.NotEqual(-1, assembly.AsSpan().IndexOf("/_/"u8));
    }

    [Fact]
    public void The_warnings_about_unoptimised_code_never_become_errors()
    {
        XDocument targets = XDocument.Load(new MemoryStream(Read("buildTransitive/net9.0/NetGen.targets")));
        Assert.All(
            new[] { "WarningsNotAsErrors", "MSBuildWarningsNotAsErrors" },
            property => Assert.Equal(
                [$"$({property})", DiagnosticIds.UnoptimizedCompilation, "NETGEN090"], targets.Descendants(property).Single().Value.Split(';')));
    }

    /// <summary>Whether an entry is the format's own.</summary>
    private static bool IsEnvelope(string name) => name == "[Content_Types].xml" || name.StartsWith("_rels/", StringComparison.Ordinal)
        || name.StartsWith("package/", StringComparison.Ordinal);

    private static DebuggableAttribute.DebuggingModes DebuggingModesOf(MetadataReader metadata)
    {
        foreach (CustomAttributeHandle handle in metadata.GetAssemblyDefinition().GetCustomAttributes())
        {
            CustomAttribute attribute = metadata.GetCustomAttribute(handle);
            MemberReference constructor = metadata.GetMemberReference((MemberReferenceHandle)attribute.Constructor);
            TypeReference type = metadata.GetTypeReference((TypeReferenceHandle)constructor.Parent);
            if (metadata.GetString(type.Name) != nameof(DebuggableAttribute)) continue;

            BlobReader blob = metadata.GetBlobReader(attribute.Value);
            blob.ReadUInt16(); // the prolog of every attribute's arguments
            return (DebuggableAttribute.DebuggingModes)blob.ReadInt32();
        }

        return DebuggableAttribute.DebuggingModes.None;
    }

    private byte[] Read(string entry)
    {
        using ZipArchive archive = ZipFile.OpenRead(package.PackagePath);
        using Stream content = archive.GetEntry(entry)!.Open();
        var bytes = new MemoryStream();
        content.CopyTo(bytes);
        return bytes.ToArray();
    }
}

/// <summary>The tests that share one package: it is packed once, and one build runs at a time.</summary>
[CollectionDefinition(nameof(PackageTestGroup))]
public sealed class PackageTestGroup : ICollectionFixture<PackedNetGen>;
