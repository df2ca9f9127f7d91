using System.ComponentModel;

namespace NetGen.CompilerServices;

/// <summary>What the trainer needs to know of a network class's training code. All of it depends on the network's shape alone.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class TrainingPlan
{
    /// <summary>Images that a frame holds at most.</summary>
    public required int MicroBatch { get; init; }

    /// <summary>Floats of memory for one frame.</summary>
    public required int ArenaFloats { get; init; }

    /// <summary>Floats of what <see cref="ITrainableNetwork{TSelf}.PackForTraining"/> writes; 0 when there is nothing to pack.</summary>
    public required int PackedFloats { get; init; }

    /// <summary>Gradient buffers that a batch is spread over at most.</summary>
    public required int GradientShards { get; init; }

    /// <summary>Values of one image's output.</summary>
    public required int OutputLength { get; init; }

    /// <summary>Place of the first image's logits in the arena, in floats.</summary>
    public required int OutputOffset { get; init; }

    /// <summary>Floats from one image's logits to the next's, and from one output gradient to the next.</summary>
    public required int OutputStride { get; init; }

    /// <summary>Place of the first image's output gradient in the arena, in floats.</summary>
    public required int OutputGradientOffset { get; init; }

    /// <summary>
    /// The batch normalisations in the order of the forward pass. Where there are any a pass has one phase more than there are of them, and
    /// all micro-batches are through one phase before any begins the next.
    /// </summary>
    public BatchNormalizationPlan[] Normalizations { get; init; } = [];

    /// <summary>The loss.</summary>
    public required Loss Loss { get; init; }

    /// <summary>Label smoothing of <see cref="Loss.CrossEntropy"/>, from 0 to 1.</summary>
    public double LabelSmoothing { get; init; }

    /// <summary>Whether the backward code computes the gradient of the input.</summary>
    public bool HasInputGradients { get; init; }

    /// <summary>
    /// Whether a prediction ends in the softmax (of <see cref="Loss.CrossEntropy"/>) or sigmoid (of <see cref="Loss.BinaryCrossEntropy"/>)
    /// that training leaves to the loss. False where the loss is computed on what the network predicts, which cross entropy can be on
    /// logarithms of probabilities as well; other losses ignore it.
    /// </summary>
    public bool PredictsProbabilities { get; init; } = true;
}
