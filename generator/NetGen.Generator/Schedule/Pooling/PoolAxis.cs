using NetGen.Generator.Graph;

namespace NetGen.Generator.Schedule.Pooling;

/// <summary>One direction of a pool: output <c>o</c> covers the inputs from o · Stride − PadBefore, as far as those exist.</summary>
/// <param name="IsAdaptive">
/// Whether it rather covers those from ⌊o · Size / Outputs⌋ to before ⌈(o + 1) · Size / Outputs⌉, at most <paramref name="Kernel"/>.
/// Every window then passes for one that is clipped.
/// </param>
internal sealed record PoolAxis(int Size, int Outputs, int Kernel, int Stride, int PadBefore, int PadAfter, bool IsAdaptive = false)
{
    public static PoolAxis Adaptive(int size, int outputs) => new(size, outputs, AdaptiveWindows.Size(size, outputs), 1, 0, 0, IsAdaptive: true);

    /// <summary>The outputs from here to <see cref="InsideEnd"/> have windows that nothing clips.</summary>
    public int InsideFirst => IsAdaptive ? Outputs : Math.Min(Outputs, (PadBefore + Stride - 1) / Stride);

    public int InsideEnd => Size + PadBefore < Kernel
        ? InsideFirst
        : Math.Max(InsideFirst, Math.Min(Outputs, ((Size + PadBefore - Kernel) / Stride) + 1));

    /// <summary>Whether a window reaches into the padding or beyond the end. If not, there is no padding in front.</summary>
    public bool IsClipped => InsideFirst > 0 || InsideEnd < Outputs;

    /// <summary>Whether an input can be under several windows.</summary>
    public bool Overlaps => IsAdaptive || (Stride < Kernel && Outputs > 1);

    /// <summary>Whether every input is under some window.</summary>
    public bool CoversAll => Stride <= Kernel && ((Outputs - 1) * Stride) - PadBefore + Kernel >= Size;

    /// <summary>Inputs from the first one's window to the end of the last one's, padding included.</summary>
    public int Span => ((Outputs - 1) * Stride) + Kernel;

    /// <summary>
    /// Whether all windows count the same number of elements. PyTorch counts padding, where it counts it at all, but not what ceil
    /// mode reaches beyond it.
    /// </summary>
    public bool IsUniform(bool countPadding) => !IsAdaptive && (countPadding ? Span <= PadBefore + Size + PadAfter : !IsClipped);

    /// <summary>The outputs in up to three ranges, clipped ones before and after those that are not.</summary>
    public IEnumerable<PoolRange> Ranges => new[]
    {
        new PoolRange(0, InsideFirst, IsInside: false),
        new PoolRange(InsideFirst, InsideEnd, IsInside: true),
        new PoolRange(InsideEnd, Outputs, IsInside: false),
    }.Where(range => range.First < range.End);
}

/// <summary>Outputs whose windows are all clipped or all not.</summary>
internal readonly record struct PoolRange(int First, int End, bool IsInside);
