namespace NetGen;

/// <summary>
/// A weights file is well-formed but does not fit the network that loads it. The message names each tensor at fault with what the file
/// has and what the network needs.
/// </summary>
public sealed class WeightsMismatchException : IOException
{
    internal WeightsMismatchException(string source, string message, IReadOnlyList<string> tensorNames)
        : base(message)
    {
        FileName = source;
        TensorNames = tensorNames;
    }

    /// <summary>The file's name, or "stream" where there is none.</summary>
    public string FileName { get; }

    /// <summary>The tensors that are missing, unexpected, or of another shape or type.</summary>
    public IReadOnlyList<string> TensorNames { get; }
}
