using System.Collections.Immutable;
using NetGen.Generator.Schedule;

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
        "Avx512DQ",
        "DropoutKeys",
        "GroupMerging",
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
        "StrassenPacking",
        "TensorMoves",
        "TrainingFrame",
        "Unsafe",
        "V128",
        "V256",
        "V512",
        "Vector128",
        "Vector256",
        "Vector512",
        "Vector64",
        "VectorLanes",
        "VectorMath",
        "WorkShare");

    private readonly KernelClass _common = new(null);
    private readonly Dictionary<VectorWidth, KernelClass> _classes = VectorWidth.All.ToDictionary(width => width, width => new KernelClass(width.ToString()));

    /// <summary>The name of the kernel of this key that every width uses; <paramref name="print"/> writes it the first time it is asked for.</summary>
    /// <param name="key">Everything that the source depends on, comparable by value.</param>
    /// <param name="name">The name wanted; numbered where a kernel of another source has it.</param>
    /// <param name="print">Writes the source and does nothing else: keys of one source and one wanted name have one kernel.</param>
    public string GetOrAdd(object key, string name, Action<SourceWriter, string> print) => _common.GetOrAdd(key, name, print);

    /// <summary>The name of the kernel of this key for one width's vectors, behind that of the class which has it.</summary>
    /// <param name="key">Everything that the source depends on, comparable by value.</param>
    /// <param name="name">The name wanted; numbered where a kernel of another source has it.</param>
    /// <param name="print">Writes the source and does nothing else: keys of one source and one wanted name have one kernel.</param>
    public string GetOrAdd(VectorWidth width, object key, string name, Action<SourceWriter, string> print) => _classes[width].GetOrAdd(key, name, print);

    /// <summary>A method name that nothing else in the common class has.</summary>
    public string Reserve(string name) => _common.Reserve(name);

    public bool IsTaken(string name) => _common.IsTaken(name);

    /// <summary>
    /// Writes the common kernels and a nested class for each width's. The C# compiler binds a class's methods one after another, and
    /// several classes at once.
    /// </summary>
    public void Write(SourceWriter writer)
    {
        _common.Write(writer);
        foreach (VectorWidth width in VectorWidth.All)
        {
            KernelClass kernels = _classes[width];
            if (kernels.IsEmpty)
            {
                continue;
            }

            writer.Line();
            writer.Line($"// Kernels of vectors of {width.Bits} bits.");
            using (writer.Open($"private static class {width}"))
            {
                kernels.Write(writer);
            }
        }
    }

    /// <summary>The kernels of one class.</summary>
    /// <param name="name">The nested class; null for the class that steps are in.</param>
    private sealed class KernelClass(string? name)
    {
        private readonly Dictionary<object, string> _names = [];
        private readonly Dictionary<string, string> _namesBySource = new(StringComparer.Ordinal);
        private readonly HashSet<string> _taken = new(TypeNames, StringComparer.Ordinal);
        private readonly List<string> _sources = [];

        public bool IsEmpty => _sources.Count == 0;

        public string GetOrAdd(object key, string wanted, Action<SourceWriter, string> print)
        {
            if (_names.TryGetValue(key, out string? known))
            {
                return known;
            }

            // Kernels that take as arguments what they differ in come out the same from different keys. The rare number is printed again.
            string source = Print(wanted);
            if (!_namesBySource.TryGetValue(source, out string? qualified))
            {
                string method = Reserve(wanted);
                qualified = name is null ? method : $"{name}.{method}";
                _namesBySource.Add(source, qualified);
                _sources.Add(method == wanted ? source : Print(method));
            }

            _names.Add(key, qualified);
            return qualified;

            string Print(string method)
            {
                var writer = new SourceWriter();
                print(writer, method);
                return writer.ToString();
            }
        }

        public string Reserve(string wanted)
        {
            string unique = wanted;
            for (int number = 2; !_taken.Add(unique); number++)
            {
                unique = $"{wanted}_{number}";
            }

            return unique;
        }

        public bool IsTaken(string method) => _taken.Contains(method);

        public void Write(SourceWriter writer)
        {
            for (int i = 0; i < _sources.Count; i++)
            {
                if (name is null || i > 0)
                {
                    writer.Line();
                }

                writer.Lines(_sources[i].TrimEnd('\n'));
            }
        }
    }
}
