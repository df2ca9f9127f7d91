namespace NetGen.Generator.Schedule.Convolution;

/// <summary>Positions along an axis of the result whose windows have the same taps inside the image; the others meet padding only.</summary>
/// <param name="First">The first of the positions.</param>
/// <param name="Count">Number of positions.</param>
/// <param name="FirstTap">The first tap inside the image.</param>
/// <param name="Taps">Number of taps inside the image.</param>
internal readonly record struct TapSegment(int First, int Count, int FirstTap, int Taps)
{
    /// <summary>The segments of an axis, in order.</summary>
    /// <param name="positions">Positions of the window.</param>
    /// <param name="size">Rows or columns of the image.</param>
    /// <param name="kernel">Taps of the window.</param>
    public static IReadOnlyList<TapSegment> Of(int positions, int size, int kernel, int stride, int padding, int dilation)
    {
        var segments = new List<TapSegment>();
        for (int position = 0; position < positions; position++)
        {
            long start = ((long)position * stride) - padding;
            int first = 0, end = kernel;
            while (first < end && start + ((long)first * dilation) < 0)
            {
                first++;
            }

            while (end > first && start + ((end - 1L) * dilation) >= size)
            {
                end--;
            }

            if (segments.Count > 0 && segments[segments.Count - 1] is var last && last.FirstTap == first && last.Taps == end - first)
            {
                segments[segments.Count - 1] = last with { Count = last.Count + 1 };
            }
            else
            {
                segments.Add(new TapSegment(position, 1, first, end - first));
            }
        }

        return segments;
    }
}
