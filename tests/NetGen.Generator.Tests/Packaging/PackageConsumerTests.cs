using NetGen.Generator.Diagnostics;
using Xunit;

namespace NetGen.Generator.Tests.Packaging;

/// <summary>
/// The user's path: a fresh project outside the repository takes the package, declares a network, builds, trains, predicts. The
/// project is a strict one: warnings are errors, missing documentation too, unsafe code is forbidden and nothing is imported.
/// </summary>
[Collection(nameof(PackageTestGroup))]
public sealed class PackageConsumerTests(PackedNetGen package)
{
    private const string Program = """
        using System;
        using System.IO;
        using NetGen;

        namespace Consumer;

        [Network]
        [Input(1, 28, 28)]
        [Conv2d(6, 5, Padding = 2), ReLU]
        [MaxPool2d(2)]
        [Conv2d(16, 5), ReLU]
        [MaxPool2d(2)]
        [Linear(120), ReLU]
        [Linear(84), ReLU]
        [Linear(10), Softmax]
        public sealed partial class LeNet5;

        internal static class Program
        {
            private const int Batch = 64;

            private static void Main()
            {
                var digits = SyntheticDigits.Create(Batch, seed: 1);
                var images = new float[Batch * LeNet5.InputLength];
                var labels = new int[Batch];
                for (int i = 0; i < Batch; i++)
                {
                    digits.CopyInput(i, images.AsSpan(i * LeNet5.InputLength, LeNet5.InputLength));
                    labels[i] = digits.GetLabel(i);
                }

                var network = new LeNet5(seed: 1);
                using (var trainer = new Trainer<LeNet5>(network, new Adam { LearningRate = 3e-3f }))
                {
                    float first = trainer.Step(images, labels), last = first;
                    for (int step = 1; step < 20; step++) last = trainer.Step(images, labels);
                    Console.WriteLine($"{LeNet5.ParameterCount} parameters, loss halved: {last < first / 2}");
                }

                var probabilities = new float[LeNet5.OutputLength];
                network.Predict(images.AsSpan(0, LeNet5.InputLength), probabilities);
                float sum = 0;
                foreach (float probability in probabilities) sum += probability;
                Console.WriteLine($"probabilities sum to one: {Math.Abs(sum - 1) < 1e-5f}");

                network.Save("lenet5.safetensors");
                var loaded = LeNet5.Load("lenet5.safetensors");
                var again = new float[LeNet5.OutputLength];
                loaded.Predict(images.AsSpan(0, LeNet5.InputLength), again);
                Console.WriteLine($"loaded network predicts the same: {again.AsSpan().SequenceEqual(probabilities)}");
            }
        }
        """;

    [Theory]
    [InlineData("enable")]
    [InlineData("disable")]
    public void A_fresh_project_trains_predicts_saves_and_loads(string nullable)
    {
        string directory = NewProject("release-" + nullable, nullable);
        DotNetRun build = DotNetRun.Of(directory, "build", "-c", "Release", "-m:1").Succeeded();
        build.Printed("0 Warning(s)");

        DotNetRun run = DotNetRun.Of(directory, Path.Combine("bin", "Release", "net10.0", "Consumer.dll")).Succeeded();
        Assert.Equal(
            """
            61706 parameters, loss halved: True
            probabilities sum to one: True
            loaded network predicts the same: True

            """,
            run.Output,
            ignoreLineEndingDifferences: true);
    }

    [Fact]
    public void A_debug_build_is_warned_even_where_warnings_are_errors()
    {
        string directory = NewProject("debug", "enable");

        // On the command line MSBuild itself turns warnings into errors, besides the compiler.
        DotNetRun build = DotNetRun.Of(directory, "build", "-warnaserror", "-m:1").Succeeded();
        build.Printed($"warning {DiagnosticIds.UnoptimizedCompilation}: Network 'LeNet5'");
        build.Printed("1 Warning(s)");
    }

    [Fact]
    public void A_framework_that_the_package_has_nothing_for_is_refused()
    {
        DotNetRun restore = DotNetRun.Of(NewProject("older", "enable"), "restore", "-m:1", "-p:TargetFramework=net8.0");
        Assert.NotEqual(0, restore.ExitCode);
        restore.Printed("NU1202");
    }

    [Fact]
    public void A_NativeAOT_publish_is_told_to_choose_an_instruction_set()
    {
        string directory = NewProject("aot", "enable");
        DotNetRun.Of(directory, "restore", "-m:1").Succeeded();

        DotNetRun Suggest(params string[] properties) => DotNetRun.Of(
            directory, ["msbuild", "-t:NetGenSuggestInstructionSet", .. properties.Select(property => "-p:" + property)]).Succeeded();

        const string Warning = "warning NETGEN090: NativeAOT compiles for SSE4.2";
        DotNetRun told = Suggest("PublishAot=true", "RuntimeIdentifier=linux-x64");
        told.Printed(Warning);
        told.Printed("x86-64-v3 (AVX2)");

        Suggest("PublishAot=true", "RuntimeIdentifier=linux-x64", "IlcInstructionSet=native").DidNotPrint("NETGEN090");
        Suggest("PublishAot=true", "RuntimeIdentifier=linux-x64", "NetGenSuggestInstructionSet=false").DidNotPrint("NETGEN090");
        Suggest("PublishAot=true", "RuntimeIdentifier=linux-x64", "NoWarn=NETGEN090").DidNotPrint("NETGEN090");
        Suggest("PublishAot=true", "RuntimeIdentifier=linux-arm64").DidNotPrint("NETGEN090");
        Suggest("RuntimeIdentifier=linux-x64").DidNotPrint("NETGEN090");
    }

    private string NewProject(string name, string nullable)
    {
        string directory = package.NewDirectory(name);
        File.WriteAllText(Path.Combine(directory, "Program.cs"), Program);
        File.WriteAllText(Path.Combine(directory, "Consumer.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>{nullable}</Nullable>
                <ImplicitUsings>disable</ImplicitUsings>
                <AllowUnsafeBlocks>false</AllowUnsafeBlocks>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
                <WarningsAsErrors>CS1591</WarningsAsErrors>
                <WarningsNotAsErrors></WarningsNotAsErrors>
                <GenerateDocumentationFile>true</GenerateDocumentationFile>
                <UseAppHost>false</UseAppHost>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="NetGen" Version="{package.Version}" />
              </ItemGroup>
            </Project>
            """);
        return directory;
    }
}
