using System.Text;

namespace NetGen.Benchmarks.SideBySide;

/// <summary>
/// Weights and inputs made by a formula from the tensor's name and the element's index, so that two programs have the same ones without
/// exchanging a file. PyTorch's logits for torchvision's networks are known for them.
/// </summary>
internal static class FormulaValues
{
    /// <summary>Gives every parameter its value: He's bound for weights, small biases, and normalisations near one that does nothing.</summary>
    public static void Fill(ParameterSet parameters)
    {
        foreach (Parameter parameter in parameters)
        {
            float[] values = new float[parameter.Length];
            int dot = parameter.Name.LastIndexOf('.');
            if (parameters.TryGet(parameter.Name[..(dot + 1)] + "running_mean", out _))
            {
                FillNormalization(parameter.Name, parameter.Name[(dot + 1)..], values);
            }
            else
            {
                FillParameter(parameter.Name, parameter.Shape.AsSpan(), values);
            }

            parameter.CopyFrom(values);
        }
    }

    /// <summary>The values of one parameter of a batch normalisation.</summary>
    private static void FillNormalization(string name, string leaf, Span<float> values)
    {
        (double center, double scale) = leaf switch
        {
            "weight" => (0.75, 0.5),
            "running_var" => (1.0, 1.0),
            _ => (0.0, 0.2),
        };
        for (int i = 0; i < values.Length; i++) values[i] = (float)(center + (scale * Unit(name, i)));
    }

    /// <summary>The values of one parameter of a convolution or linear layer, row-major.</summary>
    public static void FillParameter(string name, ReadOnlySpan<int> shape, Span<float> values)
    {
        bool isBias = shape.Length == 1;
        double scale = isBias ? 0.1 : 2 * Math.Sqrt(6.0 / (values.Length / shape[0]));
        Fill(name, scale, values);
    }

    /// <summary>One input, in [−1, 1).</summary>
    public static void FillInput(Span<float> values) => Fill("input", 2, values);

    /// <summary>A number in [−0.5, 0.5) from a tensor's name and an element's index.</summary>
    public static double Unit(string name, int index) => Unit(Crc32(Encoding.UTF8.GetBytes(name)), index);

    private static void Fill(string name, double scale, Span<float> values)
    {
        uint start = Crc32(Encoding.UTF8.GetBytes(name));
        for (int i = 0; i < values.Length; i++) values[i] = (float)(Unit(start, i) * scale);
    }

    private static double Unit(uint start, int index)
    {
        uint x = unchecked((uint)index * 2654435761u + start);
        x ^= x >> 16;
        x = unchecked(x * 0x85EBCA6Bu);
        x ^= x >> 13;
        x = unchecked(x * 0xC2B2AE35u);
        x ^= x >> 16;
        return x / 4294967296.0 - 0.5;
    }

    /// <summary>The cyclic redundancy check of zlib and PNG (ISO 3309): polynomial 0x04C11DB7, reflected.</summary>
    private static uint Crc32(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        foreach (byte value in bytes)
        {
            crc ^= value;
            for (int bit = 0; bit < 8; bit++) crc = (crc >> 1) ^ ((crc & 1) * 0xEDB88320u);
        }

        return ~crc;
    }
}
