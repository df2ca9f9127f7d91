using Xunit;
using static NetGen.Tests.Weights.SafetensorsFile;

namespace NetGen.Tests.Weights;

public sealed class HostileFileTests
{
    private static readonly byte[] s_eight = new byte[8];
    private static readonly string s_good = Entry("a", "F32", "[2]", 0, 8);

    public static TheoryData<string, byte[], long, string> Malformed => new()
    {
        { "empty", [], 0, "there is nothing to read, the length is 0; save weights there first." },
        { "cut in the length", [1, 2, 3], 3, "5 more bytes were expected" },
        { "longest length", Make("{}", [], -1), 0, "this is not a safetensors file: by its first 8 bytes the header is said to have 18446744073709551615 bytes; at most 100000000 are allowed." },
        { "length over the limit", Make("{}", [], 100_000_001), 0, "the header is said to have 100000001 bytes; at most 100000000 are allowed." },
        { "length beyond the file", Make("{}", [], 3), 0, "the file is truncated: by its first 8 bytes the header is said to have 3 bytes; only 2 follow." },
        { "text", [.. "NPY\0\0\0\0\0abc"u8], 0, "this is not a safetensors file: by its first 8 bytes the header is said to have 5853262 bytes; only 3 follow." },
        { "no header", Make("", []), 8, "this is not a safetensors file: the header does not begin with '{'" },
        { "blank before the header", Make(" {}", []), 8, "the header does not begin with '{'" },
        { "no object", Make("[]", []), 8, "the header does not begin with '{'" },
        { "cut object", Make("{", []), 9, "the header is not valid JSON" },
        { "two objects", Make("{}{}", []), 10, "the header is not valid JSON" },
        { "zeros behind the object", Make("{}\0\0", []), 10, "the header is not valid JSON" },
        { "comment", Make("{/**/}", []), 9, "the header is not valid JSON" },
        { "trailing comma", Make("{" + s_good + ",}", s_eight), 62, "the header is not valid JSON" },
        { "name not UTF-8", Make([(byte)'{', (byte)'"', 0xFF, (byte)'"', (byte)':', (byte)'{', (byte)'}', (byte)'}'], []), 13, "the header is not valid JSON" },
        { "half a surrogate", Make("""{"\ud800":{}}""", []), 18, "the header is not valid JSON" },
        { "deep", Make("{\"a\":{\"b\":" + new string('[', 100), []), 80, "the header is not valid JSON" },
        { "tensor no object", Make("""{"a":5}""", []), 13, "'a' must be an object with dtype, shape and data_offsets; there is Number." },
        { "no dtype", Make("""{"a":{"shape":[2],"data_offsets":[0,8]}}""", s_eight), 9, "'a' has no dtype; a tensor needs dtype, shape and data_offsets." },
        { "no shape", Make("""{"a":{"dtype":"F32","data_offsets":[0,8]}}""", s_eight), 9, "'a' has no shape" },
        { "no offsets", Make("""{"a":{"dtype":"F32","shape":[2]}}""", s_eight), 9, "'a' has no data_offsets" },
        { "dtype twice", Make("""{"a":{"dtype":"F32","dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", s_eight), 28, "'a' has two members 'dtype'." },
        { "shape twice", Make("""{"a":{"shape":[2],"shape":[2],"dtype":"F32","data_offsets":[0,8]}}""", s_eight), 26, "'a' has two members 'shape'." },
        { "offsets twice", Make("""{"a":{"data_offsets":[0,8],"data_offsets":[0,8]}}""", s_eight), 35, "'a' has two members 'data_offsets'." },
        { "unknown dtype", Make("{" + Entry("a", "F33", "[2]", 0, 8) + "}", s_eight), 22, "dtype 'F33' of 'a' is unknown; known are F32, F16, BF16, F64" },
        { "dtype a number", Make("""{"a":{"dtype":32}}""", []), 22, "dtype of 'a' must be a string; there is Number." },
        { "shape a number", Make("{" + Entry("a", "F32", "2", 0, 8) + "}", s_eight), 36, "shape of 'a' must be an array of whole numbers; there is Number." },
        { "extent negative", Make("{" + Entry("a", "F32", "[-2]", 0, 8) + "}", s_eight), 37, "shape of 'a' has a number that is not whole" },
        { "extent a fraction", Make("{" + Entry("a", "F32", "[2.5]", 0, 8) + "}", s_eight), 37, "shape of 'a' has a number that is not whole" },
        { "extent too large", Make("{" + Entry("a", "F32", "[9223372036854775808]", 0, 8) + "}", s_eight), 37, "negative or beyond 2⁶³" },
        { "extent a string", Make("{" + Entry("a", "F32", "[\"2\"]", 0, 8) + "}", s_eight), 37, "shape of 'a' must be an array of whole numbers; there is String." },
        { "shape overflows", Make("{" + Entry("a", "F32", "[4294967296,4294967296]", 0, 8) + "}", s_eight), 9, "too large for any file; its data_offsets give it 8." },
        { "shape wraps to its size", Make("{" + Entry("a", "F32", "[4611686018427387904,2,2]", 0, 0) + "}", []), 9, "too large for any file; its data_offsets give it 0." },
        { "size not the shape's", Make("{" + Entry("a", "F32", "[3]", 0, 8) + "}", s_eight), 9, "'a' is F32 [3], 12 bytes; its data_offsets give it 8." },
        { "size not the type's", Make("{" + Entry("a", "F64", "[2]", 0, 8) + "}", s_eight), 9, "'a' is F64 [2], 16 bytes; its data_offsets give it 8." },
        { "half a byte", Make("{" + Entry("a", "F4", "[3]", 0, 1) + "}", [0]), 9, "'a' is F4 [3], 2 bytes; its data_offsets give it 1." },
        { "one offset", Make("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[8]}}""", s_eight), 9, "data_offsets of 'a' are [8]; they must be [begin, end]" },
        { "three offsets", Make("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4,8]}}""", s_eight), 9, "data_offsets of 'a' are [0, 4, 8]" },
        { "offsets reversed", Make("{" + Entry("a", "F32", "[2]", 8, 0) + "}", s_eight), 9, "data_offsets of 'a' are [8, 0]; they must be [begin, end] with begin ≤ end." },
        { "name twice", Make("{" + s_good + "," + s_good + "}", s_eight), 62, "'a' occurs twice; each name may occur once." },
        { "name twice, escaped", Make("{" + s_good + "," + Entry("\\u0061", "F32", "[2]", 0, 8) + "}", s_eight), 62, "'a' occurs twice" },
        { "metadata twice", Make("""{"__metadata__":{},"__metadata__":{}}""", []), 27, "'__metadata__' occurs twice" },
        { "metadata no object", Make("""{"__metadata__":"pt"}""", []), 24, "'__metadata__' must be an object of strings; there is String." },
        { "metadata with a number", Make("""{"__metadata__":{"a":1}}""", []), 29, "'__metadata__' must be an object of strings; there is Number." },
        { "overlap", Make("{" + s_good + "," + Entry("b", "F32", "[1]", 4, 8) + "}", s_eight), 62, "'b' begins at byte 4 of the data, inside 'a', which ends at 8." },
        { "same place", Make("{" + s_good + "," + Entry("b", "F32", "[2]", 0, 8) + "}", s_eight), 62, "'b' begins at byte 0 of the data, inside 'a', which ends at 8." },
        { "gap", Make("{" + s_good + "," + Entry("b", "F32", "[1]", 12, 16) + "}", new byte[16]), 62, "'b' begins at byte 12 of the data; no tensor covers bytes 8 to 12." },
        { "gap at the start", Make("{" + Entry("a", "F32", "[2]", 8, 16) + "}", new byte[16]), 9, "'a' begins at byte 8 of the data; no tensor covers bytes 0 to 8." },
        { "data cut", Make("{" + s_good + "}", new byte[7]), 69, "the file ends after 7 bytes of data; 'a' reaches to byte 8." },
        { "data too long", Make("{" + s_good + "}", new byte[9]), 70, "the file goes on behind the 8 bytes of data that its header describes, to byte 9; it must end there." },
        { "far beyond the file", Make("{" + Entry("a", "F32", "[1000000000000]", 0, 4000000000000) + "}", s_eight), 94, "the file ends after 8 bytes of data" },
        { "beyond 63 bits of bytes", Make("{" + Entry("a", "U8", "[9223372036854775807]", 0, 9223372036854775807) + "}", s_eight), 9, "too large for any file" },
    };

    [Theory]
    [MemberData(nameof(Malformed))]
    public void A_malformed_file_is_refused_with_offset_and_expectation(string fault, byte[] file, long offset, string message)
    {
        Assert.NotEmpty(fault);
        using MemoryStream stream = new(file);
        WeightsFormatException exception = ThrowsWith.Message<WeightsFormatException>(message, () => new SafetensorsReader(stream, "w.safetensors"));
        Assert.StartsWith($"w.safetensors, offset {exception.Offset}: ", exception.Message, StringComparison.Ordinal);
        Assert.Equal("w.safetensors", exception.FileName);
        Assert.Equal(offset, exception.Offset);
    }

    [Theory]
    [MemberData(nameof(Malformed))]
    public void A_stream_without_seeking_is_checked_as_well(string fault, byte[] file, long offset, string message)
    {
        Assert.NotEmpty(fault + offset + message);
        Assert.Throws<WeightsFormatException>(() =>
        {
            SafetensorsReader reader = new(new TrickleStream(file), "stream");
            foreach (SafetensorsTensor tensor in reader.Tensors)
            {
                reader.Skip(tensor);
            }

            reader.ReadEnd();
        });
    }

    [Theory]
    [InlineData(99_999_999, true)]
    [InlineData(100_000_000, true)]
    [InlineData(99_999_999, false)]
    public void A_claimed_header_costs_no_memory(long headerBytes, bool seekable)
    {
        byte[] file = Make("{}", [], headerBytes);
        using Stream stream = seekable ? new MemoryStream(file) : new TrickleStream(file);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<WeightsFormatException>(() => new SafetensorsReader(stream, "stream"));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 18);
    }

    [Fact]
    public void A_claimed_tensor_costs_no_memory()
    {
        byte[] file = Make("{" + Entry("a", "F32", "[1000000000]", 0, 4_000_000_000) + "}", []);
        long before = GC.GetAllocatedBytesForCurrentThread();
        using MemoryStream stream = new(file);
        Assert.Throws<WeightsFormatException>(() => new SafetensorsReader(stream, "stream"));
        SafetensorsReader reader = new(new TrickleStream(file), "stream");
        ThrowsWith.Message<WeightsFormatException>("the file ends in the data of 'a'", () => reader.Skip(reader.Tensors[0]));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 19);
    }

    [Fact]
    public void Any_cut_of_a_good_file_is_refused()
    {
        byte[] file = Make(("a", "F32", [2], Bytes(1, 2)), ("b", "F16", [3], new byte[6]));
        for (int length = 0; length < file.Length; length++)
        {
            byte[] cut = file[..length];
            Assert.Throws<WeightsFormatException>(() =>
            {
                SafetensorsReader reader = new(new TrickleStream(cut), "stream");
                foreach (SafetensorsTensor tensor in reader.Tensors)
                {
                    reader.Skip(tensor);
                }
            });
            Assert.Throws<WeightsFormatException>(() => new SafetensorsReader(new MemoryStream(cut), "stream"));
        }
    }

    [Fact]
    public void Any_changed_byte_is_read_or_refused_but_nothing_else()
    {
        byte[] file = Make(("a", "F32", [2], Bytes(1, 2)), ("__metadata", "F16", [3, 1], new byte[6]));
        Random random = new(1);
        for (int round = 0; round < 20_000; round++)
        {
            byte[] changed = [.. file];
            for (int i = random.Next(3); i >= 0; i--)
            {
                changed[random.Next(file.Length)] = (byte)random.Next(256);
            }

            try
            {
                SafetensorsReader reader = new(new MemoryStream(changed), "stream");
                Assert.Equal(14, reader.Tensors.Sum(tensor => tensor.End - tensor.Begin));
            }
            catch (WeightsFormatException)
            {
                // As it should be.
            }
        }
    }
}
