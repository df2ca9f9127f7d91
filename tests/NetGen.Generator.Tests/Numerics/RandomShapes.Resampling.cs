using NetGen.Tests.Reference;

namespace NetGen.Generator.Tests.Numerics;

/// <content>Layers that resample, take apart and rearrange maps.</content>
internal static partial class RandomShapes
{
    /// <summary>An upsampling of the input or of a convolution's result, and now and then a convolution behind it.</summary>
    private static NetworkCase Upsampled(Random random, NetworkCase network)
    {
        if (random.Next(3) > 0)
        {
            network = MaybeActivation(random, SameConvolution(random, network, random.Next(1, 40)));
        }

        int vertical = random.Next(1, 5), horizontal = Pick(random, vertical, random.Next(1, 5));
        string arguments = vertical == horizontal ? $"{vertical}" : $"{vertical}, {horizontal}";
        arguments += Pick(random, "", ", Mode = UpsampleMode.Bilinear", ", Mode = UpsampleMode.Bilinear, AlignCorners = true");
        TensorShape shape = network.Shape;
        network = network.Add($"Upsample({arguments})", new(shape.Channels, shape.Height * vertical, shape.Width * horizontal));
        return After(random, network);
    }

    /// <summary>A transposed convolution of the input or of a convolution's result, and now and then an activation.</summary>
    private static NetworkCase Transposed(Random random, NetworkCase network)
    {
        network = MaybeActivation(random, TransposedConvolution(random, network));
        return random.Next(3) == 0 ? After(random, network) : network;
    }

    /// <summary>The same with a normalisation behind it, which predictions fold into its weights.</summary>
    private static NetworkCase TransposedNormalized(Random random, NetworkCase network)
    {
        network = MaybeActivation(random, TransposedConvolution(random, network).Elementwise(Normalization(random)));
        return random.Next(3) == 0 ? After(random, network) : network;
    }

    private static NetworkCase TransposedConvolution(Random random, NetworkCase network)
    {
        if (random.Next(2) == 0)
        {
            network = MaybeActivation(random, SameConvolution(random, network, Pick(random, random.Next(1, 40), 16, 32)));
        }

        TensorShape shape = network.Shape;
        int groups = random.Next(3) == 0 && shape.Channels > 1 ? CommonDivisor(random, shape.Channels) : 1;
        int outChannels = groups * Pick(random, random.Next(1, 40 / Math.Min(groups, 8)), random.Next(1, 4), 16);
        while (true)
        {
            var window = new ReferenceWindow(Pick(random, 1, 2, 3, 3, 4), Pick(random, 1, 2, 3, 3, 4, 5))
            {
                StrideH = Pick(random, 1, 2, 2, 3),
                StrideW = Pick(random, 1, 2, 2, 3, 4),
                DilationH = Pick(random, 1, 1, 1, 2, 3),
                DilationW = Pick(random, 1, 1, 1, 2, 3),
                PadTop = random.Next(3),
                PadLeft = random.Next(3),
            };
            window = window with { PadBottom = window.PadTop, PadRight = window.PadLeft };
            int paddingH = random.Next(Math.Max(window.StrideH, window.DilationH)), paddingW = random.Next(Math.Max(window.StrideW, window.DilationW));
            TensorShape output = ConvTranspose2dReference.OutputOf(shape, outChannels, window, paddingH, paddingW);
            if (output is { Height: > 0, Width: > 0 })
            {
                return network.ConvTranspose(outChannels, window, (paddingH, paddingW), groups, random.Next(4) > 0);
            }
        }
    }

    /// <summary>Convolutions and pools over a sequence.</summary>
    private static NetworkCase Sequence(Random random, NetworkCase network)
    {
        for (int layers = random.Next(1, 4); layers > 0; layers--)
        {
            network = random.Next(4) == 0 && network.Shape.Width > 1 ? Pool1d(random, network) : MaybeActivation(random, Convolution1d(random, network));
        }

        return random.Next(3) == 0 ? network.Linear(random.Next(2, 20)) : network;
    }

    private static NetworkCase Convolution1d(Random random, NetworkCase network)
    {
        int groups = random.Next(4) == 0 && network.Shape.Channels > 1 ? CommonDivisor(random, network.Shape.Channels) : 1;
        int outChannels = groups * Pick(random, random.Next(1, 40 / Math.Min(groups, 8)), random.Next(1, 4));
        bool bias = random.Next(4) > 0;
        while (true)
        {
            var window = new ReferenceWindow(1, Pick(random, 1, 2, 3, 3, 4, 5, 7)) { StrideW = Pick(random, 1, 1, 2, 3), DilationW = Pick(random, 1, 1, 2, 3) };
            if (random.Next(3) == 0)
            {
                return network.Conv1d(outChannels, window, groups, bias, same: true);
            }

            int pad = random.Next(3);
            window = window with { PadLeft = pad, PadRight = pad };
            if (window.Fits(network.Shape))
            {
                return network.Conv1d(outChannels, window, groups, bias);
            }
        }
    }

    private static NetworkCase Pool1d(Random random, NetworkCase network)
    {
        TensorShape shape = network.Shape;
        int kernel = random.Next(1, Math.Min(5, shape.Width) + 1), stride = random.Next(1, 4), padding = random.Next((kernel / 2) + 1);
        bool ceil = random.Next(2) == 0;
        string attribute = Pick(random, "MaxPool1d", "AvgPool1d");
        return network.Add(
            $"{attribute}({kernel}, Stride = {stride}, Padding = {padding}, CeilMode = {(ceil ? "true" : "false")})",
            new PoolWindows(shape, 1, kernel, 1, stride, 0, padding, ceil).Output);
    }

    /// <summary>A border of any kind.</summary>
    private static NetworkCase Padded(Random random, NetworkCase network)
    {
        if (random.Next(3) == 0)
        {
            network = MaybeActivation(random, SameConvolution(random, network, random.Next(1, 40)));
        }

        TensorShape shape = network.Shape;
        string mode = Pick(random, "", ", Value = -0.75", ", Mode = PadMode.Reflect", ", Mode = PadMode.Replicate");
        int mostRows = mode.Contains("Reflect", StringComparison.Ordinal) ? Math.Min(4, shape.Height) : 4;
        int mostColumns = mode.Contains("Reflect", StringComparison.Ordinal) ? Math.Min(4, shape.Width) : 4;
        int top = random.Next(mostRows), bottom = random.Next(mostRows), left = random.Next(mostColumns), right = random.Next(mostColumns);
        network = network.Add(
            $"Pad({top}, {bottom}, {left}, {right}{mode})", new(shape.Channels, top + shape.Height + bottom, left + shape.Width + right));
        return After(random, network);
    }

    /// <summary>Channels taken apart, shuffled and put together, and now and then elements of a vector.</summary>
    private static NetworkCase Shuffled(Random random, NetworkCase network)
    {
        network = network.Conv(random.Next(2, 50), new ReferenceWindow(1, 1)).Named("whole");
        TensorShape shape = network.Shape;
        if (random.Next(4) == 0)
        {
            int start = random.Next(shape.Length), count = random.Next(1, shape.Length - start + 1);
            return network.Flatten().Add($"Slice({start}, {count})", new(count));
        }

        int groups = CommonDivisor(random, shape.Channels), cut = Pick(random, Math.Min(16, shape.Channels - 1), random.Next(1, shape.Channels));
        network = network.Add($"Slice(0, {cut})", shape with { Channels = cut }).Named("left")
            .From("whole").Add($"Slice({cut}, {shape.Channels - cut})", shape with { Channels = shape.Channels - cut });
        network = MaybeActivation(random, network).Concat("left");
        return After(random, random.Next(4) > 0 ? network.Add($"ChannelShuffle({groups})", shape) : network);
    }

    /// <summary>Nothing, or what reads the map to the ends of its vectors.</summary>
    private static NetworkCase After(Random random, NetworkCase network) => random.Next(4) switch
    {
        0 => MaybeActivation(random, SameConvolution(random, network, Pick(random, 3, 17))),
        1 => network.Linear(3),
        2 => Activation(random, network),
        _ => network,
    };
}
