using NetGen.Generator.Collections;

namespace NetGen.Generator.Schedule.Convolution;

/// <summary>
/// One axis of a sum over the taps of a window: result i reads element i · <paramref name="Step"/> + offset for each tap that is inside.
/// </summary>
/// <param name="Count">Number of results.</param>
/// <param name="Step">Elements from one result's window to the next.</param>
/// <param name="Extent">Number of elements.</param>
/// <param name="First">Place of the first result in its row or column.</param>
/// <param name="Stride">Places from one result to the next.</param>
/// <param name="Taps">The taps, by their places in the window.</param>
internal sealed record DepthwiseAxis(int Count, int Step, int Extent, int First, int Stride, EquatableArray<Tap> Taps)
{
    /// <summary>The results of a convolution along an axis.</summary>
    public static DepthwiseAxis Forward(int outputs, int inputs, int kernel, int stride, int dilation, int padding) => new(
        outputs, stride, inputs, 0, 1, Enumerable.Range(0, kernel).Select(tap => new Tap(tap, (tap * dilation) - padding)).ToEquatableArray());

    /// <summary>
    /// The gradients of a convolution's elements along an axis: as many classes as the stride, each with the taps that reach its elements.
    /// </summary>
    public static IEnumerable<DepthwiseAxis> DataGradient(int outputs, int inputs, int kernel, int stride, int dilation, int padding) =>
        TapPhase.GradientPhases(inputs, kernel, dilation, stride, padding).Select(phase => new DepthwiseAxis(
            phase.Positions,
            1,
            outputs,
            phase.Position,
            stride,
            Enumerable.Range(0, phase.Count)
                .Select(i => new Tap(phase.First + (i * phase.Step), phase.SourceFirst + (i * phase.SourceStep)))
                .ToEquatableArray()));

    /// <summary>The first result whose taps are all inside, and the one behind the last; both the same where there is none.</summary>
    public (int Start, int End) Interior
    {
        get
        {
            int start = 0, end = Count;
            foreach (Tap tap in Taps)
            {
                start = Math.Max(start, tap.Offset >= 0 ? 0 : (-tap.Offset + Step - 1) / Step);
                end = Math.Min(end, tap.Offset >= Extent ? 0 : ((Extent - 1 - tap.Offset) / Step) + 1);
            }

            return start < end ? (start, end) : (0, 0);
        }
    }

    public bool IsInside(int result, Tap tap)
    {
        int element = (result * Step) + tap.Offset;
        return element >= 0 && element < Extent;
    }
}

/// <summary>A tap of a window.</summary>
/// <param name="Weight">Its place in the window.</param>
/// <param name="Offset">The element that it reads for the first result.</param>
internal readonly record struct Tap(int Weight, int Offset);
