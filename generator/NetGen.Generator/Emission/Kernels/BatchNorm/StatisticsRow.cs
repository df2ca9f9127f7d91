namespace NetGen.Generator.Emission.Kernels.BatchNorm;

/// <summary>The rows of a batch's statistics, one value a channel, in the order in which the runtime writes them.</summary>
internal enum StatisticsRow
{
    Scale,
    Shift,
    Mean,
    InverseDeviation,
    GradientFactor,
    GradientShift,
}
