using System.ComponentModel;
using NetGen.CompilerServices;

namespace NetGen;

/// <summary>
/// A network with backward code, which <see cref="Trainer{TNetwork}"/> can train: every class with <c>[Network]</c> unless it says
/// <c>Training = false</c>. The members are for the trainer; the generator implements them.
/// </summary>
/// <typeparam name="TSelf">The network class.</typeparam>
public interface ITrainableNetwork<TSelf> : INetwork<TSelf>
    where TSelf : class, ITrainableNetwork<TSelf>
{
    /// <summary>Sizes and offsets of the training code's memory, and the loss.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    static abstract TrainingPlan TrainingPlan { get; }

    /// <summary>Derives what the training kernels read besides the parameters. Called once a step, before the micro-batches.</summary>
    /// <remarks>
    /// The trainer's memory is zero when it is allocated and never touched between the calls: lanes that no weight fills stay as they are.
    /// Implementations that read such lanes fill them here, every time: other callers may pass memory that was used before.
    /// </remarks>
    /// <param name="parameters">The parameter block.</param>
    /// <param name="packed">Memory of <see cref="TrainingPlan.PackedFloats"/>.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    static abstract void PackForTraining(ref float parameters, ref float packed);

    /// <summary>Runs the micro-batch forward, or the frame's phase of it, and leaves activations and logits in the frame's arena.</summary>
    /// <param name="frame">The micro-batch and its memory.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    static abstract void ForwardForTraining(in TrainingFrame frame);

    /// <summary>Runs the micro-batch, or the frame's phase of it, backward from the output gradients in the arena and adds to the frame's gradients.</summary>
    /// <param name="frame">The frame that the forward pass had, as it left it.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    static abstract void BackwardForTraining(in TrainingFrame frame);

    /// <summary>The network's parameters and workspaces.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    NetworkState State { get; }
}
