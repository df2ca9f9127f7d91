namespace NetGen.Generator.Schedule;

/// <summary>
/// One direction of linear upsampling. Output <c>o</c> reads at the position (<see cref="Step"/> · o + <see cref="Start"/>) /
/// <see cref="Denominator"/> of the input, or at 0 where that is before it: whole numbers, so that no position is rounded.
/// </summary>
internal sealed record InterpolationAxis(int Size, int Scale, bool AlignCorners)
{
    public int Outputs => Size * Scale;

    public int Step => AlignCorners ? Size - 1 : 2;

    public int Start => AlignCorners ? 0 : 1 - Scale;

    public int Denominator => AlignCorners ? Math.Max(Outputs - 1, 1) : 2 * Scale;

    /// <summary>Whether the numerator goes beyond an <see cref="int"/>.</summary>
    public bool IsLong => (long)Step * (Outputs - 1) > int.MaxValue;
}
