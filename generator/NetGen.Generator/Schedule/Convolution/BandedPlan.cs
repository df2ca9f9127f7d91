namespace NetGen.Generator.Schedule.Convolution;

/// <summary>A convolution computed band after band of its map, each of which reads all of the packed weights.</summary>
/// <param name="WeightSource">Where the network's weights come from, since all of them are read in turn.</param>
internal abstract record BandedPlan(ConvolutionGeometry Geometry, MemoryLevel WeightSource)
{
    private const int FewestBands = 8;

    public abstract int Bands { get; }

    /// <summary>Floats of the packed weights.</summary>
    public abstract int PackedFloats { get; }

    /// <summary>
    /// Whether threads take bands each for itself: not where two would be unequally busy, or each would read many weights for few bands. That a
    /// third and fourth thread have no band costs a small layer less than meeting in each.
    /// </summary>
    public bool SharesOutBands => Bands >= FewestBands || (Bands % 2 == 0 && PackedFloats <= MemoryLevels.L2Floats);

    /// <summary>Where the first band's products find the weights.</summary>
    public MemoryLevel FirstWeightSource => MemoryLevels.Farther(WeightSource, NextWeightSource);

    /// <summary>Where the other bands' products find the weights, which the first has read.</summary>
    public MemoryLevel NextWeightSource => MemoryLevels.Of(PackedFloats);

    /// <summary>Where most bands' products find them.</summary>
    protected MemoryLevel UsualWeightSource => Bands == 1 ? FirstWeightSource : NextWeightSource;
}
