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

    /// <summary>Nothing, or what reads the map to the ends of its vectors.</summary>
    private static NetworkCase After(Random random, NetworkCase network) => random.Next(4) switch
    {
        0 => MaybeActivation(random, SameConvolution(random, network, Pick(random, 3, 17))),
        1 => network.Linear(3),
        2 => Activation(random, network),
        _ => network,
    };
}
