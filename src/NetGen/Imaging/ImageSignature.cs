namespace NetGen;

/// <summary>Tells image formats apart by the first bytes of a file.</summary>
internal static class ImageSignature
{
    /// <summary>As many bytes tell every format.</summary>
    public const int Length = 12;

    public static bool IsPng(ReadOnlySpan<byte> bytes) => bytes is [0x89, (byte)'P', (byte)'N', (byte)'G', ..];

    /// <summary>Whether these are the bytes of a PGM or PPM, with text or bytes for samples.</summary>
    public static bool IsPnm(ReadOnlySpan<byte> bytes) => bytes is [(byte)'P', (byte)'2' or (byte)'3' or (byte)'5' or (byte)'6', ..];

    /// <summary>What a file of another format is, for a message.</summary>
    public static string Describe(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [0xFF, 0xD8, 0xFF, ..] => "a JPEG file",
        [(byte)'G', (byte)'I', (byte)'F', (byte)'8', ..] => "a GIF file",
        [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'W', (byte)'E', (byte)'B', (byte)'P', ..] => "a WebP file",
        [(byte)'B', (byte)'M', ..] => "a BMP file",
        [(byte)'I', (byte)'I', 42, 0, ..] or [(byte)'M', (byte)'M', 0, 42, ..] => "a TIFF file",
        [(byte)'P', (byte)'1' or (byte)'4', ..] => "a PBM file",
        [_, _, _, _, (byte)'f', (byte)'t', (byte)'y', (byte)'p', ..] => "a file of the AVIF and HEIF family",
        _ => "no image of a known format",
    };
}
