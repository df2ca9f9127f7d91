namespace NetGen;

/// <summary>How convolutions are computed when a network predicts.</summary>
public enum ConvolutionAlgorithm
{
    /// <summary>
    /// Each layer as its shape suits best, where that is faster: 3×3 and 5×5 layers of stride 1 by minimal filtering (Winograd; Lavin and Gray,
    /// 2016), 1×1 layers by a step of Strassen's matrix product (1969); both within 2e-5 of the layer's largest output. An infinity or NaN in the
    /// input then spreads over a tile of the output, or to another pixel in the same part of the map.
    /// </summary>
    Automatic = 0,

    /// <summary>Every layer as the sum that defines it: the last bits as exact as float32 sums are, more time.</summary>
    Direct = 1,
}
