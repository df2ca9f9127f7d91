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
        Dictionary<string, ParameterLayout> layouts = new(network.Parameters.Length, StringComparer.Ordinal);
        foreach (ParameterLayout layout in network.Parameters)
        {
            layouts.Add(layout.Name, layout);
        }

        Check(reader.Tensors, source, network, layouts);

        AlignedBuffer block = new(network.ParameterFloats);
        ReadTensors(reader, layouts, ParameterLayout.LongestChunk(network.Parameters), block);
        return block;
    }

    /// <summary>Reads the tensors that have a parameter's name and shape, of a type that can be converted, into a copy of a block.</summary>
    /// <returns>The copy, and the names of the parameters that were not read.</returns>
    /// <exception cref="WeightsFormatException">The file is malformed.</exception>
    /// <exception cref="WeightsMismatchException">The file has none of them.</exception>
    public static (AlignedBuffer Block, string[] Left) ReadMatching(Stream stream, string source, ParameterLayout[] parameters, AlignedBuffer current)
    {
        SafetensorsReader reader = new(stream, source);
        Dictionary<string, SafetensorsTensor> inFile = reader.Tensors.ToDictionary(tensor => tensor.Name, StringComparer.Ordinal);
        ParameterLayout[] matching = [.. parameters.Where(layout => inFile.TryGetValue(layout.Name, out SafetensorsTensor? tensor) && Fits(tensor, layout))];
        if (matching.Length == 0)
        {
            string[] wanted = [.. parameters.Select(layout => layout.Name)];
            ParameterLayout? known = parameters.FirstOrDefault(layout => inFile.ContainsKey(layout.Name));
            string reason = known is null
                ? $"it has {Some([.. inFile.Keys])}, the network {Some(wanted)}. Save the tensors under the network's names, or give its layers theirs."
                : $"{FaultOf(known, inFile[known.Name]).Message}. Load weights of layers of the same shapes.";
            throw new WeightsMismatchException(source, $"{source} has no tensor of a parameter's name, shape and type: {reason}", wanted);
        }

        AlignedBuffer block = new(current.Length);
        current.Span.CopyTo(block.Span);
        Dictionary<string, ParameterLayout> layouts = matching.ToDictionary(layout => layout.Name, StringComparer.Ordinal);
        ReadTensors(reader, layouts, ParameterLayout.LongestChunk(matching), block);
        return (block, [.. parameters.Select(layout => layout.Name).Where(name => !layouts.ContainsKey(name))]);
    }

    /// <summary>Writes the parameters of a network.</summary>
    public static void Write(Stream stream, NetworkDefinition network, AlignedBuffer block) =>
        SafetensorsWriter.Write(stream, network.Parameters, block.Span);

    private static void ReadTensors(SafetensorsReader reader, Dictionary<string, ParameterLayout> layouts, int longestChunk, AlignedBuffer block)
    {
        // Cleared for nothing, which takes less time than compiling the generic method that allocates without.
        float[] values = new float[longestChunk];
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
    }

    // What is told of faults stands apart: compiling it would delay every load.

    private static void Check(
        SafetensorsTensor[] tensors, string source, NetworkDefinition network, Dictionary<string, ParameterLayout> layouts)
    {
        List<WeightsFault>? faults = null;
        Dictionary<string, SafetensorsTensor> inFile = new(tensors.Length, StringComparer.Ordinal);
        foreach (SafetensorsTensor tensor in tensors)
        {
            inFile.Add(tensor.Name, tensor);
        }

        foreach (ParameterLayout layout in network.Parameters)
        {
            SafetensorsTensor? tensor = inFile.GetValueOrDefault(layout.Name);
            if (tensor is null || !Fits(tensor, layout))
            {
                (faults ??= []).Add(FaultOf(layout, tensor));
            }
        }

        foreach (SafetensorsTensor tensor in tensors)
        {
            if (!layouts.ContainsKey(tensor.Name) && !IsIgnored(tensor.Name))
            {
                (faults ??= []).Add(Unknown(tensor));
            }
        }

        if (faults is not null)
        {
            throw Mismatch(tensors, source, network, faults);
        }
    }

    private static WeightsFault FaultOf(ParameterLayout layout, SafetensorsTensor? tensor) => new(
        layout.Name,
        tensor is null ? $"{layout} is missing"
        : !HasShape(tensor, layout.Shape)
            ? $"{layout.Name} is {SafetensorsTensor.Describe(tensor.Shape)} there and [{string.Join(", ", layout.Shape)}] in the network"
        : $"{layout.Name} is stored as {tensor.Type.Name}, the network takes F32, F16, BF16 or F64");

    private static WeightsFault Unknown(SafetensorsTensor tensor) =>
        new(tensor.Name, $"{tensor.Name} {SafetensorsTensor.Describe(tensor.Shape)} is not in the network");

    private static WeightsMismatchException Mismatch(
        SafetensorsTensor[] tensors, string source, NetworkDefinition network, List<WeightsFault> faults)
    {
        string[] wanted = [.. network.Parameters.Select(layout => layout.Name)];
        string[] found = [.. tensors.Select(tensor => tensor.Name).Where(name => !IsIgnored(name))];
        string[] faulty = [.. faults.Select(fault => fault.Name)];
        if (PrefixedNames(source, network.Name, wanted, found) is string message)
        {
            return new WeightsMismatchException(source, message, faulty);
        }

        string told = string.Join("; ", faults.Take(MostFaultsTold).Select(fault => fault.Message));
        string more = faults.Count > MostFaultsTold ? $"; and {faults.Count - MostFaultsTold} more" : "";
        return new WeightsMismatchException(
            source,
            $"{source} does not fit {network.Name}: {told}{more}. Load weights saved from this architecture, under its parameters' names.",
            faulty);
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
    }

    private static string Some(string[] names) => names.Length == 0 ? "none" : string.Join(", ", names.Take(3)) + (names.Length > 3 ? ", …" : "");

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

    private static bool Fits(SafetensorsTensor tensor, ParameterLayout layout) => HasShape(tensor, layout.Shape) && tensor.Type.IsConvertible;

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

    /// <summary>A tensor that the file or the network has and the other has not, or not so.</summary>
    private sealed record WeightsFault(string Name, string Message);
}
