using System.Runtime.InteropServices;
using Xunit;

namespace NetGen.Generator.Tests.Packaging;

/// <summary>A test that publishes with NativeAOT, and is skipped with the reason where that cannot be done.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class NativeAotTheoryAttribute : TheoryAttribute
{
    private static readonly Lazy<string?> s_obstacle = new(FindObstacle);

    public NativeAotTheoryAttribute()
    {
        if (s_obstacle.Value is { } obstacle) Skip = obstacle;
    }

    private static string? FindObstacle()
    {
        if (!OperatingSystem.IsLinux() || RuntimeInformation.OSArchitecture != Architecture.X64)
        {
            return "the vectors that it expects are those of x64, and the linker that it names is Linux's";
        }

        return !IsOnPath("gcc") ? "there is no linker: gcc is not on the path" : IsCompilerCached() ? null : TryFetchCompiler();
    }

    private static bool IsOnPath(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program)));

    private static bool IsCompilerCached()
    {
        string packages = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        string compiler = Path.Combine(packages, "runtime.linux-x64.microsoft.dotnet.ilcompiler");
        return Directory.Exists(compiler) && Directory.GetDirectories(compiler, "9.*").Length > 0;
    }

    /// <summary>What NuGet says where no feed has .NET 9's NativeAOT compiler; null where one has.</summary>
    private static string? TryFetchCompiler()
    {
        string root = Directory.CreateTempSubdirectory("netgen-aot-").FullName;
        try
        {
            DotNetRun restore = NativeAotSample.Run("restore", root);
            return restore.ExitCode == 0 ? null : $"the NativeAOT compiler cannot be fetched: {restore.Output.Trim()}";
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }
}
