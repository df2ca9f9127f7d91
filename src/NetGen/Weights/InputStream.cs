namespace NetGen;

/// <summary>The streams that weights and images are read from.</summary>
internal static class InputStream
{
    /// <summary>Opens a file to read it front to back, in pieces that the reader buffers itself.</summary>
    /// <param name="path">The file.</param>
    public static FileStream Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1, FileOptions.SequentialScan);
    }

    /// <summary>Checks a caller's stream.</summary>
    /// <param name="stream">The stream.</param>
    /// <exception cref="ArgumentException"><paramref name="stream"/> can't be read.</exception>
    public static void CheckReadable(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        if (!stream.CanRead)
        {
            throw new ArgumentException("The stream can't be read. Pass one that is open for reading.", nameof(stream));
        }
    }
}
