using NetGen.Generator.Declaration;
using NetGen.Generator.Schedule;

namespace NetGen.Generator.Emission;

/// <summary>What an operator's emitter writes one step's body with.</summary>
/// <param name="Writer">The body of the step's method.</param>
/// <param name="Kernels">The network's kernels.</param>
/// <param name="Unroll">The user's choice.</param>
/// <param name="Split">How the step's work is split.</param>
internal sealed record StepWriter(SourceWriter Writer, KernelLibrary Kernels, UnrollMode Unroll, WorkSplit Split = WorkSplit.None)
{
    private readonly List<StepArgument> _arguments = [];

    /// <summary>Whether the step's method is for one image alone. That of a step which threads do not share serves training as well.</summary>
    public bool IsOfOneImage { get; init; }

    /// <summary>Whether some of the network's convolutions by the step's algorithm add to what is there.</summary>
    public bool HasSumsInPlace { get; init; }

    /// <summary>What the step's method takes as arguments, so that layers which differ in it only share it.</summary>
    public IReadOnlyList<StepArgument> Arguments => _arguments;

    /// <summary>Makes a value an argument of the step's method.</summary>
    /// <returns>Its name there: the one given, numbered where that stands for another value.</returns>
    public string Argument(string name, int value) => Argument("int", name, $"{value}");

    /// <inheritdoc cref="Argument(string, int)"/>
    public string Argument(string name, bool value) => Argument("bool", name, value ? "true" : "false");

    /// <inheritdoc cref="Argument(string, int)"/>
    /// <param name="type">The C# type.</param>
    /// <param name="value">As source.</param>
    public string Argument(string type, string name, string value)
    {
        string unique = name;
        for (int number = 2; _arguments.Any(argument => argument.Name == unique && (argument.Type != type || argument.Value != value)); number++)
        {
            unique = $"{name}_{number}";
        }

        var argument = new StepArgument(type, unique, value);
        if (!_arguments.Contains(argument))
        {
            _arguments.Add(argument);
        }

        return unique;
    }

    /// <summary>The float at a distance from a reference, which is an argument of the step's method.</summary>
    public ElementRef At(string reference, string name, int floats) => floats == 0 ? Refs.At(reference, 0) : Refs.At(reference, Argument(name, floats));

    /// <summary>Whether kernels that can take the first of their units and the one behind their last.</summary>
    public bool TakesRanges => Split != WorkSplit.None;

    /// <summary>What is passed to a kernel for its range of units, behind its other arguments.</summary>
    public string RangeArguments(int units) => RangeArguments($"{units}");

    /// <summary>The same for a number of units that is an argument, or a constant.</summary>
    public string RangeArguments(string units) => TakesRanges ? $", {Range(units)}" : "";

    /// <summary>What is passed to a kernel that always takes a range of its units.</summary>
    /// <param name="units">Their number.</param>
    public string Range(string units) => Split == WorkSplit.Shared ? $"share.First({units}), share.End({units})" : $"0, {units}";

    /// <summary>The head of a loop over units that threads share, where they do.</summary>
    public string Loop(string variable, string units) => Split == WorkSplit.Shared
        ? $"for (int {variable} = share.First({units}); {variable} < share.End({units}); {variable}++)"
        : $"for (int {variable} = 0; {variable} < {units}; {variable}++)";

    /// <summary>Lets the threads meet, where they share the step, before one reads what another wrote.</summary>
    public void Meet()
    {
        if (Split == WorkSplit.Shared)
        {
            Writer.Line("share.Meet();");
        }
    }

    /// <summary>IL instructions of the step's largest kernel if all its loops were unrolled.</summary>
    public long UnrolledInstructions { get; set; }

    /// <summary>
    /// Writes one branch for each vector width, widest first. The JIT knows the conditions and compiles one branch; without any
    /// vector hardware the last still gives the right result.
    /// </summary>
    public void ForEachWidth(Action<VectorWidth> branch)
    {
        foreach (VectorWidth width in VectorWidth.All)
        {
            string condition = width == VectorWidth.All[0] ? $"if ({width.IsAccelerated})"
                : width == VectorWidth.All[VectorWidth.All.Length - 1] ? "else"
                : $"else if ({width.IsAccelerated})";
            using (Writer.Open(condition))
            {
                branch(width);
            }
        }
    }

    /// <summary>Writes a loop over the images of the batch, if there may be several, with references that move from image to image.</summary>
    /// <param name="references">References and the floats between one image and the next.</param>
    public void ForEachImage(IEnumerable<(string Name, string Base, int Stride)> references, Action body)
    {
        using (IsOfOneImage ? Writer.Open() : Writer.Open("for (int image = 0; image < count; image++)"))
        {
            foreach ((string name, string @base, int stride) in references)
            {
                Writer.Line($"ref float {name} = ref {(IsOfOneImage ? @base : Refs.At(@base, Refs.Times("image", stride)))};");
            }

            body();
        }
    }

    /// <summary>Writes a loop over the images of the batch, in which a join's inputs are <c>input1</c>, <c>input2</c> and so on.</summary>
    /// <param name="references">The other references, as above.</param>
    /// <param name="body">Takes the inputs' names.</param>
    public void ForEachImage(Step join, IEnumerable<(string Name, string Base, int Stride)> references, Action<IReadOnlyList<string>> body)
    {
        Place[] inputs = [join.Input, .. join.Others.Select(other => other.Input)];
        string[] names = [.. inputs.Select((_, i) => $"input{i + 1}")];
        IEnumerable<(string, string, int)> moved = inputs.Select((input, i) => (names[i], i == 0 ? "source" : $"source{i + 1}", input.ImageStride));
        ForEachImage(moved.Concat(references), () => body(names));
    }
}

/// <summary>An argument of a step's method.</summary>
/// <param name="Type">Its C# type.</param>
/// <param name="Value">What is passed for it, as source.</param>
internal sealed record StepArgument(string Type, string Name, string Value);

/// <summary>How the work of a step is split.</summary>
internal enum WorkSplit
{
    /// <summary>Not at all: kernels know how much there is to do.</summary>
    None,

    /// <summary>Kernels take ranges, as those of shared steps do; this step has them do everything.</summary>
    Whole,

    /// <summary>Threads share the step, which has <c>share</c>.</summary>
    Shared,
}
