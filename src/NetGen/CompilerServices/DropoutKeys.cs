using System.ComponentModel;

namespace NetGen.CompilerServices;

/// <summary>Keys of dropout masks, for emitted code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class DropoutKeys
{
    /// <summary>The key of one image's mask in one layer: the same whichever micro-batch the image is in, forward and backward.</summary>
    /// <param name="frame">The micro-batch.</param>
    /// <param name="layer">A number that tells the layer from the network's others.</param>
    /// <param name="image">The image's index in the micro-batch.</param>
    public static ulong OfImage(in TrainingFrame frame, int layer, int image) =>
        CounterRandom.Bits(CounterRandom.Bits(frame.DropoutKey, (ulong)layer), (ulong)(frame.FirstImage + image));
}
