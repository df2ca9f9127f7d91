namespace NetGen.Generator.Declaration;

/// <summary>What <c>[FullyConvolutional]</c> says, by value; the layers of the source are those of the <see cref="NetworkSpec"/> that holds it.</summary>
/// <param name="Source">The name of the source's class.</param>
/// <param name="Assembly">The assembly that the source comes from, so that its mistakes are reported here; null for one of this project.</param>
/// <param name="State">Whether there is a source.</param>
/// <param name="Height">Rows of the image; null where a length is given.</param>
/// <param name="Width">Columns of the image, or the length of the sequence.</param>
internal sealed record FullyConvolutionalSpec(string Source, string? Assembly, SourceState State, int? Height, int Width);

/// <summary>What a type that a network is derived from is.</summary>
internal enum SourceState
{
    /// <summary>A network.</summary>
    Read,

    /// <summary>A type without <c>[Network]</c>.</summary>
    NoNetwork,

    /// <summary>A network that is derived itself.</summary>
    Derived,

    /// <summary>Something that does not compile, or a network with layers that cannot be read: that is reported where it is.</summary>
    Unreadable,
}
