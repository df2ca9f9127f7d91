using System.ComponentModel;

namespace NetGen.CompilerServices;

/// <summary>One micro-batch and its memory, as the training kernels see it.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly ref struct TrainingFrame
{
    private readonly ref float _images;
    private readonly ref float _parameters;
    private readonly ref float _packed;
    private readonly ref float _gradients;
    private readonly ref float _arena;
    private readonly ref float _inputGradients;

    /// <summary>Describes a micro-batch.</summary>
    /// <param name="images">The images, [count × InputLength].</param>
    /// <param name="parameters">The parameter block.</param>
    /// <param name="packed">What <see cref="ITrainableNetwork{TSelf}.PackForTraining"/> wrote.</param>
    /// <param name="gradients">The gradient block to add to, laid out as the parameter block.</param>
    /// <param name="arena">Memory of <see cref="TrainingPlan.ArenaFloats"/>.</param>
    /// <param name="inputGradients">Receives the gradient of the images, [count × InputLength]; a null reference where none is computed.</param>
    /// <param name="count">Number of images.</param>
    /// <param name="firstImage">Index of the first image in its batch.</param>
    /// <param name="dropoutKey">Key of this step's dropout masks.</param>
    /// <param name="phase">The part of the pass that is due, up to the statistics of the next batch normalisation.</param>
    public TrainingFrame(
        ref float images,
        ref float parameters,
        ref float packed,
        ref float gradients,
        ref float arena,
        ref float inputGradients,
        int count,
        int firstImage,
        ulong dropoutKey,
        int phase = 0)
    {
        _images = ref images;
        _parameters = ref parameters;
        _packed = ref packed;
        _gradients = ref gradients;
        _arena = ref arena;
        _inputGradients = ref inputGradients;
        Count = count;
        FirstImage = firstImage;
        DropoutKey = dropoutKey;
        Phase = phase;
    }

    /// <summary>The images, [<see cref="Count"/> × InputLength].</summary>
    public ref float Images => ref _images;

    /// <summary>The parameter block.</summary>
    public ref float Parameters => ref _parameters;

    /// <summary>
    /// Memory of <see cref="TrainingPlan.PackedFloats"/> as <see cref="ITrainableNetwork{TSelf}.PackForTraining"/> left it: what that did
    /// not write is what was there before, in a trainer zeros.
    /// </summary>
    public ref float Packed => ref _packed;

    /// <summary>The gradient block, to be added to.</summary>
    public ref float Gradients => ref _gradients;

    /// <summary>Memory of <see cref="TrainingPlan.ArenaFloats"/>; its contents are those that the forward pass of this frame left.</summary>
    public ref float Arena => ref _arena;

    /// <summary>Receives the gradient of the images; a null reference where none is computed.</summary>
    public ref float InputGradients => ref _inputGradients;

    /// <summary>Number of images.</summary>
    public int Count { get; }

    /// <summary>Index of the first image in its batch, so that dropout masks do not depend on the micro-batches.</summary>
    public int FirstImage { get; }

    /// <summary>Key of this step's dropout masks.</summary>
    public ulong DropoutKey { get; }

    /// <summary>The part of the pass that is due; 0 is all of it in networks without batch normalisation.</summary>
    public int Phase { get; }
}
