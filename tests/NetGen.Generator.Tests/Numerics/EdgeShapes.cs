using NetGen.Tests.Reference;

namespace NetGen.Generator.Tests.Numerics;

/// <summary>Shapes at the edges of what the schedule distinguishes, chosen by hand and declared in every unroll mode.</summary>
internal static class EdgeShapes
{
    private static readonly (string Name, TensorShape Input, Func<NetworkCase, NetworkCase> Layers)[] s_shapes =
    [
        ("OnePixel", new(1, 1, 1), network => network.Conv(1, new(1, 1))),
        ("OnePixelPadded", new(1, 1, 1), network => network.Conv(2, new(3, 3) { PadTop = 1, PadLeft = 1 })),
        ("OnePixelToBlock", new(1, 1, 1), network => network.Conv(17, new(1, 1))),
        ("OneRow", new(1, 1, 47), network => network.Conv(3, new(1, 5), same: true).Elementwise("ReLU")),
        ("OneColumn", new(2, 47, 1), network => network.Conv(3, new(5, 1), same: true)),
        ("VectorAndOne", new(1, 3, 17), network => network.Conv(1, new(3, 2))),
        ("TwoVectors", new(1, 3, 34), network => network.Conv(2, new(2, 3))),
        ("BelowABlock", new(3, 4, 4), network => network.Conv(15, new(2, 2))),
        ("ABlock", new(16, 4, 4), network => network.Conv(16, new(3, 3) { PadTop = 1, PadLeft = 1 })),
        ("AboveABlock", new(17, 4, 4), network => network.Conv(17, new(2, 2))),
        ("BlockToOne", new(16, 5, 5), network => network.Conv(1, new(3, 3))),
        ("WholeImage", new(3, 5, 4), network => network.Conv(6, new(5, 4))),
        ("GapsBetweenWindows", new(2, 9, 11), network => network.Conv(3, new(2, 2) { StrideH = 4, StrideW = 5 })),
        ("GapsInBlocks", new(16, 7, 7), network => network.Conv(16, new(1, 1) { StrideH = 3, StrideW = 2 })),
        ("StrideBeyondImage", new(2, 5, 5), network => network.Conv(3, new(2, 2) { StrideH = 9, StrideW = 9 })),
        ("PaddingBeyondKernel", new(1, 2, 2), network => network.Conv(2, new(2, 2) { PadTop = 4, PadLeft = 3 })),
        ("DilatedAndStrided", new(2, 9, 10), network => network.Conv(5, new(3, 3) { DilationH = 2, DilationW = 2, StrideH = 2, StrideW = 2 })),
        ("DilationSharesDivisor", new(2, 9, 19), network => network.Conv(3, new(2, 4) { DilationW = 4, StrideW = 6 })),
        ("DilatedBeyondTheImage", new(3, 9, 10), network => network.Conv(32, new(1, 1))
            .Conv(40, new(3, 3) { PadTop = 11, PadLeft = 11, DilationH = 11, DilationW = 11 }).Elementwise("ReLU").Conv(2, new(1, 1))),
        ("DilatedIntoThePadding", new(3, 12, 14), network => network.Conv(35, new(1, 1))
            .Conv(33, new(3, 3) { PadTop = 6, PadLeft = 8, DilationH = 6, DilationW = 8 }, bias: false).Elementwise("BatchNorm2d").Elementwise("ReLU")),
        ("DilatedIntoThePaddingAndStrided", new(3, 17, 16), network => network.Conv(16, new(1, 1))
            .Conv(48, new(3, 3) { PadTop = 8, PadLeft = 10, DilationH = 8, DilationW = 10, StrideH = 2, StrideW = 2 })),
        ("DilatedGroupsIntoThePadding", new(3, 10, 11), network => network.Conv(64, new(1, 1))
            .Conv(32, new(3, 3) { PadTop = 6, PadLeft = 6, DilationH = 6, DilationW = 6 }, groups: 2)),
        ("DilatedIntoThePaddingAndAdded", new(3, 11, 9), network =>
        {
            network.Conv(32, new(1, 1)).Named("kept").Conv(32, new(1, 1));
            return network.Conv(32, new(3, 3) { PadTop = 5, PadLeft = 5, DilationH = 5, DilationW = 5 }).AddLayers("kept").Elementwise("ReLU");
        }),
        ("GroupsOfOneBlock", new(8, 4, 5), network => network.Conv(32, new(3, 3), groups: 2)),
        ("GroupsAcrossBlocks", new(24, 4, 5), network => network.Conv(48, new(2, 2), groups: 3)),
        ("GroupsWithinABlock", new(16, 5, 6), network => network.Conv(16, new(3, 3) { PadTop = 1, PadLeft = 1 }, groups: 4)),
        ("GroupsOfEight", new(32, 7, 5), network => network.Conv(32, new(3, 2) { StrideH = 2, StrideW = 2, PadTop = 1 }, groups: 4, bias: false)),
        ("GroupsThatDoNotFillABlock", new(24, 4, 5), network => network.Conv(24, new(2, 2), groups: 3)),
        ("GroupsWithinBlocksNormalized", new(48, 4, 4), network => network.Conv(48, new(3, 3), groups: 12).Elementwise("BatchNorm2d").Elementwise("ReLU")),
        ("GroupsOfBlocksAndAHalf", new(120, 3, 4), network => network.Conv(120, new(3, 3) { PadTop = 1, PadLeft = 1 }, groups: 5).Elementwise("BatchNorm2d").Elementwise("ReLU")),
        ("GroupsThatAreMergedIntoOne", new(3, 4, 5), network => network.Conv(36, new(1, 1)).Conv(36, new(2, 3), groups: 3).Elementwise("ReLU")),
        ("GroupsAndARestBehindBlocks", new(2, 5, 6), network => network.Conv(72, new(1, 1)).Conv(72, new(3, 3) { StrideH = 2, StrideW = 2, PadTop = 1, PadLeft = 1 }, groups: 3, bias: false).Conv(72, new(1, 1), groups: 9)),
        ("DepthwiseOneImage", new(5, 3, 3), network => network.Conv(5, new(3, 3), groups: 5)),
        ("DepthwiseTwice", new(3, 6, 18), network => network.Conv(6, new(3, 3), groups: 3).Elementwise("Tanh").Conv(6, new(3, 3), groups: 6)),
        ("BlocksThenPlanes", new(1, 8, 8), network => network.Conv(20, new(3, 3)).Elementwise("ReLU").Conv(3, new(3, 3))),
        ("PlanesThenBlocks", new(1, 6, 20), network => network.Conv(3, new(3, 3)).Elementwise("LeakyReLU(0.25)").Conv(20, new(2, 2))),
        ("MapToVector", new(1, 4, 4), network => network.Conv(18, new(2, 2)).Flatten().Linear(3)),
        ("OneToOne", new(1), network => network.Linear(1)),
        ("OneToMany", new(1), network => network.Linear(129)),
        ("ManyToOne", new(130), network => network.Linear(1)),
        ("MapToOne", new(2, 3, 3), network => network.Linear(1).Elementwise("Sigmoid")),
        ("SumWithAViewOfWhatIsReadAgain", new(16, 5, 6), network =>
        {
            network.Conv(16, new(3, 3) { PadTop = 1, PadLeft = 1 }).Named("kept").Elementwise("MaxPool2d(1)").Named("view");
            return network.From("kept").Conv(16, new(1, 1)).AddLayers("view").Named("sum").AddLayers("kept");
        }),
        ("ShuffleUnits", new(58, 4, 5), network => ShuffleUnits(network, 3)),
        ("ShuffleUnitsOfPlanes", new(6, 4, 5), network => ShuffleUnits(network, 2)),
        ("ShuffledAndReadWhole", new(34, 3, 3), network =>
        {
            network.Add("ChannelShuffle(17)", new(34, 3, 3)).Named("shuffled").Add("Slice(3, 20)", new(20, 3, 3)).Named("part");
            return network.From("shuffled").Conv(20, new(1, 1)).AddLayers("part").Add("ChannelShuffle(5)", new(20, 3, 3)).Add("Slice(7, 1)", new(1, 3, 3));
        }),
        ("ManyShuffledGroups", new(144, 2, 3), network => network.Conv(144, new(1, 1), groups: 9).Add("ChannelShuffle(9)", new(144, 2, 3)).Conv(144, new(1, 1), groups: 9)),
        ("SliceFromTheSecondChannel", new(32, 2, 3), network => network.Conv(32, new(1, 1)).Add("Slice(1, 31)", new(31, 2, 3))),
        ("SliceFromTheSecondOfABlock", new(57, 2, 3), network => network.Conv(57, new(1, 1)).Add("Slice(17, 40)", new(40, 2, 3))),
        ("ShuffledByWholeBlocks", new(96, 2, 3), network => network.Conv(96, new(1, 1)).Add("ChannelShuffle(48)", new(96, 2, 3)).Elementwise("ReLU")),
        ("ShuffledBeyondABlock", new(544, 2, 2), network => network.Conv(544, new(1, 1), groups: 34).Add("ChannelShuffle(17)", new(544, 2, 2)).Elementwise("ReLU")),
        ("ShuffledPlanes", new(40, 3, 5), network => network.Conv(40, new(3, 3) { PadTop = 1, PadLeft = 1 }, groups: 20).Add("ChannelShuffle(20)", new(40, 3, 5)).Elementwise("ReLU")),
        ("SlicesJoinedInAnotherOrder", new(40, 3, 4), network =>
        {
            network.Conv(40, new(1, 1)).Named("whole").Add("Slice(0, 16)", new(16, 3, 4)).Named("first");
            network.From("whole").Add("Slice(16, 5)", new(5, 3, 4)).Named("second").From("whole").Add("Slice(21, 19)", new(19, 3, 4)).Named("third");
            return network.Concat("third", "first", "second").Add("Slice(2, 37)", new(37, 3, 4));
        }),
        ("Through130", new(7), network => network.Linear(130, bias: false).Elementwise("ReLU").Linear(33)),
    ];

    /// <summary>Reductions that are cut for the first cache at every width, and tiles of several sizes in one kernel: too large to be run in every mode.</summary>
    private static readonly (string Name, TensorShape Input, Func<NetworkCase, NetworkCase> Layers)[] s_longReductions =
    [
        ("LongReduction", new(400, 9, 10), network => network.Conv(40, new(1, 1))),
        ("LongReductionOfWindows", new(192, 8, 9), network => network.Conv(40, new(3, 3) { PadTop = 1, PadLeft = 1 }, bias: false).Elementwise("ReLU")),
        ("LongReductionAdded", new(192, 8, 9), network =>
        {
            network.NameInput();
            network.Conv(33, new(1, 1)).Named("addend").From("input");
            return network.Conv(33, new(3, 3) { PadTop = 1, PadLeft = 1 }).AddLayers("addend").Elementwise("ReLU");
        }),
        ("LongReductionDilatedIntoThePadding", new(3, 12, 12), network => network.Conv(192, new(1, 1))
            .Conv(40, new(3, 3) { PadTop = 6, PadLeft = 6, DilationH = 6, DilationW = 6 }).Elementwise("ReLU")),
        ("RowsThatLeaveARest", new(512, 7, 7), network => network.Conv(256, new(1, 1))),
    ];

    /// <summary>The networks with long reductions.</summary>
    public static NetworkCase[] LongReductions => [.. s_longReductions.Select(shape => shape.Layers(new NetworkCase(shape.Name, shape.Input) { Images = 2 }))];

    /// <summary>All others in one mode.</summary>
    public static NetworkCase[] Declare(Unroll unroll) =>
    [
        .. s_shapes.Select((shape, i) => shape.Layers(new NetworkCase(shape.Name, shape.Input)
        {
            Unroll = unroll,
            Images = 1 + (i % 18),
            IsVector = shape.Input.IsVector && !shape.Name.StartsWith("OnePixel", StringComparison.Ordinal),
        })),
    ];

    /// <summary>Units of ShuffleNetV2: half the channels are convolved, and dealt out to the others.</summary>
    private static NetworkCase ShuffleUnits(NetworkCase network, int units)
    {
        TensorShape shape = network.Shape, half = shape with { Channels = shape.Channels / 2 };
        network.NameInput();
        string input = "input";
        for (int unit = 0; unit < units; unit++)
        {
            string kept = $"kept{unit}";
            network.From(input).Add($"Slice(0, {half.Channels})", half).Named(kept);
            network.From(input).Add($"Slice({half.Channels}, {half.Channels})", half).Conv(half.Channels, new(1, 1)).Elementwise("ReLU");
            input = $"unit{unit}";
            network.Concat(kept).Add("ChannelShuffle(2)", shape).Named(input);
        }

        return network;
    }
}
