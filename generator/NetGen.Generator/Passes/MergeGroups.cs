using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Ops;
using NetGen.Generator.Schedule;

namespace NetGen.Generator.Passes;

/// <summary>
/// Groups of four or eight channels become groups of sixteen whose weights are zero between channels of different groups: a block of channels
/// is convolved four times or twice as often as it need be, but as fast as any other, and without leaving the layout that its neighbours have.
/// </summary>
internal static class MergeGroups
{
    /// <summary>Channels of a group from which multiplying by zeros takes less time than vectors along the width and the copies around them.</summary>
    private const int FewestChannels = 4;

    public static NetworkGraph Run(NetworkGraph graph) => graph.WithNodes(graph.Nodes.Select(node => node.Operator is Conv2dOp convolution
        ? node with { Operator = convolution with { MergedGroups = MergedGroups(convolution, graph.InputShapesOf(node)[0].Channels) } }
        : node));

    private static int MergedGroups(Conv2dOp convolution, int channels)
    {
        int groupChannels = channels / convolution.Groups;
        return convolution.Groups > 1
            && convolution.OutChannels == channels
            && channels % TensorView.Block == 0
            && groupChannels is >= FewestChannels and < TensorView.Block
            && TensorView.Block % groupChannels == 0
                ? TensorView.Block / groupChannels
                : 1;
    }
}
