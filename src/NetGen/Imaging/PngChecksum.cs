namespace NetGen;

/// <summary>The checksum of PNG's chunks: CRC-32 with the reflected polynomial 0xEDB88320 (ISO 3309).</summary>
internal static class PngChecksum
{
    public const uint Start = uint.MaxValue;

    private const uint Polynomial = 0xEDB88320;

    private static readonly uint[] s_table = CreateTable();

    public static uint Add(uint checksum, ReadOnlySpan<byte> bytes)
    {
        foreach (byte value in bytes) checksum = s_table[(byte)(checksum ^ value)] ^ (checksum >> 8);
        return checksum;
    }

    public static uint Finish(uint checksum) => ~checksum;

    private static uint[] CreateTable()
    {
        var table = new uint[256];
        for (uint i = 0; i < table.Length; i++)
        {
            uint value = i;
            for (int bit = 0; bit < 8; bit++) value = (value & 1) != 0 ? Polynomial ^ (value >> 1) : value >> 1;
            table[i] = value;
        }
        return table;
    }
}
