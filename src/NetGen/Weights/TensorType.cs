using System.Buffers.Binary;

namespace NetGen;

/// <summary>A type that tensors in safetensors files are stored in.</summary>
/// <param name="Name">Its name in the header.</param>
/// <param name="Bits">Size of one element.</param>
internal sealed record TensorType(string Name, int Bits)
{
    public static readonly TensorType F32 = new("F32", 32);

    private static readonly TensorType s_f16 = new("F16", 16);
    private static readonly TensorType s_bf16 = new("BF16", 16);
    private static readonly TensorType s_f64 = new("F64", 64);

    private static readonly TensorType[] s_all =
    [
        F32, s_f16, s_bf16, s_f64,
        new("BOOL", 8), new("U8", 8), new("I8", 8), new("U16", 16), new("I16", 16), new("U32", 32), new("I32", 32), new("U64", 64), new("I64", 64),
        new("C64", 64), new("F8_E5M2", 8), new("F8_E4M3", 8), new("F8_E8M0", 8), new("F6_E2M3", 6), new("F6_E3M2", 6), new("F4", 4),
    ];

    /// <summary>Characters of the longest name.</summary>
    public const int LongestName = 7;

    /// <summary>The names of all types.</summary>
    public static IEnumerable<string> Names => s_all.Select(type => type.Name);

    /// <summary>Whether <see cref="ToSingles"/> converts it.</summary>
    public bool IsConvertible => this == F32 || this == s_f16 || this == s_bf16 || this == s_f64;

    public static TensorType? Find(string name) => Array.Find(s_all, type => type.Name == name);

    /// <summary>Converts stored elements to single precision; what is beyond its range becomes infinite.</summary>
    /// <param name="bytes">The elements, little-endian.</param>
    /// <param name="values">Receives as many values.</param>
    public void ToSingles(ReadOnlySpan<byte> bytes, Span<float> values)
    {
        if (this == F32)
        {
            for (int i = 0; i < values.Length; i++)
            {
                values[i] = BinaryPrimitives.ReadSingleLittleEndian(bytes[(4 * i)..]);
            }
        }
        else if (this == s_f16)
        {
            for (int i = 0; i < values.Length; i++)
            {
                values[i] = (float)BinaryPrimitives.ReadHalfLittleEndian(bytes[(2 * i)..]);
            }
        }
        else if (this == s_bf16)
        {
            // A bfloat16 is the upper half of a single.
            for (int i = 0; i < values.Length; i++)
            {
                values[i] = BitConverter.UInt32BitsToSingle((uint)BinaryPrimitives.ReadUInt16LittleEndian(bytes[(2 * i)..]) << 16);
            }
        }
        else if (this == s_f64)
        {
            for (int i = 0; i < values.Length; i++)
            {
                values[i] = (float)BinaryPrimitives.ReadDoubleLittleEndian(bytes[(8 * i)..]);
            }
        }
        else
        {
            throw new NotSupportedException($"{Name} is not a floating-point type that converts to single precision.");
        }
    }
}
