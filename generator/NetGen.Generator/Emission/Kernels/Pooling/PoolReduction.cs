using NetGen.Generator.Schedule;
using NetGen.Generator.Schedule.Pooling;

namespace NetGen.Generator.Emission.Kernels.Pooling;

/// <summary>
/// What a pool makes of the elements under a window, and of the gradient that comes back; the loops around it are the same for all.
/// </summary>
internal abstract record PoolReduction
{
    /// <summary>The stem of its kernels' names.</summary>
    public abstract string Stem { get; }

    /// <summary>What its kernels' comments say of it.</summary>
    public abstract string Description { get; }

    /// <summary>What changes no result, as a float.</summary>
    public abstract string Identity { get; }

    /// <summary>Whether backward reads the values, not only the gradient.</summary>
    public abstract bool ReadsValues { get; }

    /// <summary>Two vectors' elements under the same windows.</summary>
    public abstract string Combine(VectorWidth width, string a, string b);

    /// <summary>Two elements under the same window.</summary>
    public abstract string CombineScalars(string a, string b);

    /// <summary>Whether a constant follows from the kernel for every window, or nothing depends on how many elements it has.</summary>
    public virtual bool IsUniform(PoolGeometry geometry) => true;

    /// <summary>The factor of every window's result where <see cref="IsUniform"/>; null for none.</summary>
    public virtual string? Scale(PoolGeometry geometry) => null;

    /// <summary>The elements that window <paramref name="output"/> counts along an axis.</summary>
    public virtual string Count(PoolAxis axis, string output) => $"{axis.Kernel}";

    /// <summary>Writes what one vector of windows needs before its taps.</summary>
    /// <param name="scale">The factor of a window's result; null for none.</param>
    public abstract void EmitGradientStart(SourceWriter writer, VectorWidth width, string output, string outputGradient, string? scale);

    /// <summary>Writes what one tap gives its inputs.</summary>
    /// <param name="add">Whether other windows give them something too.</param>
    public abstract void EmitGradientTap(SourceWriter writer, VectorWidth width, ElementRef input, ElementRef inputGradient, bool add);

    /// <summary>Writes what one window needs before its taps.</summary>
    public abstract void EmitScalarGradientStart(SourceWriter writer, string output, string outputGradient, string? scale);

    /// <summary>Writes what one tap gives the input at an index of <c>map</c> and <c>mapGradient</c>.</summary>
    public abstract void EmitScalarGradientTap(SourceWriter writer, string index);

    /// <summary>Writes what follows one window's taps.</summary>
    public virtual void EmitScalarGradientEnd(SourceWriter writer)
    {
    }

    /// <summary>Writes the gradients of two rows under a vector of windows of 2×2, whose results have each lane twice.</summary>
    /// <param name="half">The half of the windows, 0 or 1, that the columns are under.</param>
    /// <param name="rows">The two rows' elements, and the gradients to write.</param>
    public abstract void EmitHalvingGradient(SourceWriter writer, VectorWidth width, int half, (ElementRef Input, ElementRef Gradient)[] rows);

    protected static string HalfOf(int half) => half == 0 ? "Lower" : "Upper";
}
