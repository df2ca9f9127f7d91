namespace NetGen;

/// <summary>What training minimises: the mean over the batch. The definitions are PyTorch's.</summary>
public enum Loss
{
    /// <summary>
    /// Softmax and negative log likelihood of the labels' classes, on logits (CrossEntropyLoss, with label smoothing). What a network
    /// that ends in Softmax or LogSoftmax has by default. Targets are class probabilities.
    /// </summary>
    CrossEntropy,

    /// <summary>
    /// Sigmoid and binary cross entropy of each output, on logits (BCEWithLogitsLoss). What a network that ends in Sigmoid has by default.
    /// </summary>
    BinaryCrossEntropy,

    /// <summary>Mean of the squared differences (MSELoss). What other networks have by default.</summary>
    MeanSquaredError,

    /// <summary>Multi-class hinge, the loss of support vector machines, with margin 1 (MultiMarginLoss).</summary>
    MultiClassHinge,

    /// <summary>Squared differences below 1, absolute ones above (SmoothL1Loss with beta 1).</summary>
    Huber,

    /// <summary>Mean of the absolute differences (L1Loss).</summary>
    L1,
}
