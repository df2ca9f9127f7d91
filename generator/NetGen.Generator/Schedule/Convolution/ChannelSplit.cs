namespace NetGen.Generator.Schedule.Convolution;

/// <summary>
/// Channels as whole blocks of 16 and what is left over: each part is one affine loop nest, and no part reads a channel that does
/// not exist.
/// </summary>
/// <param name="Block">The first block of the part.</param>
/// <param name="Blocks">Blocks in it.</param>
/// <param name="Lanes">Channels in each of its blocks.</param>
internal readonly record struct ChannelSplit(int Block, int Blocks, int Lanes)
{
    public static IEnumerable<ChannelSplit> Of(int channels)
    {
        int whole = channels / TensorView.Block, rest = channels % TensorView.Block;
        if (whole > 0)
        {
            yield return new ChannelSplit(0, whole, TensorView.Block);
        }

        if (rest > 0)
        {
            yield return new ChannelSplit(whole, 1, rest);
        }
    }

    /// <summary>From one block of 16 channels to the next in a view, and from one channel to the next within.</summary>
    public static (int Block, int Lane) Steps(TensorView view) => view.Layout == TensorLayout.Blocked
        ? (view.BlockStride, 1)
        : (TensorView.Block * view.BlockStride, view.BlockStride);

    /// <summary>From the first channel of one group to that of the next.</summary>
    public static int GroupStep(TensorView view, int groupChannels) => groupChannels / view.BlockChannels * view.BlockStride;
}
