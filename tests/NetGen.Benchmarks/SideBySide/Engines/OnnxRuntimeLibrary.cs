using System.Runtime.InteropServices;

namespace NetGen.Benchmarks.SideBySide;

/// <summary>Finds ONNX Runtime's shared library.</summary>
internal static class OnnxRuntimeLibrary
{
    /// <summary>The environment variable that may hold the library's path.</summary>
    public const string Variable = "ORT_LIB";

    private const string Package = "node_modules/onnxruntime-node";

    private static string Pattern =>
        OperatingSystem.IsWindows() ? "onnxruntime.dll" : OperatingSystem.IsMacOS() ? "libonnxruntime*.dylib" : "libonnxruntime.so*";

    /// <summary>The path given, or that of the environment, or the library of an npm package installed in the current directory.</summary>
    /// <param name="given">What the command line says, if anything.</param>
    /// <exception cref="OnnxRuntimeException">There is none; the message tells where to get it.</exception>
    public static string Find(string? given)
    {
        string? path = given ?? Environment.GetEnvironmentVariable(Variable);
        if (!string.IsNullOrEmpty(path))
        {
            if (File.Exists(path)) return Path.GetFullPath(path);
            string origin = given is null ? Variable : "--ort";
            throw new OnnxRuntimeException($"There is no file '{path}', which {origin} names. {Instructions}");
        }

        return FindPackage() ?? throw new OnnxRuntimeException($"ONNX Runtime's shared library is not here. {Instructions}");
    }

    private static string Instructions => $"""
        Get it with

            npm install --ignore-scripts onnxruntime-node

        in the current directory, or name the library ({Pattern}) by --ort PATH or the environment variable {Variable}.
        """;

    // The package holds the libraries of all systems: bin/napi-v6/linux/x64/libonnxruntime.so.1.
    private static string? FindPackage()
    {
        if (!Directory.Exists(Package)) return null;
        string architecture = RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant();
        return Directory.EnumerateFiles(Package, Pattern, SearchOption.AllDirectories)
            .Where(path => Path.GetFileName(Path.GetDirectoryName(path)) == architecture)
            .Order(StringComparer.Ordinal)
            .Select(Path.GetFullPath)
            .FirstOrDefault();
    }
}
