namespace NetGen;

/// <summary>
/// Deals the channels of groups out to each other: channel k of group i becomes channel k · groups + i (Zhang et al., ShuffleNet, 2018;
/// PyTorch's <c>ChannelShuffle</c>). The shape stays.
/// </summary>
/// <param name="groups">Number of groups; it divides the channels.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class ChannelShuffleAttribute(int groups) : LayerAttribute
{
    /// <summary>Number of groups.</summary>
    public int Groups { get; } = groups;
}
