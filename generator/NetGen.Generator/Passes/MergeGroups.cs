using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Ops;
using NetGen.Generator.Schedule;

namespace NetGen.Generator.Passes;

/// <summary>
/// Groups whose channels are no whole blocks are taken together until they are, with zeros for the weights between channels of different groups:
/// two of 8, 24 or 40 channels, four of 4 or 12. They are convolved twice or four times as often as they need be, but as fast as any others, and
/// without leaving the layout that their neighbours have. Groups that are left over are taken together as well.
/// </summary>
internal static class MergeGroups
{
    /// <summary>Channels of a group from which multiplying by zeros takes less time than vectors along the width and the copies around them.</summary>
    private const int FewestChannels = 4;

    /// <summary>Groups taken together at most, for the same reason.</summary>
    private const int MostGroups = 4;

    public static NetworkGraph Run(NetworkGraph graph) => graph.WithNodes(graph.Nodes.Select(node => node.Operator is Conv2dOp convolution
        ? node with { Operator = convolution with { MergedGroups = MergedGroups(convolution, graph.InputShapesOf(node)[0].Channels) } }
        : node));

    private static int MergedGroups(Conv2dOp convolution, int channels)
    {
        int groupChannels = channels / convolution.Groups;
        int groups = 1;
        while (groups * groupChannels % TensorView.Block != 0)
        {
            groups *= 2;
        }

        return convolution.Groups > 1
            && convolution.OutChannels == channels
            && channels >= TensorView.Block
            && groupChannels >= FewestChannels
            && groups <= MostGroups
                ? Math.Min(groups, convolution.Groups)
                : 1;
    }
}
