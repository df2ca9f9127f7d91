using System.Reflection;
using Xunit;

namespace NetGen.Tests.PublicApi;

/// <summary>
/// What other assemblies can see of the library changes only on purpose: <c>PublicApi.verified.txt</c> is what was approved, and on a
/// difference <c>PublicApi.received.txt</c> is what came instead. To approve, move the one over the other.
/// </summary>
public sealed class PublicApiTests
{
    // A deterministic build hides it from caller information.
    private static readonly string s_directory = Path.Combine(
        typeof(PublicApiTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "ProjectDirectory").Value!,
        "PublicApi");

    [Fact]
    public void The_public_api_is_the_approved_one()
    {
        string verified = Path.Combine(s_directory, "PublicApi.verified.txt"), received = Path.Combine(s_directory, "PublicApi.received.txt");
        string[] expected = File.Exists(verified) ? File.ReadAllLines(verified) : [];
        string[] actual = [.. ApiText.Lines(typeof(Trainer<>).Assembly)];
        if (expected.SequenceEqual(actual))
        {
            File.Delete(received);
            return;
        }

        File.WriteAllText(received, string.Join('\n', actual) + '\n');
        Assert.Fail($"""
            The public API differs from {Path.GetFileName(verified)}; what came is in {received}.
            Gone: {Joined(expected.Except(actual))}
            New: {Joined(actual.Except(expected))}
            """);
    }

    private static string Joined(IEnumerable<string> lines) => string.Join("; ", lines.Select(line => line.Trim()));
}
