namespace NetGen;

/// <summary>How convolutions are computed when a network predicts.</summary>
public enum ConvolutionAlgorithm
{
    /// <summary>
    /// Each layer as its shape suits best: 3×3 layers of stride 1 by Winograd's minimal filtering where that is faster, within about 1e-5 of
    /// the largest output.
    /// </summary>
    Automatic = 0,

    /// <summary>Every layer as the sum that defines it: the last bits as exact as float32 sums are, more time.</summary>
    Direct = 1,
}
