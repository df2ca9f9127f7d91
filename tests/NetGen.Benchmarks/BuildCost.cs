using System.Diagnostics;
using System.Globalization;

namespace NetGen.Benchmarks;

/// <summary>
/// How much longer a clean build takes for declaring LeNet-5: the same project with and without the declaration, built in turn, the
/// generator loaded by both. A build server compiles in a process of its own, in which the compiler and the generator are still to be
/// compiled themselves; a developer's builds share a process that has done so.
/// </summary>
internal static class BuildCost
{
    private const int Builds = 7;

    public static int Run()
    {
        string root = Directory.CreateTempSubdirectory("netgen-build-cost-").FullName;
        try
        {
            string without = CreateProject(root, "Without", declaration: null), with = CreateProject(root, "With", LeNet5Source.Text);

            Console.WriteLine($"Clean Release builds, median of {Builds}:");
            Console.WriteLine();
            Console.WriteLine("| compiler | without LeNet-5 | with LeNet-5 | added |");
            Console.WriteLine("|---|---:|---:|---:|");
            Measure("own process", without, with, sharedCompiler: false);
            Measure("shared process", without, with, sharedCompiler: true);
            return 0;
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    private static void Measure(string compiler, string without, string with, bool sharedCompiler)
    {
        // The first builds fill the disk cache, and warm the shared compiler.
        Build(without, sharedCompiler);
        Build(with, sharedCompiler);
        double[] secondsWithout = new double[Builds], secondsWith = new double[Builds];
        for (int i = 0; i < Builds; i++)
        {
            secondsWithout[i] = Build(without, sharedCompiler);
            secondsWith[i] = Build(with, sharedCompiler);
        }

        double medianWithout = MedianOf(secondsWithout), medianWith = MedianOf(secondsWith);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"| {compiler} | {medianWithout:F2} s | {medianWith:F2} s | {medianWith - medianWithout:F2} s |"));
    }

    private static string CreateProject(string root, string name, string? declaration)
    {
        string directory = Directory.CreateDirectory(Path.Combine(root, name)).FullName;
        File.WriteAllText(Path.Combine(directory, "Program.cs"), "System.Console.WriteLine();");
        if (declaration is not null) File.WriteAllText(Path.Combine(directory, "LeNet5.cs"), declaration);
        File.WriteAllText(Path.Combine(directory, $"{name}.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <UseAppHost>false</UseAppHost>
              </PropertyGroup>
              <ItemGroup>
                <Reference Include="{typeof(NetworkAttribute).Assembly.Location}" />
                <Analyzer Include="{typeof(Generator.NetworkGenerator).Assembly.Location}" />
              </ItemGroup>
            </Project>
            """);
        DotNet(directory, "restore");
        return directory;
    }

    /// <summary>Builds a project from nothing but its restored packages; the result is in seconds.</summary>
    private static double Build(string directory, bool sharedCompiler)
    {
        string bin = Path.Combine(directory, "bin"), intermediate = Path.Combine(directory, "obj", "Release");
        if (Directory.Exists(bin)) Directory.Delete(bin, recursive: true);
        if (Directory.Exists(intermediate)) Directory.Delete(intermediate, recursive: true);
        long start = Stopwatch.GetTimestamp();
        DotNet(directory, "build", "-c", "Release", "--no-restore", "-nodeReuse:false", $"-p:UseSharedCompilation={sharedCompiler}");
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static void DotNet(string directory, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = directory, RedirectStandardOutput = true };
        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0) throw new InvalidOperationException($"'dotnet {string.Join(' ', arguments)}' has failed:\n{output}");
    }

    private static double MedianOf(double[] values) => values.Order().ElementAt(values.Length / 2);
}
