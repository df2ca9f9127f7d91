using System.Buffers.Binary;
using Xunit;

namespace NetGen.Tests.Data;

public sealed class IdxFileTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Bytes_are_read_plain_and_compressed(bool compressed)
    {
        byte[] content = Bytes.Idx(8, [2, 3], [1, 2, 3, 4, 5, 255]);
        IdxFile file = IdxFile.Read(_directory.Write("a", compressed ? Bytes.Gzip(content) : content));

        Assert.Equal(IdxElementType.UInt8, file.ElementType);
        Assert.Equal([2, 3], file.Dimensions.ToArray());
        Assert.Equal(6, file.Length);
        Assert.Equal([1, 2, 3, 4, 5, 255], file.Bytes.ToArray());
        Assert.Equal([1f, 2, 3, 4, 5, 255], file.ToSingleArray());
        Assert.Equal([1, 2, 3, 4, 5, 255], file.ToInt32Array());
    }

    public static TheoryData<byte, byte[], float[]> Elements => new()
    {
        { 0x09, [0xFF, 0x7F], [-1, 127] },
        { 0x0B, [0xFF, 0xFE, 0x01, 0x00], [-2, 256] },
        { 0x0C, [0xFF, 0xFF, 0xFF, 0xFD, 0x00, 0x01, 0x00, 0x00], [-3, 65536] },
        { 0x0D, [0x3F, 0xC0, 0x00, 0x00, 0xC0, 0x20, 0x00, 0x00], [1.5f, -2.5f] },
        { 0x0E, [0x3F, 0xF8, 0, 0, 0, 0, 0, 0, 0xC0, 0x04, 0, 0, 0, 0, 0, 0], [1.5f, -2.5f] },
    };

    [Theory]
    [MemberData(nameof(Elements))]
    public void Every_element_type_is_read_big_endian(byte type, byte[] elements, float[] expected)
    {
        IdxFile file = IdxFile.Read(new MemoryStream(Bytes.Idx(type, [2], elements)));

        Assert.Equal(expected, file.ToSingleArray());
        ThrowsWith.Message<InvalidOperationException>("not unsigned bytes", () => file.Bytes.Length);
        if (type < 0x0D) Assert.Equal(expected, Array.ConvertAll(file.ToInt32Array(), i => (float)i));
        else ThrowsWith.Message<InvalidOperationException>("use ToSingleArray", () => file.ToInt32Array());
    }

    public static TheoryData<string, byte[], long, string> Damaged => new()
    {
        { "empty", [], 0, "expected 4 bytes of IDX magic number, but the file has 0" },
        { "other file", [0x89, 0x50, 0x4E, 0x47, 0, 0], 0, "starts with two zero bytes; this one starts with 0x89 0x50" },
        { "element type", Bytes.Idx(0x0A, [1], [1]), 2, "0x0A is no IDX element type" },
        { "no dimensions", Bytes.Idx(8, [], []), 3, "expected at least one dimension" },
        { "cut in the dimensions", Bytes.Idx(8, [2, 2, 2], [])[..10], 8, "expected 4 bytes of dimension 2 of 3, but the file has 2" },
        { "zero dimension", Bytes.Idx(8, [2, 0], []), 8, "dimension 2 of 2 is 0" },
        { "truncated", Bytes.Idx(8, [2, 3], [1, 2, 3, 4, 5]), 12, "expected 6 bytes of elements (2×3 UInt8), but the file has 5" },
        { "oversized", Bytes.Idx(8, [2, 3], [1, 2, 3, 4, 5, 6, 7]), 18,
            "the file should end here, after 6 bytes of elements (2×3 UInt8), but " },
        { "huge", Bytes.Idx(8, [0xFFFFFFFF], [1]), 4, "exceed" },
        { "huge product", Bytes.Idx(8, [65536, 65536, 65536, 65536, 4], [1]), 8, "exceed" },
        { "huge doubles", Bytes.Idx(0x0E, [0x40000000], [1]), 4, "exceed" },
        { "announced only", Bytes.Idx(8, [0x7FFF0000], [1, 2, 3]), 8,
            "expected 2147418112 bytes of elements (2147418112 UInt8), but the file has 3" },
    };

    [Theory]
    [MemberData(nameof(Damaged))]
    public void A_damaged_file_says_where_and_what_was_expected(string name, byte[] content, long offset, string problem)
    {
        foreach (string file in (string[])[name, name + ".gz"])
        {
            bool compressed = file.EndsWith(".gz", StringComparison.Ordinal);
            string path = _directory.Write(file, compressed ? Bytes.Gzip(content) : content);
            long before = GC.GetAllocatedBytesForCurrentThread();
            var exception = Assert.Throws<DataFormatException>(() => IdxFile.Read(path));
            Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 4 << 20, "memory was taken on the header's word");

            Assert.Equal(path, exception.FileName);
            Assert.Equal(offset, exception.Offset);
            Assert.StartsWith($"{path}, offset {offset}: ", exception.Message, StringComparison.Ordinal);
            Assert.Contains(problem, exception.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_stream_of_unknown_length_is_read_to_its_end_and_not_believed()
    {
        byte[] content = Bytes.Idx(8, [3, 1_000_000], Bytes.Fill(3_000_000, 9));
        Assert.Equal(3_000_000, IdxFile.Read(new Unseekable(content)).Bytes.Count((byte)9));

        var truncated = Assert.Throws<DataFormatException>(() => IdxFile.Read(new Unseekable(content[..2_000_000]), "resource"));
        Assert.StartsWith("resource, offset 12: expected 3000000 bytes", truncated.Message, StringComparison.Ordinal);
        Assert.Contains("but the file has 1999988", truncated.Message, StringComparison.Ordinal);

        var oversized = Assert.Throws<DataFormatException>(() => IdxFile.Read(new Unseekable([.. content, 0])));
        Assert.Contains("there is more", oversized.Message, StringComparison.Ordinal);

        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<DataFormatException>(() => IdxFile.Read(new Unseekable(Bytes.Idx(8, [0x7FFF0000], [1, 2, 3]))));
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 4 << 20, "memory was taken on the header's word");
    }

    [Fact]
    public void Damage_to_the_compression_is_reported()
    {
        byte[] sound = Bytes.Gzip(Bytes.Idx(8, [1000], [.. Enumerable.Range(0, 1000).Select(i => (byte)(i * i * 31 >> 3))]));

        byte[] flipped = [.. sound];
        flipped[sound.Length / 2] ^= 0x10;
        Assert.Throws<DataFormatException>(() => IdxFile.Read(_directory.Write("flipped.gz", flipped)));

        byte[] checksum = [.. sound];
        checksum[^8] ^= 1;
        Assert.Throws<DataFormatException>(() => IdxFile.Read(_directory.Write("checksum.gz", checksum)));

        for (int length = 2; length < sound.Length; length += 7)
        {
            string path = _directory.Write("cut.gz", sound[..length]);
            Assert.Throws<DataFormatException>(() => IdxFile.Read(path));
        }
        ThrowsWith.Message<DataFormatException>("at least 18 bytes", () => IdxFile.Read(_directory.Write("stub.gz", sound[..10])));
    }

    [Fact]
    public void A_cut_compressed_file_is_called_truncated_whatever_its_last_bytes_announce()
    {
        byte[] content = [.. Bytes.Idx(8, [50_000], []), .. new byte[50_000]];
        for (int i = 8; i < content.Length; i++) content[i] = (byte)(i * i * 31 >> 3 ^ i >> 5);
        byte[] sound = Bytes.Gzip(content);
        Assert.True(sound.Length > 3000, "too well compressed to be cut");

        foreach (uint announced in (uint[])[0, 20, 60_000, 100_000, 613_561_019, uint.MaxValue])
        {
            byte[] cut = sound[..(sound.Length / 2)];
            BinaryPrimitives.WriteUInt32LittleEndian(cut.AsSpan(cut.Length - 4), announced);
            string path = _directory.Write("cut.gz", cut);
            foreach (Func<object> read in (Func<object>[])[() => IdxFile.Read(path), () => Cifar10.LoadFile(path), () => DelimitedText.Load(path)])
            {
                ThrowsWith.Message<DataFormatException>("the file is truncated or damaged", read);
            }
        }
    }

    [Fact]
    public void What_is_appended_to_a_compressed_file_is_an_error()
    {
        byte[] content = Bytes.Idx(8, [4], [1, 2, 3, 4]);
        byte[] sound = Bytes.Gzip(content);

        // Bytes after the end, and a second member after the first: neither may go unnoticed.
        Assert.Throws<DataFormatException>(() => IdxFile.Read(_directory.Write("a.gz", [.. sound, 1, 2, 3, 4, 5])));
        Assert.Throws<DataFormatException>(() => IdxFile.Read(_directory.Write("b.gz", [.. sound, .. sound])));

        byte[] agreeing = [.. sound, .. sound[^4..]];
        BinaryPrimitives.WriteUInt32LittleEndian(agreeing.AsSpan(agreeing.Length - 4), 400);
        Assert.Throws<DataFormatException>(() => IdxFile.Read(_directory.Write("c.gz", agreeing)));
    }

    [Fact]
    public void A_compression_bomb_is_refused_before_it_unfolds()
    {
        // 64 MB of zeros in some 300 KB behind a header for four elements.
        byte[] bomb = Bytes.Gzip([.. Bytes.Idx(8, [4], [1, 2, 3, 4]), .. new byte[64 << 20]]);
        string path = _directory.Write("bomb.gz", bomb);
        long before = GC.GetAllocatedBytesForCurrentThread();
        var exception = Assert.Throws<DataFormatException>(() => IdxFile.Read(path));
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 4 << 20);
        Assert.Equal(12, exception.Offset);

        // The same, with a trailer that lies as the header does.
        BinaryPrimitives.WriteUInt32LittleEndian(bomb.AsSpan(bomb.Length - 4), 12);
        before = GC.GetAllocatedBytesForCurrentThread();
        exception = Assert.Throws<DataFormatException>(() => IdxFile.Read(_directory.Write("lying.gz", bomb)));
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 4 << 20);
        Assert.Contains("there is more", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_file_is_the_frameworks_exception() =>
        Assert.Throws<FileNotFoundException>(() => IdxFile.Read(Path.Combine(_directory.Path, "none")));

    private sealed class Unseekable(byte[] content) : MemoryStream(content)
    {
        public override bool CanSeek => false;

        public override long Length => throw new NotSupportedException();
    }
}
