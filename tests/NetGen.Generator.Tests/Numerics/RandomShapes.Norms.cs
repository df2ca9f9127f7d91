using NetGen.Tests.Reference;

namespace NetGen.Generator.Tests.Numerics;

/// <content>Gates, adaptive pools and norms.</content>
internal static partial class RandomShapes
{
    /// <summary>A vector, or a map of few channels or of many.</summary>
    private static (bool IsVector, TensorShape Shape) AnyInput(Random random) => random.Next(4) == 0
        ? (true, new(random.Next(1, 100)))
        : (false, new(Pick(random, random.Next(1, 16), random.Next(16, 50)), Size(random, 9), Size(random, 20)));

    private static (bool IsVector, TensorShape Shape) AnyMap(Random random) =>
        (false, new(Pick(random, random.Next(1, 16), random.Next(16, 50)), Size(random, 14), Size(random, 40)));

    /// <summary>Pools to any size: regular ones, others, and to more than there is.</summary>
    private static NetworkCase Adaptive(Random random, NetworkCase network)
    {
        if (random.Next(2) == 0)
        {
            network = Activation(random, network);
        }

        int channels = network.Shape.Channels;
        return random.Next(5) switch
        {
            0 => network.Add("GlobalMaxPool2d", new(channels, 1, 1)),
            1 => To(random.Next(1, 4)),
            _ => To(Size(random, 9), Size(random, 20)),
        };

        NetworkCase To(params int[] sizes) => network.Add(
            $"{Pick(random, "AdaptiveAvgPool2d", "AdaptiveMaxPool2d")}({string.Join(", ", sizes)})", new(channels, sizes[0], sizes[^1]));
    }

    private static NetworkCase PReLU(Random random, NetworkCase network) => ChannelWeights("PReLU", random, network);

    private static NetworkCase Scale(Random random, NetworkCase network) => ChannelWeights("Scale", random, network);

    /// <summary>Weights of channels, one or many, at the start, behind a layer, or over a flattened map.</summary>
    private static NetworkCase ChannelWeights(string layer, Random random, NetworkCase network)
    {
        network = random.Next(4) switch
        {
            0 => network,
            1 => network.Elementwise("Tanh"),
            2 when !network.Shape.IsVector => network.Conv(random.Next(1, 40), new ReferenceWindow(1, 1)).Flatten(),
            _ when network.Shape.IsVector => network.Linear(random.Next(2, 100)),
            _ => SameConvolution(random, network, random.Next(1, 40)),
        };
        layer = Pick(random, layer, layer, $"{layer}(Shared = true)");
        return random.Next(3) == 0 ? Activation(random, network.Elementwise(layer)) : network.Elementwise(layer);
    }

    /// <summary>At least five channels: of two elements a norm leaves nothing but a sign, and gradients that are what rounding left.</summary>
    private static (bool IsVector, TensorShape Shape) NormInput(Random random) => random.Next(3) == 0
        ? (true, new(Pick(random, 1, random.Next(5, 17), random.Next(17, 150))))
        : (false, new(Pick(random, random.Next(5, 16), 16, 32, random.Next(17, 50)), Size(random, 9), Size(random, 20)));

    /// <summary>Norms over all elements or over channels, behind the input, an activation or a flattened map.</summary>
    private static NetworkCase LayerNorm(Random random, NetworkCase network)
    {
        network = random.Next(4) switch
        {
            0 when !network.Shape.IsVector => network.Conv(random.Next(5, 40), new ReferenceWindow(1, 1)).Flatten(),
            1 when !network.Shape.IsVector => SameConvolution(random, network, random.Next(5, 40)),
            2 when network.Shape.IsVector => network.Linear(random.Next(5, 100)),
            _ => network,
        };
        string[] arguments =
        [
            .. new[] { "Over = LayerNormAxes.Channels", "Epsilon = 0.01", "Affine = false" }.Where((_, i) => random.Next(i + 2) == 0),
        ];
        network = network.Elementwise(arguments.Length == 0 ? "LayerNorm" : $"LayerNorm({string.Join(", ", arguments)})");
        return random.Next(3) == 0 ? Activation(random, network) : network;
    }

    /// <summary>Norms over windows of channels, small and larger than there are channels, with every exponent that has a formula of its own.</summary>
    private static NetworkCase LocalResponseNorm(Random random, NetworkCase network)
    {
        if (random.Next(3) == 0)
        {
            network = SameConvolution(random, network, random.Next(1, 40));
        }

        string constants = random.Next(4) == 0 ? "" : $", Alpha = {random.Next(9)} / 2.0, Beta = {Pick(random, "0", "0.5", "0.75", "1", "0.6", "2.5")}, K = {random.Next(1, 9)} / 4.0";
        network = network.Elementwise($"LocalResponseNorm({Pick(random, 1, 2, 3, 5, 8, 17, 100)}{constants})");
        return random.Next(3) == 0 ? Activation(random, network) : network;
    }

    /// <summary>Products of equal shapes, and of maps and numbers for their channels: a map of one position, or a vector.</summary>
    private static NetworkCase Multiply(Random random, NetworkCase network)
    {
        string x = "input";
        network.NameInput();
        if (network.Shape.IsVector)
        {
            network = Activation(random, network.Linear(network.Shape.Length).Named(x = "x"));
            return MaybeActivation(random, random.Next(2) == 0 ? network.Multiply(x) : network.Multiply("input", x));
        }

        if (random.Next(3) > 0)
        {
            network = MaybeActivation(random, SameConvolution(random, network, random.Next(1, 40))).Named(x = "x");
        }

        int channels = network.Shape.Channels;
        if (random.Next(4) == 0)
        {
            return MaybeActivation(random, network.Elementwise("Sigmoid").Multiply(x));
        }

        // A gate out of what the map has in its channels, by convolutions of one position or by matrix products.
        network = network.Add("GlobalAvgPool2d", new(channels, 1, 1));
        network = random.Next(3) switch
        {
            0 => network,
            1 => network.Conv(channels, new ReferenceWindow(1, 1)).Elementwise("Sigmoid"),
            _ => network.Linear(channels).Elementwise("Sigmoid"),
        };
        return random.Next(4) switch
        {
            0 => MaybeActivation(random, network.Named("gate").From(x).Elementwise("Tanh").Multiply("gate", x)),
            1 => network.Named("gate").From(x).Multiply("gate"),
            _ => MaybeActivation(random, network.Multiply(x)),
        };
    }
}
