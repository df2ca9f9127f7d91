namespace NetGen;

/// <summary>A data file is not what its format, or the reader asked for it, demands. The message names file, offset and expectation.</summary>
public sealed class DataFormatException : IOException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="path">The file.</param>
    /// <param name="offset">Where in its content (decompressed, if it is compressed) the expectation failed, in bytes.</param>
    /// <param name="problem">What was expected and what is there.</param>
    /// <param name="innerException">What the framework said of it, if it did.</param>
    public DataFormatException(string path, long offset, string problem, Exception? innerException = null)
        : base($"{path}, offset {offset}: {problem}", innerException)
    {
        Path = path;
        Offset = offset;
    }

    /// <summary>The file, as it was named by the caller.</summary>
    public string Path { get; }

    /// <summary>Where in the file's content (decompressed, if it is compressed) the expectation failed, in bytes.</summary>
    public long Offset { get; }
}
