using System.Collections.Immutable;

namespace NetGen.Generator.Emission;

/// <summary>
/// The kernels of one network: each distinct one is printed once, under a name that says what it does, however many layers call it.
/// </summary>
internal sealed class KernelLibrary
{
    /// <summary>
    /// The types that kernels and steps name. A method of such a name would hide the type from the whole class, and layers can have
    /// any name.
    /// </summary>
    public static readonly ImmutableHashSet<string> TypeNames = ImmutableHashSet.Create(
        StringComparer.Ordinal,
        "DropoutKeys",
        "Inspection",
        "Int32",
        "Math",
        "MathF",
        "MemoryMarshal",
        "MethodImpl",
        "MethodImplOptions",
        "NormalizationFolding",
        "ReadOnlySpan",
        "Single",
        "Span",
        "TensorMoves",
        "TrainingFrame",
        "Unsafe",
        "Vector128",
        "Vector256",
        "Vector512",
        "Vector64",
        "VectorLanes",
        "VectorMath",
        "WorkShare");

    private readonly Dictionary<object, string> _names = new();
    private readonly HashSet<string> _taken = new(TypeNames, StringComparer.Ordinal);
    private readonly List<string> _sources = new();

    /// <summary>The name of the kernel of this key; <paramref name="print"/> writes it the first time it is asked for.</summary>
    /// <param name="key">Everything that the source depends on, comparable by value.</param>
    /// <param name="name">The name wanted; numbered where another kernel has it.</param>
    public string GetOrAdd(object key, string name, Action<SourceWriter, string> print)
    {
        if (_names.TryGetValue(key, out string? known))
        {
            return known;
        }

        string unique = Reserve(name);
        _names.Add(key, unique);
        var writer = new SourceWriter();
        print(writer, unique);
        _sources.Add(writer.ToString());
        return unique;
    }

    /// <summary>A method name that nothing else in the file has.</summary>
    public string Reserve(string name)
    {
        string unique = name;
        for (int number = 2; !_taken.Add(unique); number++)
        {
            unique = $"{name}_{number}";
        }

        return unique;
    }

    public bool IsTaken(string name) => _taken.Contains(name);

    public IReadOnlyList<string> Sources => _sources;
}
