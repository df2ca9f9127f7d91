using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;
using NetGen.CompilerServices;

namespace NetGen;

/// <summary>Writes safetensors files of float32 tensors.</summary>
internal static class SafetensorsWriter
{
    /// <summary>The data begins at a multiple of this, as in the reference implementation.</summary>
    private const int HeaderAlignment = 8;

    /// <summary>Writes tensors in the order given.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="layouts">Names, shapes and places in the block.</param>
    /// <param name="block">The flat block that holds the values.</param>
    public static void Write(Stream stream, ParameterLayout[] layouts, ReadOnlySpan<float> block)
    {
        byte[] header = Header(layouts);
        Span<byte> prefix = stackalloc byte[SafetensorsHeader.PrefixBytes];
        BinaryPrimitives.WriteUInt64LittleEndian(prefix, (ulong)header.Length);
        stream.Write(prefix);
        stream.Write(header);

        float[] values = new float[ParameterLayout.LongestChunk(layouts)];
        foreach (ParameterLayout layout in layouts)
        {
            for (int first = 0; first < layout.Length; first += layout.ChunkLength)
            {
                Span<float> chunk = values.AsSpan(0, Math.Min(layout.ChunkLength, layout.Length - first));
                layout.CopyTo(block, first, chunk);
                stream.Write(LittleEndianBytes(chunk));
            }
        }
    }

    private static ReadOnlySpan<byte> LittleEndianBytes(Span<float> values)
    {
        if (!BitConverter.IsLittleEndian)
        {
            Span<int> bits = MemoryMarshal.Cast<float, int>(values);
            BinaryPrimitives.ReverseEndianness(bits, bits);
        }

        return MemoryMarshal.AsBytes(values);
    }

    private static byte[] Header(ParameterLayout[] layouts)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter json = new(buffer))
        {
            json.WriteStartObject();
            json.WriteStartObject("__metadata__");
            // Some Python loaders refuse files that do not say which framework's layouts they hold.
            json.WriteString("format", "pt");
            json.WriteEndObject();
            long offset = 0;
            foreach (ParameterLayout layout in layouts)
            {
                json.WriteStartObject(layout.Name);
                json.WriteString("dtype", TensorType.F32.Name);
                json.WriteStartArray("shape");
                foreach (int extent in layout.Shape)
                {
                    json.WriteNumberValue(extent);
                }

                json.WriteEndArray();
                json.WriteStartArray("data_offsets");
                json.WriteNumberValue(offset);
                offset += (long)sizeof(float) * layout.Length;
                json.WriteNumberValue(offset);
                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        int padding = -buffer.WrittenCount & (HeaderAlignment - 1);
        buffer.GetSpan(HeaderAlignment)[..padding].Fill((byte)' ');
        buffer.Advance(padding);
        return buffer.WrittenSpan.ToArray();
    }
}
