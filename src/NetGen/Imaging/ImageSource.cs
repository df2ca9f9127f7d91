namespace NetGen;

/// <summary>
/// The bytes of an image file as they arrive, with the offset that messages name; the first can be looked at before they are read.
/// </summary>
internal sealed class ImageSource(Stream stream, string name) : ForwardStream
{
    private readonly byte[] _buffer = new byte[1 << 14];
    private int _begin;
    private int _end;

    /// <summary>The file, for messages.</summary>
    public string Name => name;

    /// <summary>Bytes read so far.</summary>
    public long Offset { get; private set; }

    /// <summary>The next bytes, which stay unread; fewer where the file ends. For the start of the file only.</summary>
    public ReadOnlySpan<byte> Peek(int count)
    {
        _end += stream.ReadAtLeast(_buffer.AsSpan(_end), Math.Max(0, count - (_end - _begin)), throwOnEndOfStream: false);
        return _buffer.AsSpan(_begin, Math.Min(count, _end - _begin));
    }

    public override int Read(Span<byte> buffer)
    {
        if (!Refill()) return 0;
        int count = Math.Min(buffer.Length, _end - _begin);
        _buffer.AsSpan(_begin, count).CopyTo(buffer);
        _begin += count;
        Offset += count;
        return count;
    }

    public override int ReadByte()
    {
        if (!Refill()) return -1;
        Offset++;
        return _buffer[_begin++];
    }

    /// <summary>Fills a span.</summary>
    /// <param name="bytes">What to fill.</param>
    /// <param name="what">What the bytes are, for the message where the file ends in them.</param>
    /// <exception cref="ImageFormatException">The file ends before.</exception>
    public void Fill(Span<byte> bytes, string what)
    {
        int filled = this.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        if (filled < bytes.Length)
            throw Error(Offset,
                $"the file ends in {what}; {bytes.Length - filled} more bytes were expected at least. It is truncated: get it again.");
    }

    public ImageFormatException Error(long offset, string problem, Exception? inner = null) => new(name, offset, problem, inner);

    private bool Refill()
    {
        if (_begin < _end) return true;
        _begin = 0;
        _end = stream.Read(_buffer);
        return _end > 0;
    }
}
