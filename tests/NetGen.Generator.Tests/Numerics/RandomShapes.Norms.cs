using NetGen.Tests.Reference;

namespace NetGen.Generator.Tests.Numerics;

/// <content>Gates, adaptive pools and norms.</content>
internal static partial class RandomShapes
{
    /// <summary>A vector, or a map of few channels or of many.</summary>
    private static (bool IsVector, TensorShape Shape) AnyInput(Random random) => random.Next(4) == 0
        ? (true, new(random.Next(1, 100)))
        : (false, new(Pick(random, random.Next(1, 16), random.Next(16, 50)), Size(random, 9), Size(random, 20)));

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
