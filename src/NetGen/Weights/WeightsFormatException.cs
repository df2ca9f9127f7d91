namespace NetGen;

/// <summary>A weights file is not well-formed safetensors.</summary>
public sealed class WeightsFormatException : IOException
{
    internal WeightsFormatException(string source, long offset, string message, Exception? innerException = null)
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
