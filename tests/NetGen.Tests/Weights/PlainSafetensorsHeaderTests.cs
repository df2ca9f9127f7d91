using System.Text;
using NetGen.CompilerServices;
using Xunit;

namespace NetGen.Tests.Weights;

public sealed class PlainSafetensorsHeaderTests
{
    private const string Compact =
        """{"__metadata__":{"format":"pt","a":""},"b.weight":{"dtype":"F32","shape":[2,3],"data_offsets":[0,24]},"n":{"dtype":"I64","shape":[],"data_offsets":[24,32]}}   """;

    // As Python's json module writes it.
    private const string Spaced =
        """{"input": {"dtype": "F16", "shape": [2, 10, 1], "data_offsets": [8, 48]}, "__metadata__": {"op": "conv2d"}, "empty": {"dtype": "F32", "shape": [0, 7], "data_offsets": [48, 48]}}""";

    [Theory]
    [InlineData(Compact)]
    [InlineData(Spaced)]
    public void Plain_headers_are_read_as_the_JSON_library_reads_them(string json)
    {
        byte[] header = Encoding.UTF8.GetBytes(json);

        Assert.Equal(ByLibrary(header), Plain(header));
        Assert.NotNull(Plain(header));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}""")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}}""")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},}""")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1,],"data_offsets":[0,4]}}""")]
    [InlineData("""{"a":{"dtype":"F32","shape":[,1],"data_offsets":[0,4]}}""")]
    [InlineData("""{"a":{"dtype":"F32","shape":[01],"data_offsets":[0,4]}}""")]
    [InlineData("""{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}""")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1.0],"data_offsets":[0,4]}}""")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1000000000000000000],"data_offsets":[0,4]}}""")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1000000000000,100000000000],"data_offsets":[0,4]}}""")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,8]}}""")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}}""")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4,4]}}""")]
    [InlineData("""{"a":{"dtype":"F33","shape":[1],"data_offsets":[0,4]}}""")]
    [InlineData("""{"a":{"shape":[1],"dtype":"F32","data_offsets":[0,4]}}""")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4],"more":1}}""")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""")]
    [InlineData("""{"\u0061":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""")]
    [InlineData("""{"größe":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""")]
    [InlineData("""{"__metadata__":{"a":1},"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""")]
    [InlineData("""{"__metadata__":{},"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""")]
    public void What_is_not_plain_or_wrong_is_left_to_the_JSON_library(string json) => Assert.Null(Plain(Encoding.UTF8.GetBytes(json)));

    [Theory]
    [InlineData(64, true)]
    [InlineData(65, false)]
    public void Shapes_of_up_to_64_axes_are_plain(int axes, bool isPlain)
    {
        string shape = string.Join(",", Enumerable.Repeat(1, axes));
        byte[] header = Encoding.UTF8.GetBytes($$$"""{"a":{"dtype":"F32","shape":[{{{shape}}}],"data_offsets":[0,4]}}""");

        Assert.Equal(isPlain, Plain(header) is not null);
        Assert.NotNull(ByLibrary(header));
    }

    [Theory]
    [InlineData(Compact)]
    [InlineData(Spaced)]
    public void A_changed_missing_or_doubled_byte_never_makes_it_read_what_the_JSON_library_does_not(string json)
    {
        byte[] header = Encoding.UTF8.GetBytes(json);
        for (int at = 0; at < header.Length; at++)
        {
            foreach (byte replacement in "\0\n \"\\,:[]{}0159aF\u007F"u8)
            {
                byte[] changed = [.. header];
                changed[at] = replacement;
                AssertAgree(changed);
            }

            AssertAgree([.. header[..at], .. header[(at + 1)..]]);
            AssertAgree([.. header[..at], header[at], .. header[at..]]);
        }

        static void AssertAgree(byte[] changed)
        {
            if (Plain(changed) is string read)
            {
                Assert.Equal(ByLibrary(changed), read);
            }
        }
    }

    [Fact]
    public void Files_that_networks_save_have_plain_headers()
    {
        using MemoryStream stream = new();
        SafetensorsWriter.Write(stream, [new ParameterLayout("a.weight", [2, 3], 0, 0, [[int.MaxValue, 3], [int.MaxValue, 1]])], new float[6]);

        Assert.StartsWith("a.weight F32 [2, 3] 0-24", Plain(stream.ToArray()[SafetensorsHeader.PrefixBytes..^24]));
    }

    [Fact]
    public void Metadata_cost_no_memory()
    {
        byte[] header = Encoding.UTF8.GetBytes($"{{\"__metadata__\":{{\"a\":\"{new string('x', 1 << 20)}\"}},{Compact[1..]}");
        header = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(header).Replace("\"__metadata__\":{\"format\":\"pt\",\"a\":\"\"},", "", StringComparison.Ordinal));
        Plain(header);
        long before = GC.GetAllocatedBytesForCurrentThread();
        string? read = Plain(header);
        Assert.NotNull(read);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 16);
    }

    [Fact]
    public void No_beginning_of_a_header_is_read()
    {
        byte[] header = Encoding.UTF8.GetBytes(Spaced);
        for (int length = 0; length < header.Length; length++)
        {
            Assert.Null(Plain(header[..length]));
        }
    }

    private static string? Plain(byte[] header) => Describe(PlainSafetensorsHeader.TryRead(header));

    private static string? ByLibrary(byte[] header) => Describe(SafetensorsHeader.Parse(header, "file"));

    private static string? Describe(List<SafetensorsTensor>? tensors) => tensors is null ? null : string.Join(
        "; ", tensors.Select(t => $"{t.Name} {t.Type.Name} {SafetensorsTensor.Describe(t.Shape)} {t.Begin}-{t.End} at {t.HeaderOffset}"));
}
