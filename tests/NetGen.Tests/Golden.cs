using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace NetGen.Tests;

/// <summary>Values that PyTorch 1.13 computed in double precision, in a safetensors file of the folder Goldens.</summary>
internal sealed class Golden
{
    private readonly Dictionary<string, byte[]> _data = [];
    private readonly Dictionary<string, int[]> _shapes = [];

    private static readonly string s_folder = Path.Combine(AppContext.BaseDirectory, "Goldens");

    private Golden(byte[] file, string name)
    {
        using var stream = new MemoryStream(file);
        SafetensorsReader reader = new(stream, name);
        foreach (SafetensorsTensor tensor in reader.Tensors)
        {
            byte[] bytes = new byte[tensor.End - tensor.Begin];
            reader.ReadBytes(tensor, bytes);
            _data[tensor.Name] = bytes;
            _shapes[tensor.Name] = [.. tensor.Shape.Select(extent => (int)extent)];
        }

        reader.ReadEnd();
        int header = (int)BinaryPrimitives.ReadInt64LittleEndian(file);
        using JsonDocument json = JsonDocument.Parse(file.AsMemory(sizeof(long), header));
        Metadata = json.RootElement.GetProperty("__metadata__").EnumerateObject()
            .ToDictionary(entry => entry.Name, entry => entry.Value.GetString()!, StringComparer.Ordinal);
    }

    /// <summary>The parameters of the case.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    public static Golden Read(string name) => new(File.ReadAllBytes(Path.Combine(s_folder, name + ".safetensors")), name);

    /// <summary>The names that match a pattern, in order.</summary>
    public static IEnumerable<string> Names(string pattern) => Directory.EnumerateFiles(s_folder, pattern + ".safetensors")
        .Select(path => Path.GetFileNameWithoutExtension(path))
        .Order(StringComparer.Ordinal);

    public int[] Shape(string tensor) => _shapes[tensor];

    public float[] Floats(string tensor) => MemoryMarshal.Cast<byte, float>(_data[tensor]).ToArray();

    public int[] Integers(string tensor) => MemoryMarshal.Cast<byte, int>(_data[tensor]).ToArray();
}
