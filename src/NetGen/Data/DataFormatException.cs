namespace NetGen;

/// <summary>A data file is not what its format, or the reader asked for it, demands. The message names file, offset and expectation.</summary>
public sealed class DataFormatException : IOException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="source">The file's name, or what else stands for it in the message.</param>
    /// <param name="offset">Where in its content (decompressed, if it is compressed) the expectation failed, in bytes.</param>
    /// <param name="problem">What was expected and what is there.</param>
    /// <param name="innerException">What the framework said of it, if it did.</param>
    internal DataFormatException(string source, long offset, string problem, Exception? innerException = null)
        : base($"{source}, offset {offset}: {problem}", innerException)
    {
        FileName = source;
        Offset = offset;
    }

    /// <summary>The file, as the caller named it, or "stream" where it has no name.</summary>
    public string FileName { get; }

    /// <summary>Where in the file's content (decompressed, if it is compressed) the expectation failed, in bytes.</summary>
    public long Offset { get; }
}
