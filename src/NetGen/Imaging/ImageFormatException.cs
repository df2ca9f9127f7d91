namespace NetGen;

/// <summary>
/// A file is not an image, is a damaged one, or one that needs a decoder of the caller's. The message names file, offset and remedy.
/// </summary>
public sealed class ImageFormatException : IOException
{
    internal ImageFormatException(string source, long offset, string message, Exception? innerException = null)
        : base($"{source}, offset {offset}: {message}", innerException)
    {
        FileName = source;
        Offset = offset;
    }

    /// <summary>The file's name, or "stream" where there is none.</summary>
    public string FileName { get; }

    /// <summary>Where in the file the fault is, in bytes.</summary>
    public long Offset { get; }
}
