using NetGen.Tests.Numerics;
using NetGen.Tests.Reference;

namespace NetGen.Generator.Tests.Numerics;

/// <summary>
/// Families of networks whose shapes are drawn at random, the same ones in every run: each family goes after one kind of code path.
/// </summary>
internal static partial class RandomShapes
{
    private static readonly int[] s_primes = [2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37];

    private static readonly Dictionary<string, Family> s_families = new()
    {
        ["Planar"] = new(36, (random, network) => Convolution(random, network, random.Next(1, 8))),
        ["Blocked"] = new(30, (random, network) => Convolution(random, network, random.Next(8, 50))),
        ["Grouped"] = new(24, (random, network) =>
        {
            int groups = CommonDivisor(random, network.Shape.Channels);
            return Convolution(random, network, groups * random.Next(1, 20), groups);
        }),
        ["Depthwise"] = new(
            24, (random, network) => Convolution(random, network, network.Shape.Channels * random.Next(1, 3), network.Shape.Channels)),
        ["Chain"] = new(14, Chain),
        ["Pooled"] = new(14, (random, network) => Chain(random, Pool(random, Convolution(random, network, random.Next(1, 24))))),
        ["Phases"] = new(12, Phases),
        ["Winograd"] = new(12, Winograd),
        ["Pointwise"] = new(16, Pointwise),
        ["WinogradOfBlocks"] = new(12, WinogradOfBlocks),
        ["Strassen"] = new(9, Strassen),
        ["Graph"] = new(24, Graph),
        ["Outputs"] = new(24, Outputs),
        ["BatchNorm"] = new(24, BatchNorm),
        ["Sequence"] = new(30, Sequence),
        ["Transposed"] = new(36, Transposed),
        ["TransposedNormalized"] = new(24, TransposedNormalized),
        ["Padded"] = new(24, Padded),
        ["Shuffled"] = new(24, Shuffled),
        ["Upsampled"] = new(30, Upsampled),
        ["Linear"] = new(24, Linears),
        ["Activation"] = new(48, (random, network) => Activation(random, Activation(random, network))),
        ["Activated"] = new(48, Activated),
        ["Softmax"] = new(24, (random, network) => network.Elementwise(Pick(random, "Softmax", "LogSoftmax"))),
        ["Adaptive"] = new(24, Adaptive, AnyMap),
        ["PReLU"] = new(24, PReLU, AnyInput),
        ["Scale"] = new(16, Scale, AnyInput),
        ["LayerNorm"] = new(30, LayerNorm, NormInput),
        ["LocalResponseNorm"] = new(24, LocalResponseNorm, AnyMap),
        ["Multiply"] = new(24, Multiply, AnyInput),
    };

    public static IEnumerable<string> Families => s_families.Keys;

    /// <summary>The networks of one family.</summary>
    public static NetworkCase[] Draw(string family, int seed)
    {
        var random = new Random(seed);
        NetworkCase[] all = [.. Enumerable.Range(0, s_families[family].Count).Select(i => Draw($"{family}{i}", family, random))];
        return [.. VectorWidths.ShareOf(all)];
    }

    private static NetworkCase Draw(string name, string family, Random random)
    {
        bool isVector = family == "Linear" || (family is "Activation" or "Activated" or "Softmax" && random.Next(2) == 0);
        (bool IsVector, TensorShape Shape)? drawn = s_families[family].Input?.Invoke(random);
        isVector |= drawn is { IsVector: true };
        TensorShape input = family switch
        {
            _ when drawn is { } own => own.Shape,
            _ when isVector => new(random.Next(1, 150)),
            "Phases" => new(random.Next(1, 9), random.Next(3, 9), Pick(random, 32, 48, 64)),
            "Winograd" or "WinogradOfBlocks" => new(random.Next(1, 4), random.Next(5, 24), random.Next(5, 24)),
            "Pointwise" => new(random.Next(1, 4), random.Next(1, 12), random.Next(1, 12)),
            "Strassen" => new(random.Next(1, 4), random.Next(16, 26), random.Next(16, 26)),
            "Upsampled" or "Transposed" or "TransposedNormalized" or "Padded" or "Shuffled" => new(random.Next(1, 40), Size(random, 8), Size(random, 14)),
            "Sequence" => new(random.Next(1, 40), 1, Size(random, 60)),
            "Graph" or "Outputs" or "BatchNorm" => new(random.Next(1, 40), random.Next(1, 12), random.Next(1, 12)),
            "Chain" => new(random.Next(1, 5), random.Next(9, 15), random.Next(9, 15)),
            "Pooled" => new(random.Next(1, 20), random.Next(14, 20), random.Next(14, 20)),
            "Grouped" or "Depthwise" => new(random.Next(2, 41), Size(random, 12), Size(random, 20)),
            "Activation" or "Activated" => new(random.Next(1, 20), Size(random, 9), Size(random, 9)),
            "Softmax" => new(random.Next(2, 50), Size(random, 9), Size(random, 20)),
            _ => new(random.Next(3) == 0 ? 1 : random.Next(1, 36), Size(random, 14), Size(random, 40)),
        };
        var network = new NetworkCase(name, input)
        {
            // Around the 8 images of a micro-batch, and two of them. Chosen algorithms are prediction's alone, and their channels many.
            Images = family is "Winograd" or "WinogradOfBlocks" or "Strassen" ? 1 : Pick(random, 1, 2, 3, 5, 16, 19),
            Unroll = family is "Winograd" or "WinogradOfBlocks" or "Strassen" or "Pointwise" or "Graph" or "Outputs" ? Pick(random, Unroll.Balanced, Unroll.Compact) : (Unroll)random.Next(3),
            InputGradients = random.Next(4) > 0,
            IsVector = isVector,
            IsSequence = family == "Sequence",
            Convolution = family is "Winograd" or "WinogradOfBlocks" or "Strassen" ? ConvolutionAlgorithm.Automatic : ConvolutionAlgorithm.Direct,
        };
        return s_families[family].Declare(random, network);
    }

    /// <summary>A convolution with any window that fits, and now and then an activation.</summary>
    private static NetworkCase Convolution(Random random, NetworkCase network, int outChannels, int groups = 1)
    {
        while (true)
        {
            var window = new ReferenceWindow(Pick(random, 1, 2, 3, 3, 4, 5), Pick(random, 1, 2, 3, 3, 5, 7))
            {
                StrideH = Pick(random, 1, 1, 2, 3),
                StrideW = Pick(random, 1, 1, 2, 3, 4),
                DilationH = Pick(random, 1, 1, 1, 2, 3),
                DilationW = Pick(random, 1, 1, 1, 2, 3),
            };
            if (random.Next(3) == 0)
            {
                return MaybeActivation(random, network.Conv(outChannels, window, groups, random.Next(4) > 0, same: true));
            }

            int pad = random.Next(2) * random.Next(window.KernelH + 1);
            window = window with { PadTop = pad, PadBottom = pad };
            pad = random.Next(2) * random.Next(window.KernelW + 1);
            window = window with { PadLeft = pad, PadRight = pad };
            if (window.Fits(network.Shape))
            {
                return MaybeActivation(random, network.Conv(outChannels, window, groups, random.Next(4) > 0));
            }
        }
    }

    /// <summary>Normalisations before, behind and without convolutions, and one on each of two paths.</summary>
    private static NetworkCase BatchNorm(Random random, NetworkCase network)
    {
        if (random.Next(2) == 0)
        {
            network = MaybeActivation(random, network.Elementwise(Normalization(random)));
        }

        var window = new ReferenceWindow(1, 1);
        network = MaybeActivation(random, Normalized(network.Conv(random.Next(1, 40), Pick(random, window, Same3x3), 1, random.Next(2) == 0)));
        if (random.Next(2) == 0)
        {
            network = network.Named("before");
            network = Normalized(network.Conv(network.Shape.Channels, Same3x3, 1, false)).AddLayers("before");
            network = MaybeActivation(random, network);
        }

        return random.Next(2) == 0 ? network.Add("GlobalAvgPool2d", new(network.Shape.Channels, 1, 1)).Linear(5) : network;

        NetworkCase Normalized(NetworkCase convolved) => convolved.Elementwise(Normalization(random));
    }

    private static ReferenceWindow Same3x3 => new(3, 3) { PadTop = 1, PadBottom = 1, PadLeft = 1, PadRight = 1 };

    private static string Normalization(Random random) =>
        Pick(random, "BatchNorm2d", "BatchNorm2d(Epsilon = 0.001)", "BatchNorm2d(Affine = false)");

    /// <summary>Strides over rows of whole vectors: their columns are dealt to phases without a gap.</summary>
    private static NetworkCase Phases(Random random, NetworkCase network)
    {
        network = network.Conv(random.Next(1, 12), new ReferenceWindow(3, 3) { PadTop = 1, PadBottom = 1, PadLeft = 1, PadRight = 1 }, 1, true);
        int pad = random.Next(2);
        return network.Conv(
            random.Next(1, 20),
            new ReferenceWindow(random.Next(1, 3), random.Next(2, 4)) { StrideW = random.Next(2, 5), PadLeft = pad, PadRight = pad },
            1,
            true);
    }

    /// <summary>
    /// 1×1 convolutions over whole blocks of channels, whose kernels take their shape as arguments: maps and channels of several sizes in one
    /// network, sums, and the tails of all axes.
    /// </summary>
    private static NetworkCase Pointwise(Random random, NetworkCase network)
    {
        network = network.Conv(16 * random.Next(1, 6), Same3x3, 1, true);
        for (int layers = random.Next(2, 5); layers > 0; layers--)
        {
            network = network.Named($"from{layers}");
            int channels = Pick(random, network.Shape.Channels, 16 * random.Next(1, 8), random.Next(1, 100));
            network = MaybeActivation(random, network.Conv(channels, new ReferenceWindow(1, 1), 1, random.Next(2) == 0));
            if (channels % TensorBlock != 0)
            {
                return network;
            }

            if (random.Next(2) == 0 && channels == network.Shape.Channels)
            {
                network = network.Named($"branch{layers}").Conv(channels, new ReferenceWindow(1, 1), 1, false).AddLayers($"branch{layers}");
                network = MaybeActivation(random, network);
            }
        }

        return network;
    }

    private const int TensorBlock = 16;

    /// <summary>Layers of one Winograd algorithm over several numbers of whole blocks of channels.</summary>
    private static NetworkCase WinogradOfBlocks(Random random, NetworkCase network)
    {
        network = network.Conv(16 * random.Next(1, 5), Same3x3, 1, true);
        for (int layers = random.Next(2, 4); layers > 0; layers--)
        {
            network = MaybeActivation(random, network.Conv(16 * random.Next(1, 6), Same3x3, 1, random.Next(2) == 0));
        }

        return network;
    }

    /// <summary>1×1 convolutions of channels enough for products of halves, of outputs that end within a block too; sums, and even and odd numbers of pixels.</summary>
    private static NetworkCase Strassen(Random random, NetworkCase network)
    {
        network = network.Conv(Pick(random, 192, 256, 320), new ReferenceWindow(1, 1)).Elementwise("ReLU");
        for (int layers = random.Next(2); layers >= 0; layers--)
        {
            network = MaybeActivation(random, Pointwise(Pick(random, 192, 256, 288))).Named($"from{layers}");
            if (random.Next(2) == 0)
            {
                int channels = network.Shape.Channels;
                network = MaybeActivation(random, Pointwise(Pick(random, 192, 256, 320)));
                network = MaybeActivation(random, Pointwise(channels).AddLayers($"from{layers}"));
            }
        }

        return random.Next(2) == 0 ? Pointwise(Pick(random, 250, 312)) : network;

        NetworkCase Pointwise(int channels)
        {
            network = network.Conv(channels, new ReferenceWindow(1, 1), 1, random.Next(2) == 0);
            return random.Next(3) == 0 ? network.Elementwise("BatchNorm2d") : network;
        }
    }

    /// <summary>Windows and strides for which there are Winograd algorithms, over blocks of channels; now and then a pool that they take in.</summary>
    private static NetworkCase Winograd(Random random, NetworkCase network)
    {
        network = network.Conv(random.Next(16, 50), new ReferenceWindow(1, 1));
        int kernel = Pick(random, 3, 3, 5), padding = random.Next((kernel / 2) + 1);
        var window = new ReferenceWindow(kernel, kernel) { PadTop = padding, PadBottom = padding, PadLeft = padding, PadRight = padding };
        network = MaybeActivation(random, network.Conv(random.Next(16, 50), window, 1, random.Next(4) > 0));
        return network.Shape.Height > 1 && network.Shape.Width > 1 && random.Next(2) == 0
            ? network.Add("MaxPool2d(2)", new(network.Shape.Channels, network.Shape.Height / 2, network.Shape.Width / 2))
            : network;
    }

    /// <summary>Residual connections, branches and dense connections, one behind the other, and at last perhaps two heads.</summary>
    private static NetworkCase Graph(Random random, NetworkCase network)
    {
        string x = "input";
        if (random.Next(4) > 0)
        {
            network = MaybeActivation(random, SameConvolution(random, network, random.Next(1, 40))).Named(x = "x");
        }
        else
        {
            network.NameInput();
        }

        for (int join = random.Next(1, 3); join > 0; join--)
        {
            network = random.Next(4) switch
            {
                0 => MaybeActivation(random, SameConvolution(random, MaybeActivation(random, network), network.Shape.Channels).AddLayers(x)),
                1 => Branches(random, network, x, $"{join}"),
                2 => MaybeActivation(random, SameConvolution(random, network, random.Next(1, 40))).Concat(x),
                _ => Activation(random, Activation(random, network).Named($"s{join}").From(x)).AddLayers($"s{join}", x),
            };
            network = network.Named(x = $"join{join}");
        }

        if (random.Next(2) == 0)
        {
            return MaybeActivation(random, network);
        }

        int features = random.Next(2, 40);
        network = Linears(random, network).Named("left").From(x).Linear(features);
        return random.Next(2) == 0 ? network.Concat("left") : MaybeActivation(random, network.Linear(5).Named("right").From("left").Linear(5).AddLayers("right"));
    }

    /// <summary>Outputs of maps and vectors along the way and at the ends of branches, and perhaps one of them twice.</summary>
    private static NetworkCase Outputs(Random random, NetworkCase network)
    {
        network = MaybeActivation(random, SameConvolution(random, network, random.Next(1, 40))).Named("x").Output("x");
        bool isVector = false;
        for (int output = random.Next(1, 4); output > 0; output--)
        {
            network = isVector || random.Next(2) == 0 ? network.From("x") : network;
            isVector = random.Next(3) == 0;
            network = isVector ? Linears(random, network)
                : random.Next(3) == 0 ? Activation(random, network)
                : MaybeActivation(random, SameConvolution(random, network, random.Next(1, 40)));
            network = network.Output($"y{output}");
        }

        return random.Next(2) == 0 ? network.Output("again", from: "x") : network;
    }

    private static NetworkCase Branches(Random random, NetworkCase network, string x, string suffix)
    {
        string[] names = [.. new[] { "a", "b", "c" }.Take(random.Next(2, 4)).Select(name => name + suffix)];
        foreach (string name in names)
        {
            network = random.Next(4) switch
            {
                0 => network.From(x).Elementwise("MaxPool2d(3, Stride = 1, Padding = 1)"),
                1 => Activation(random, network.From(x)),
                _ => MaybeActivation(random, SameConvolution(random, network.From(x), Pick(random, random.Next(1, 40), 16, 32))),
            };
            network = network.Named(name);
        }

        return network.Concat([.. names.OrderBy(_ => random.Next())]);
    }

    private static NetworkCase SameConvolution(Random random, NetworkCase network, int outChannels) =>
        network.Conv(outChannels, new ReferenceWindow(Pick(random, 1, 3), Pick(random, 1, 3)), 1, random.Next(4) > 0, same: true);

    private static NetworkCase Chain(Random random, NetworkCase network)
    {
        network = Convolution(random, network, random.Next(1, 24));
        network = Convolution(random, network, random.Next(1, 24));
        return Linears(random, random.Next(2) == 0 ? network.Flatten() : network);
    }

    private static NetworkCase Pool(Random random, NetworkCase network)
    {
        TensorShape shape = network.Shape;
        int kernel = random.Next(1, Math.Min(3, Math.Min(shape.Height, shape.Width)) + 1);
        int stride = random.Next(1, 4), padding = random.Next((kernel / 2) + 1);
        bool ceil = random.Next(2) == 0;
        string attribute = Pick(random, "MaxPool2d", "AvgPool2d");
        return network.Add(
            $"{attribute}({kernel}, Stride = {stride}, Padding = {padding}, CeilMode = {(ceil ? "true" : "false")})",
            new PoolWindows(shape, kernel, kernel, stride, stride, padding, padding, ceil).Output);
    }

    private static NetworkCase Linears(Random random, NetworkCase network)
    {
        // One feature is for the last layer: a sum that happens to be near zero would be the only value for errors to be relative to.
        for (int layers = random.Next(3); layers > 0; layers--)
        {
            network = MaybeActivation(random, network.Linear(Pick(random, random.Next(2, 17), 16, random.Next(17, 150)), random.Next(4) > 0));
        }

        return MaybeActivation(random, network.Linear(Pick(random, 1, random.Next(2, 17), 16, random.Next(17, 150)), random.Next(4) > 0));
    }

    private static NetworkCase MaybeActivation(Random random, NetworkCase network) => random.Next(2) == 0 ? Activation(random, network) : network;

    /// <summary>An activation behind what it can be fused into, which makes larger values, and now and then another or a pool behind it.</summary>
    private static NetworkCase Activated(Random random, NetworkCase network)
    {
        network = network.Shape.IsVector
            ? network.Linear(random.Next(2, 40))
            : network.Conv(random.Next(1, 40), new ReferenceWindow(Math.Min(2, network.Shape.Height), Math.Min(3, network.Shape.Width)));
        network = Activation(random, network);
        return random.Next(3) switch
        {
            0 => Activation(random, network),
            1 when !network.Shape.IsVector => Pool(random, network),
            _ => network,
        };
    }

    private static NetworkCase Activation(Random random, NetworkCase network) => network.Elementwise(random.Next(14) switch
    {
        0 => "ReLU",
        1 => $"LeakyReLU({random.Next(4)} / 8.0)",
        2 => "Sigmoid",
        3 => "Tanh",
        4 => "ReLU6",
        5 => $"ELU({random.Next(1, 8)} / 4.0)",
        6 => "SELU",
        7 => "GELU",
        8 => "GELU(Approximation = GeluApproximation.Tanh)",
        9 => "SiLU",
        10 => "Mish",
        11 => "HardSigmoid",
        12 => "HardSwish",
        _ => $"Softplus({random.Next(1, 12)} / 4.0, {Pick(random, 1, 20, 20, 30)})",
    });

    /// <summary>One pixel, a prime, or anything up to a bound.</summary>
    private static int Size(Random random, int most) => random.Next(4) switch
    {
        0 => random.Next(1, 4),
        1 => Pick(random, [.. s_primes.Where(prime => prime <= most)]),
        _ => random.Next(1, most + 1),
    };

    private static int CommonDivisor(Random random, int channels) =>
        Pick(random, [.. Enumerable.Range(2, channels - 1).Where(divisor => channels % divisor == 0)]);

    private static T Pick<T>(Random random, params T[] values) => values[random.Next(values.Length)];

    /// <summary>How many networks, and what layers one has.</summary>
    /// <param name="Input">Draws the input, for families that have inputs of their own, and whether it is a vector.</param>
    private sealed record Family(
        int Count, Func<Random, NetworkCase, NetworkCase> Declare, Func<Random, (bool IsVector, TensorShape Shape)>? Input = null);
}
