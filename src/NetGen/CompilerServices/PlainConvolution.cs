namespace NetGen.CompilerServices;

/// <summary>
/// Convolutions of any shape by the same few loops, for whoever looks into a network: elements are gathered into panels of 16 positions, and
/// every row of weights is multiplied with each panel. All maps are in PyTorch's order.
/// </summary>
internal static class PlainConvolution
{
    private const int Lanes = PlainProduct.Lanes;

    // Floats of panels, and of weights, that are held at a time.
    private const int PanelFloats = 1 << 21, WeightFloats = 1 << 20;

    /// <summary>Adds a convolution to what is in the output.</summary>
    /// <param name="input">The input.</param>
    /// <param name="inputShape">Shape of the input.</param>
    /// <param name="weight">Where the weights lie, [out, in / groups, kernel].</param>
    /// <param name="block">The parameter block.</param>
    /// <param name="window">The window.</param>
    /// <param name="groups">Groups of channels.</param>
    /// <param name="output">The output.</param>
    /// <param name="outputShape">Shape of the output.</param>
    public static void AddConvolution(
        ReadOnlySpan<float> input,
        TensorShape inputShape,
        ParameterLayout weight,
        ReadOnlySpan<float> block,
        PlainWindow window,
        int groups,
        Span<float> output,
        TensorShape outputShape)
    {
        int positions = outputShape.Height * outputShape.Width, rows = outputShape.Channels / groups;
        int channels = inputShape.Channels / groups, depth = channels * window.Taps;
        int held = Math.Max(Lanes, PanelFloats / depth / Lanes * Lanes);
        float[] panels = new float[checked(Math.Min(held, AlignedBuffer.RoundUp(positions)) * depth)];

        // Weights that kernels read in vectors are copied out fastest by whole bands of 16 rows.
        int heldRows = Math.Min(rows, Math.Max(Lanes, WeightFloats / depth / Lanes * Lanes));
        float[] weights = new float[checked(heldRows * depth)];
        for (int first = 0; first < positions; first += held)
        {
            int last = Math.Min(positions, first + held);
            for (int group = 0; group < groups; group++)
            {
                for (int position = first; position < last; position++)
                {
                    Gather(input, inputShape, group * channels, channels, window, position, outputShape.Width, PanelOf(panels, position - first, depth));
                }

                for (int row = 0; row < rows; row += heldRows)
                {
                    int channel = (group * rows) + row, count = Math.Min(heldRows, rows - row);
                    Span<float> rowsOfWeights = weights.AsSpan(0, count * depth);
                    weight.CopyTo(block, channel * depth, rowsOfWeights);
                    for (int position = first; position < last; position += Lanes)
                    {
                        PlainProduct.Add(
                            rowsOfWeights,
                            PanelOf(panels, position - first, depth),
                            output[((channel * positions) + position)..],
                            positions,
                            Math.Min(Lanes, last - position));
                    }
                }
            }
        }
    }

    /// <summary>Adds the transpose of a convolution, whose window it takes, to what is in the output.</summary>
    /// <param name="input">The input.</param>
    /// <param name="inputShape">Shape of the input.</param>
    /// <param name="weight">Where the weights lie, [in, out / groups, kernel].</param>
    /// <param name="block">The parameter block.</param>
    /// <param name="window">The window.</param>
    /// <param name="groups">Groups of channels.</param>
    /// <param name="output">The output.</param>
    /// <param name="outputShape">Shape of the output.</param>
    public static void AddTransposed(
        ReadOnlySpan<float> input,
        TensorShape inputShape,
        ParameterLayout weight,
        ReadOnlySpan<float> block,
        PlainWindow window,
        int groups,
        Span<float> output,
        TensorShape outputShape)
    {
        int positions = inputShape.Height * inputShape.Width, depth = inputShape.Channels / groups;
        int channels = outputShape.Channels / groups, rows = channels * window.Taps, plane = outputShape.Height * outputShape.Width;
        float[] stored = new float[rows * depth], weights = new float[rows * depth], panel = new float[depth * Lanes], sums = new float[rows * Lanes];
        for (int group = 0; group < groups; group++)
        {
            weight.CopyTo(block, group * stored.Length, stored);
            TensorMoves.Transpose(ref stored[0], depth, rows, rows, ref weights[0], depth);
            for (int first = 0; first < positions; first += Lanes)
            {
                int count = Math.Min(Lanes, positions - first);
                for (int k = 0; k < depth; k++)
                {
                    input.Slice((((group * depth) + k) * positions) + first, count).CopyTo(panel.AsSpan(k * Lanes));
                }

                Array.Clear(sums);
                PlainProduct.Add(weights, panel, sums, Lanes, count);
                for (int position = first; position < first + count; position++)
                {
                    int y = position / inputShape.Width, x = position % inputShape.Width;
                    for (int row = 0; row < rows; row++)
                    {
                        if (window.Place(outputShape, y, x, row % window.Taps) is >= 0 and int place)
                        {
                            output[(((group * channels) + (row / window.Taps)) * plane) + place] += sums[(row * Lanes) + position - first];
                        }
                    }
                }
            }
        }
    }

    /// <summary>The panel that a position is in, from the position's lane on.</summary>
    private static Span<float> PanelOf(float[] panels, int position, int depth) =>
        panels.AsSpan((position / Lanes * depth * Lanes) + (position % Lanes), (depth * Lanes) - (position % Lanes));

    /// <summary>Puts the elements under the window at one position into a lane of a panel.</summary>
    private static void Gather(
        ReadOnlySpan<float> input, TensorShape shape, int firstChannel, int channels, PlainWindow window, int position, int width, Span<float> lane)
    {
        int plane = shape.Height * shape.Width, taps = window.Taps;
        for (int tap = 0; tap < taps; tap++)
        {
            int place = window.Place(shape, position / width, position % width, tap);
            for (int channel = 0; channel < channels; channel++)
            {
                lane[((channel * taps) + tap) * Lanes] = place < 0 ? 0 : input[((firstChannel + channel) * plane) + place];
            }
        }
    }
}
