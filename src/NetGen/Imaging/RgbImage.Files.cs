namespace NetGen;

public sealed partial class RgbImage
{
    /// <summary>
    /// Reads a file: PNG of every kind, PPM or PGM (P2, P3, P5, P6), recognised by its first bytes, or any other format by
    /// <paramref name="decoder"/>. What is transparent lies on white, 16 bits are rounded to 8, and colour profiles are ignored.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="decoder">Decodes what is neither PNG nor PPM or PGM.</param>
    /// <exception cref="ImageFormatException">The file is damaged, has too many pixels, or its format needs a decoder.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="IOException">The file can't be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read, or is a directory.</exception>
    public static RgbImage Load(string path, ImageDecoder? decoder = null)
    {
        using FileStream stream = InputStream.Open(path);
        return Load(stream, path, decoder);
    }

    /// <summary>Reads an image from a stream's position; the stream stays open. See <see cref="Load(string, ImageDecoder?)"/>.</summary>
    /// <param name="stream">The stream; it need not be seekable. More than the image may be read from it.</param>
    /// <param name="decoder">Decodes what is neither PNG nor PPM or PGM.</param>
    /// <exception cref="ArgumentException">The stream can't be read.</exception>
    /// <exception cref="ImageFormatException">The image is damaged, has too many pixels, or its format needs a decoder.</exception>
    public static RgbImage Load(Stream stream, ImageDecoder? decoder = null)
    {
        InputStream.CheckReadable(stream);
        return Load(stream, "stream", decoder);
    }

    /// <summary>Writes the image as PNG of 8-bit RGB. A failed save leaves a file that was there as it was.</summary>
    /// <param name="path">The file to write or replace.</param>
    /// <exception cref="IOException">The directory does not exist, the path is a directory, or writing fails.</exception>
    /// <exception cref="UnauthorizedAccessException">No file may be created in the directory.</exception>
    public void SavePng(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        AtomicFile.Write(path, SavePng);
    }

    /// <summary>Writes the image as PNG of 8-bit RGB.</summary>
    /// <param name="stream">The stream to write to; it stays open.</param>
    /// <exception cref="ArgumentException">The stream can't be written to.</exception>
    public void SavePng(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        if (!stream.CanWrite)
            throw new ArgumentException("The stream can't be written to. Pass one that is open for writing.", nameof(stream));
        PngEncoder.Encode(this, stream);
    }

    private static RgbImage Load(Stream stream, string name, ImageDecoder? decoder)
    {
        long? start = stream.CanSeek ? stream.Position : null;
        var source = new ImageSource(stream, name);
        ReadOnlySpan<byte> signature = source.Peek(ImageSignature.Length);
        if (signature.IsEmpty) throw source.Error(0, "there is nothing to read; pass a file, or a stream at the start of an image.");
        if (ImageSignature.IsPng(signature)) return PngDecoder.Decode(source);
        if (ImageSignature.IsPnm(signature)) return PnmDecoder.Decode(source);
        if (decoder is null)
            throw source.Error(0,
                $"this is {ImageSignature.Describe(signature)}; PNG, PPM and PGM are read as they are. Convert the file to PNG, or pass a decoder "
                + "to RgbImage.Load.");

        if (start is not null) stream.Position = start.Value;
        return decoder(start is null ? source : stream) ?? throw new InvalidOperationException("The decoder gave no image; it must return one.");
    }
}
