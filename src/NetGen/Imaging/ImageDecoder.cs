namespace NetGen;

/// <summary>Decodes an image of a format that <see cref="RgbImage"/> does not know, by a library of the caller's choice.</summary>
/// <param name="stream">The file from its first byte; it can seek where the caller's stream or file can.</param>
/// <returns>The image.</returns>
public delegate RgbImage ImageDecoder(Stream stream);
