using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace NetGen.Benchmarks;

/// <summary>
/// How much longer a clean build takes for declaring a network: the same project with and without the declaration, built in turn, the
/// generator loaded by both. A developer's builds share a process of the compiler, in which it and the generator have long been compiled
/// themselves; a build server's run in processes of their own.
/// </summary>
internal static partial class BuildCost
{
    private const int Builds = 3;

    /// <summary>Builds after which the shared compiler has itself been compiled with optimisation.</summary>
    private const int WarmUpBuilds = 8;

    /// <param name="names">The networks' classes; all of the zoo's where none is named.</param>
    public static int Run(IReadOnlyList<string> names)
    {
        if (names.Count == 0) names = NetworkSources.Names;
        if (names.FirstOrDefault(name => !NetworkSources.Names.Contains(name)) is { } unknown)
        {
            Console.Error.WriteLine($"There is no network '{unknown}'; there are {string.Join(", ", NetworkSources.Names)}.");
            return 2;
        }

        string root = Directory.CreateTempSubdirectory("netgen-build-cost-").FullName;
        try
        {
            string without = CreateProject(root, "Without", declarations: []);
            Console.WriteLine($"Seconds that a declaration adds to a clean Release build by a compiler that is warm, median of {Builds}. The last columns are one");
            Console.WriteLine("build's in a process of its own: the compiler with everything in it, NetGen's generator, NetGen's analyzer, and all other");
            Console.WriteLine("analyzers (these run beside each other and are summed).");
            Console.WriteLine();
            Console.WriteLine("| network | warm | compiler, own process | generator | analyzer | other analyzers |");
            Console.WriteLine("|---|---:|---:|---:|---:|---:|");
            Stages none = StagesOf(without);
            foreach (string name in names)
            {
                string with = CreateProject(root, name, NetworkSources.TextsOf(name));
                for (int i = 0; name == names[0] && i < WarmUpBuilds; i++) Build(with);
                double added = Added(without, with);
                Stages stages = StagesOf(with);
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"| {name} | {added:F2} | {stages.Compiler - none.Compiler:F2} | {stages.Generator:F2} | {stages.Analyzer:F2} | {stages.OtherAnalyzers - none.OtherAnalyzers:F2} |"));
            }

            return 0;
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    /// <summary>Seconds that the second project's builds take longer.</summary>
    private static double Added(string without, string with)
    {
        // The first builds fill the disk cache.
        Build(without);
        Build(with);
        double[] secondsWithout = new double[Builds], secondsWith = new double[Builds];
        for (int i = 0; i < Builds; i++)
        {
            secondsWithout[i] = Build(without);
            secondsWith[i] = Build(with);
        }

        return MedianOf(secondsWith) - MedianOf(secondsWithout);
    }

    /// <summary>Where the compiler's time goes, by its own report.</summary>
    private static Stages StagesOf(string directory)
    {
        Clean(directory);
        string report = DotNet(
            directory, "build", "-c", "Release", "--no-restore", "-nodeReuse:false", "-p:UseSharedCompilation=false", "-p:ReportAnalyzer=true", "-v:detailed", "-clp:PerformanceSummary");
        double analyzer = Seconds(AnalyzerTime().Match(report));
        return new Stages(
            Seconds(CompilerTime().Match(report)) / 1000,
            Seconds(GeneratorTime().Match(report)),
            analyzer,
            Seconds(AllAnalyzersTime().Match(report)) - analyzer);

        static double Seconds(Match match) => match.Success ? double.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture) : 0;
    }

    private static string CreateProject(string root, string name, IReadOnlyList<string> declarations)
    {
        string directory = Directory.CreateDirectory(Path.Combine(root, name)).FullName;
        File.WriteAllText(Path.Combine(directory, "Program.cs"), "System.Console.WriteLine();");
        for (int i = 0; i < declarations.Count; i++) File.WriteAllText(Path.Combine(directory, $"Network{i}.cs"), declarations[i]);
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

    /// <summary>Builds a project from nothing but its restored packages, by the compiler's server; the result is in seconds.</summary>
    private static double Build(string directory)
    {
        Clean(directory);
        long start = Stopwatch.GetTimestamp();
        DotNet(directory, "build", "-c", "Release", "--no-restore", "-nodeReuse:false", "-p:UseSharedCompilation=true");
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static void Clean(string directory)
    {
        string bin = Path.Combine(directory, "bin"), intermediate = Path.Combine(directory, "obj", "Release");
        if (Directory.Exists(bin)) Directory.Delete(bin, recursive: true);
        if (Directory.Exists(intermediate)) Directory.Delete(intermediate, recursive: true);
    }

    private static string DotNet(string directory, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = directory, RedirectStandardOutput = true };
        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0) throw new InvalidOperationException($"'dotnet {string.Join(' ', arguments)}' has failed:\n{output}");
        return output;
    }

    private static double MedianOf(double[] values) => values.Order().ElementAt(values.Length / 2);

    [GeneratedRegex(@"([\d.]+) ms +Csc +1 calls")]
    private static partial Regex CompilerTime();

    [GeneratedRegex(@"([\d.]+) +<?\d+ +NetGen\.Generator\.NetworkGenerator")]
    private static partial Regex GeneratorTime();

    [GeneratedRegex(@"([\d.]+) +<?\d+ +NetGen\.Generator\.Diagnostics\.NetworkAnalyzer")]
    private static partial Regex AnalyzerTime();

    [GeneratedRegex(@"Total analyzer execution time: ([\d.]+) seconds")]
    private static partial Regex AllAnalyzersTime();

    /// <summary>Seconds of one compilation.</summary>
    private sealed record Stages(double Compiler, double Generator, double Analyzer, double OtherAnalyzers);
}
