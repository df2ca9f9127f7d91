using System.Buffers.Binary;
using System.Text.Json;

namespace NetGen.Tests.Zoo;

/// <summary>The <c>state_dict</c> that PyTorch's network had when it computed the values of a golden file.</summary>
internal static class StateDict
{
    /// <summary>A line for each tensor, <c>features.0.weight [64, 3, 11, 11]</c>, in PyTorch's order.</summary>
    public static string[] Read(string golden) => Metadata(golden).GetProperty("state_dict").GetString()!.Split('\n');

    private static JsonElement Metadata(string golden)
    {
        byte[] file = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Goldens", golden + ".safetensors"));
        int length = (int)BinaryPrimitives.ReadInt64LittleEndian(file);
        using JsonDocument header = JsonDocument.Parse(file.AsMemory(sizeof(long), length));
        return header.RootElement.GetProperty("__metadata__").Clone();
    }
}
