using System.ComponentModel;

namespace NetGen.CompilerServices;

/// <summary>
/// What the trainer needs to know of one batch normalisation. Its training code comes in two halves: the first finds the statistics of each
/// image, the second applies those of the whole batch, which the trainer makes of them in between.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class BatchNormalizationPlan
{
    /// <summary>The layer's name, for messages.</summary>
    public required string Layer { get; init; }

    /// <summary>Number of channels. Vectors of one value a channel take the next multiple of 16.</summary>
    public required int Channels { get; init; }

    /// <summary>Values of a channel in one image.</summary>
    public required int Pixels { get; init; }

    /// <summary>What is added to the variance.</summary>
    public required double Epsilon { get; init; }

    /// <summary>Share of a batch in the running averages.</summary>
    public required double Momentum { get; init; }

    /// <summary>Place in the arena where the forward pass leaves, for each image, the means and the sums of squared deviations.</summary>
    public required int ForwardPartials { get; init; }

    /// <summary>Place in the arena where the backward pass leaves, for each image, the sums of dy and of dy times the normalised value.</summary>
    public required int BackwardPartials { get; init; }

    /// <summary>Place of the batch's statistics in what <see cref="TrainingFrame.Packed"/> refers to.</summary>
    public required int Statistics { get; init; }

    /// <summary>Place of the weight in the parameter block; <see cref="NormalizationFolding.None"/> for 1.</summary>
    public required int Weight { get; init; }

    /// <summary>Place of the bias in the parameter block; <see cref="NormalizationFolding.None"/> for 0.</summary>
    public required int Bias { get; init; }

    /// <summary>Place of the running mean in the parameter block.</summary>
    public required int RunningMean { get; init; }

    /// <summary>Place of the running variance in the parameter block.</summary>
    public required int RunningVariance { get; init; }
}
