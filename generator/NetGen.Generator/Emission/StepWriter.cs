using NetGen.Generator.Declaration;
using NetGen.Generator.Schedule;

namespace NetGen.Generator.Emission;

/// <summary>What an operator's emitter writes one step's body with.</summary>
/// <param name="Writer">The body of the step's method.</param>
/// <param name="Kernels">The network's kernels.</param>
/// <param name="Unroll">The user's choice.</param>
internal sealed record StepWriter(SourceWriter Writer, KernelLibrary Kernels, UnrollMode Unroll)
{
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

    /// <summary>Writes a loop over the images of the batch, with references that move from image to image.</summary>
    /// <param name="references">References and the floats between one image and the next.</param>
    public void ForEachImage(IEnumerable<(string Name, string Base, int Stride)> references, Action body)
    {
        using (Writer.Open("for (int image = 0; image < count; image++)"))
        {
            foreach ((string name, string @base, int stride) in references)
            {
                Writer.Line($"ref float {name} = ref {Refs.At(@base, Refs.Times("image", stride))};");
            }

            body();
        }
    }
}
