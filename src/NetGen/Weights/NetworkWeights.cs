using System.Collections.Immutable;
using NetGen.CompilerServices;

namespace NetGen;

/// <summary>A network's parameters to and from safetensors.</summary>
internal static class NetworkWeights
{
    private const int MostFaultsTold = 10;

    /// <summary>Counters that PyTorch's batch normalisation keeps and nothing here needs.</summary>
    private const string IgnoredSuffix = "num_batches_tracked";

    /// <summary>Reads the parameters of a network, tensor by tensor, into a new block.</summary>
    /// <exception cref="WeightsFormatException">The file is malformed.</exception>
    /// <exception cref="WeightsMismatchException">The file's tensors are not the network's.</exception>
    public static AlignedBuffer Read(Stream stream, string source, NetworkDefinition network)
    {
        SafetensorsReader reader = new(stream, source);
        Dictionary<string, ParameterLayout> layouts = network.Parameters.ToDictionary(layout => layout.Name, StringComparer.Ordinal);
        Check(reader.Tensors, source, network, layouts);

        AlignedBuffer block = new(network.ParameterFloats);
        float[] values = GC.AllocateUninitializedArray<float>(network.Parameters.Select(layout => layout.ChunkLength).DefaultIfEmpty().Max());
        foreach (SafetensorsTensor tensor in reader.Tensors)
        {
            if (!layouts.TryGetValue(tensor.Name, out ParameterLayout? layout))
            {
                reader.Skip(tensor);
                continue;
            }

            for (int first = 0; first < layout.Length; first += layout.ChunkLength)
            {
                Span<float> chunk = values.AsSpan(0, Math.Min(layout.ChunkLength, layout.Length - first));
                reader.Read(tensor, chunk);
                layout.CopyFrom(block.Span, first, chunk);
            }
        }

        reader.ReadEnd();
        return block;
    }

    /// <summary>Writes the parameters of a network.</summary>
    public static void Write(Stream stream, NetworkDefinition network, AlignedBuffer block) =>
        SafetensorsWriter.Write(stream, network.Parameters, block.Span);

    private static void Check(
        ImmutableArray<SafetensorsTensor> tensors, string source, NetworkDefinition network, Dictionary<string, ParameterLayout> layouts)
    {
        List<(string Name, string Message)> faults = [];
        Dictionary<string, SafetensorsTensor> inFile = tensors.ToDictionary(tensor => tensor.Name, StringComparer.Ordinal);
        foreach (ParameterLayout layout in network.Parameters)
        {
            if (!inFile.TryGetValue(layout.Name, out SafetensorsTensor? tensor))
            {
                faults.Add((layout.Name, $"{layout} is missing"));
            }
            else if (!HasShape(tensor, layout.Shape))
            {
                faults.Add((layout.Name,
                    $"{layout.Name} is {SafetensorsTensor.Describe(tensor.Shape)} there and [{string.Join(", ", layout.Shape)}] in the network"));
            }
            else if (!tensor.Type.IsConvertible)
            {
                faults.Add((layout.Name, $"{layout.Name} is stored as {tensor.Type.Name}, the network takes F32, F16, BF16 or F64"));
            }
        }

        foreach (SafetensorsTensor tensor in tensors)
        {
            if (!layouts.ContainsKey(tensor.Name) && !IsIgnored(tensor.Name))
            {
                faults.Add((tensor.Name, $"{tensor.Name} {SafetensorsTensor.Describe(tensor.Shape)} is not in the network"));
            }
        }

        if (faults.Count > 0)
        {
            string[] wanted = [.. network.Parameters.Select(layout => layout.Name)];
            string[] found = [.. tensors.Select(tensor => tensor.Name).Where(name => !IsIgnored(name))];
            if (PrefixedNames(source, network.Name, wanted, found) is string message)
            {
                throw new WeightsMismatchException(source, message, [.. faults.Select(fault => fault.Name)]);
            }

            string told = string.Join("; ", faults.Take(MostFaultsTold).Select(fault => fault.Message));
            string more = faults.Count > MostFaultsTold ? $"; and {faults.Count - MostFaultsTold} more" : "";
            throw new WeightsMismatchException(
                source,
                $"{source} does not fit {network.Name}: {told}{more}. Load weights saved from this architecture, under its parameters' names.",
                [.. faults.Select(fault => fault.Name)]);
        }
    }

    /// <summary>What to tell where all names of one side are those of the other behind a prefix; null where they are not.</summary>
    private static string? PrefixedNames(string source, string network, string[] wanted, string[] found)
    {
        if (FindPrefix(found, wanted) is string inFile)
        {
            return $"{source} does not fit {network}: its names ({Some(found)}) are the network's ({Some(wanted)}) behind the prefix "
                + $"'{inFile}'. Save the tensors without it; in PyTorch, save the state_dict of the module inside, or rename its keys with "
                + $"key.removeprefix(\"{inFile}\").";
        }

        return FindPrefix(wanted, found) is string inNetwork
            ? $"{source} does not fit {network}: its names ({Some(found)}) are the network's ({Some(wanted)}) without the prefix "
                + $"'{inNetwork}'. Save the tensors with it, or declare the layers' Name without it."
            : null;

        static string Some(string[] names) => string.Join(", ", names.Take(3)) + (names.Length > 3 ? ", …" : "");
    }

    private static string? FindPrefix(string[] longer, string[] shorter)
    {
        if (longer.Length != shorter.Length || longer.Length == 0)
        {
            return null;
        }

        HashSet<string> names = new(longer, StringComparer.Ordinal);
        return longer
            .Where(name => name.Length > shorter[0].Length && name.EndsWith(shorter[0], StringComparison.Ordinal))
            .Select(name => name[..^shorter[0].Length])
            .FirstOrDefault(prefix => shorter.All(name => names.Contains(prefix + name)));
    }

    /// <summary>Whether a tensor has a shape, but for extents of 1 at the end: a 1×1 convolution's weights are a Linear's elsewhere.</summary>
    private static bool HasShape(SafetensorsTensor tensor, int[] shape)
    {
        for (int axis = 0; axis < Math.Max(tensor.Shape.Length, shape.Length); axis++)
        {
            long stored = axis < tensor.Shape.Length ? tensor.Shape[axis] : 1;
            if (stored != (axis < shape.Length ? shape[axis] : 1))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsIgnored(string name) => name == IgnoredSuffix || name.EndsWith("." + IgnoredSuffix, StringComparison.Ordinal);
}
