using Xunit;

namespace NetGen.Tests;

/// <summary>
/// The fetched datasets, which are no part of the repository: in the folder <c>shared/data</c> beside it, or below the folder that the
/// environment variable NETGEN_SHARED names.
/// </summary>
internal static class SharedData
{
    private static readonly string s_data = Path.Combine(
        Environment.GetEnvironmentVariable("NETGEN_SHARED") ?? Path.Combine(RepositoryRoot(), "..", "shared"), "data");

    /// <summary>A file or folder of the fetched data.</summary>
    public static string PathOf(params string[] parts) => Path.GetFullPath(Path.Combine([s_data, .. parts]));

    private static string RepositoryRoot()
    {
        DirectoryInfo? directory = new(AppContext.BaseDirectory);
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "NetGen.sln"))) directory = directory.Parent;
        return directory?.FullName ?? AppContext.BaseDirectory;
    }
}

/// <summary>A test that needs fetched data, and is skipped with the reason where they are absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SharedDataFactAttribute : FactAttribute
{
    public SharedDataFactAttribute(params string[] parts)
    {
        string path = SharedData.PathOf(parts);
        if (!Path.Exists(path)) Skip = $"needs '{path}'; fetch the shared data, or name their folder in NETGEN_SHARED";
    }
}
