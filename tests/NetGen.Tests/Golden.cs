using System.Runtime.InteropServices;

namespace NetGen.Tests;

/// <summary>Values that PyTorch 1.13 computed in double precision, in a safetensors file of the folder Goldens.</summary>
internal sealed class Golden
{
    private readonly Dictionary<string, byte[]> _data = [];
    private readonly Dictionary<string, int[]> _shapes = [];

    private Golden(Stream stream, string name)
    {
        SafetensorsReader reader = new(stream, name);
        foreach (SafetensorsTensor tensor in reader.Tensors)
        {
            byte[] bytes = new byte[tensor.End - tensor.Begin];
            reader.ReadBytes(tensor, bytes);
            _data[tensor.Name] = bytes;
            _shapes[tensor.Name] = [.. tensor.Shape.Select(extent => (int)extent)];
        }

        reader.ReadEnd();
    }

    public static Golden Read(string name)
    {
        using FileStream stream = File.OpenRead(Path.Combine(AppContext.BaseDirectory, "Goldens", name + ".safetensors"));
        return new Golden(stream, name);
    }

    public int[] Shape(string tensor) => _shapes[tensor];

    public float[] Floats(string tensor) => MemoryMarshal.Cast<byte, float>(_data[tensor]).ToArray();

    public int[] Integers(string tensor) => MemoryMarshal.Cast<byte, int>(_data[tensor]).ToArray();
}
