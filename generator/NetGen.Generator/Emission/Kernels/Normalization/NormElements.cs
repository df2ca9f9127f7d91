using NetGen.Generator.Schedule;

namespace NetGen.Generator.Emission.Kernels.Normalization;

/// <summary>
/// Prints the loops over what is normalised together, and over the weights that belong to it; the formulas between them are the same wherever
/// the elements lie.
/// </summary>
internal abstract class NormElements(SourceWriter writer, TensorView view, VectorWidth width)
{
    /// <summary>Where the sums for the gradients of weight and bias lie while a kernel goes through an image.</summary>
    protected const string WeightSums = "weightSums", BiasSums = "biasSums";

    protected SourceWriter Writer => writer;

    protected TensorView View => view;

    protected VectorWidth Width => width;

    /// <summary>How many elements are normalised together.</summary>
    public abstract int Count { get; }

    /// <summary>Where the elements lie, for comments.</summary>
    public abstract string Layout { get; }

    /// <summary>Writes the loop over groups of elements that are normalised together.</summary>
    /// <param name="takesRange">Whether it goes over the rows from <c>first</c> to <c>end</c> alone.</param>
    public abstract void ForEachGroup(Action body, bool takesRange);

    /// <summary>Writes sums over a group.</summary>
    /// <param name="names">The variables, each lane's sum.</param>
    /// <param name="body">Given a vector of elements, and a sum's variable by its name.</param>
    public abstract void Sum(string[] names, Action<NormVector, Func<string, string>> body);

    /// <summary>Writes <paramref name="body"/> for every vector of a group, those without any element included.</summary>
    public abstract void ForEachVector(Action<NormVector> body);

    /// <summary>The sum of all elements in every lane, of a sum of each lane.</summary>
    public virtual string Total(string sum) => width.Broadcast($"{width.Class}.Sum({sum})");

    /// <summary>A vector's weights, which lie side by side or are one for all its elements.</summary>
    public virtual string Load(string weights, NormVector vector) => width.Load(vector.Weight(weights));

    /// <summary>Writes what adds a vector's gradients of weight and bias to those before.</summary>
    /// <param name="weight">Zero behind the last element, like <paramref name="bias"/>.</param>
    public abstract void EmitAdd(NormVector vector, string weight, string bias);

    /// <summary>Writes what comes before and after an image whose gradients <see cref="EmitAdd"/> collects.</summary>
    public virtual void EmitSums(Action body) => body();

    protected void Declare(IEnumerable<string> names)
    {
        foreach (string name in names)
        {
            writer.Line($"{width.Type} {name} = {width.Zero};");
        }
    }

    /// <summary>Writes the addition of a vector to what is at a place.</summary>
    protected void EmitAddAt(string place, string value) => writer.Line(width.Store($"{width.Load(place)} + {value}", place));
}

/// <summary>A vector of elements.</summary>
/// <param name="At">Where it is behind a reference.</param>
/// <param name="Weight">Where its weights are behind a reference.</param>
/// <param name="Elements">How many of its lanes are elements: none at the end of a gap.</param>
internal readonly record struct NormVector(Func<string, string> At, Func<string, string> Weight, int Elements);
