using System.Reflection;
using System.Runtime.CompilerServices;
using Xunit;

namespace NetGen.Generator.Tests.Snapshots;

/// <summary>
/// Compares emitted text with the file that was approved, in Verify's conventions: <c>Class.Method#File.verified.cs</c> beside the
/// test, and on a difference <c>.received.cs</c> with what came instead. To approve, move the one over the other.
/// </summary>
internal static class Snapshot
{
    /// <summary>Where the sources of this project are; a deterministic build hides it from caller information.</summary>
    private static readonly string s_directory = Path.Combine(
        typeof(Snapshot).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "ProjectDirectory").Value!,
        "Snapshots");

    public static void Verify(string file, string text, Type test, [CallerMemberName] string method = "")
    {
        string stem = Path.Combine(s_directory, $"{test.Name}.{method}#{file}");
        string verified = $"{stem}.verified.cs", received = $"{stem}.received.cs";
        string expected = File.Exists(verified) ? File.ReadAllText(verified) : "";
        if (Normalized(expected) == Normalized(text))
        {
            File.Delete(received);
            return;
        }

        File.WriteAllText(received, text);
        Assert.Fail($"{Path.GetFileName(verified)} {FirstDifference(Normalized(expected), Normalized(text))}; what came is in {received}.");
    }

    private static string Normalized(string text) => text.Replace("\r\n", "\n", StringComparison.Ordinal).TrimStart('\uFEFF').TrimEnd('\n');

    private static string FirstDifference(string expected, string actual)
    {
        string[] before = expected.Split('\n'), after = actual.Split('\n');
        int line = 0;
        while (line < before.Length && line < after.Length && before[line] == after[line])
        {
            line++;
        }

        return $"differs from line {line + 1} on: «{before.ElementAtOrDefault(line)}» was approved, «{after.ElementAtOrDefault(line)}» came";
    }
}
