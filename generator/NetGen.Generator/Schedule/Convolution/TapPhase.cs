namespace NetGen.Generator.Schedule.Convolution;

/// <summary>
/// Taps of one kernel axis that an affine loop reaches: taps First, First + Step, … and where each reads, from SourceFirst on in
/// steps of SourceStep.
/// </summary>
/// <param name="Position">The first position of the result axis that these taps make, and the phase of it.</param>
/// <param name="Positions">How many positions, <c>stride</c> apart (gradients) or all (forward).</param>
internal sealed record TapPhase(int Position, int Positions, int First, int Step, int Count, int SourceFirst, int SourceStep)
{
    /// <summary>
    /// Forward along an axis whose source is dealt to as many phases as the stride: the taps of each residue class read one phase at
    /// consecutive columns, so a class is one affine loop.
    /// </summary>
    public static IEnumerable<(int First, int Step, int Count)> ForwardClasses(int kernel, int dilation, int stride)
    {
        int step = stride / GreatestCommonDivisor(stride, dilation);
        for (int first = 0; first < Math.Min(step, kernel); first++)
        {
            yield return (first, step, (kernel - first + step - 1) / step);
        }
    }

    /// <summary>
    /// Backward to the data: input position p + stride·j gets Σ over the taps k with k·dilation ≡ p + pad (mod stride) of the output
    /// gradient at j + (p + pad − k·dilation) / stride. One phase for each p below the stride.
    /// </summary>
    public static IEnumerable<TapPhase> GradientPhases(int size, int kernel, int dilation, int stride, int pad)
    {
        int step = stride / GreatestCommonDivisor(stride, dilation);
        for (int phase = 0; phase < Math.Min(stride, size); phase++)
        {
            int positions = (size - phase + stride - 1) / stride;
            int first = Enumerable.Range(0, Math.Min(step, kernel)).Where(k => (phase + pad - (k * dilation)) % stride == 0).DefaultIfEmpty(-1).First();
            yield return first < 0
                ? new TapPhase(phase, positions, 0, 1, 0, 0, 0)
                : new TapPhase(
                    phase,
                    positions,
                    first,
                    step,
                    (kernel - first + step - 1) / step,
                    (phase + pad - (first * dilation)) / stride,
                    -(dilation * step) / stride);
        }
    }

    /// <summary>The lowest source position that any of these phases reads.</summary>
    public static int LowestSource(IEnumerable<TapPhase> phases) =>
        phases.Where(phase => phase.Count > 0).Select(phase => phase.SourceFirst + ((phase.Count - 1) * phase.SourceStep)).DefaultIfEmpty(0).Min();

    /// <summary>The highest source position that any of these phases reads.</summary>
    public static int HighestSource(IEnumerable<TapPhase> phases) =>
        phases.Where(phase => phase.Count > 0).Select(phase => phase.Positions - 1 + phase.SourceFirst).DefaultIfEmpty(0).Max();

    private static int GreatestCommonDivisor(int a, int b) => b == 0 ? a : GreatestCommonDivisor(b, a % b);
}
