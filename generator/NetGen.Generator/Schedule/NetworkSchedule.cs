using NetGen.Generator.Collections;
using NetGen.Generator.Declaration;
using NetGen.Generator.Graph;

namespace NetGen.Generator.Schedule;

/// <summary>Everything that emission writes down: where parameters and values lie, and the steps in their order.</summary>
/// <param name="ParameterFloats">Floats of the parameter block.</param>
/// <param name="TrainedFloats">Floats at its start that the optimizer changes; statistics lie behind them.</param>
internal sealed record NetworkSchedule(
    UnrollMode Unroll,
    int InputLength,
    EquatableArray<PlacedParameter> Parameters,
    int ParameterFloats,
    int TrainedFloats,
    StepProgram Inference,
    InspectionPlan Inspection,
    GroupProgram? Group,
    TrainingProgram? Training);

/// <summary>One named tensor in the flat parameter block.</summary>
internal sealed record PlacedParameter(string Layer, ParameterSpec Spec, ParameterStorage Storage, int Offset, double InitialBound)
{
    public string Name => Spec.NameIn(Layer);
}

/// <summary>The steps of one image's prediction.</summary>
/// <param name="PackedFloats">Floats of weights packed for them.</param>
/// <param name="PartFloats">Floats of memory of its own that each thread needs, where threads share the work.</param>
/// <param name="IsShared">Whether several threads can share the work.</param>
/// <param name="PixelsOffset">Where in the arena the input lies that an image of bytes becomes.</param>
internal sealed record StepProgram(
    EquatableArray<Step> Steps, int ArenaFloats, int PackedFloats, int PartFloats, bool IsShared, int PixelsOffset = 0)
{
    /// <summary>The program with room behind its arena for the input that an image of bytes becomes.</summary>
    /// <exception cref="OverflowException">No buffer has so many floats.</exception>
    public StepProgram WithPixels(TensorShape input, TensorShape output)
    {
        int floats = checked(ArenaFloats + TensorView.RoundUp((int)input.Length));
        return floats + (long)PartFloats + TensorView.RoundUp((int)output.Length) <= GraphLimits.BufferFloats
            ? this with { PixelsOffset = ArenaFloats, ArenaFloats = floats }
            : throw new OverflowException("The input of bytes does not fit into the arena.");
    }
}

/// <summary>
/// The prediction of several images: the steps before the first matrix product one image after the other, those from it on for all at
/// once, so that they read their weights once.
/// </summary>
/// <param name="Body">The steps of one image; what the head reads they write to its <see cref="Memory.Features"/>.</param>
/// <param name="Head">The steps of all images.</param>
/// <param name="Features">Where the first image's features lie.</param>
/// <param name="Images">Images that the head takes at most.</param>
/// <param name="FewestImages">Images from which the head is faster than one image at a time.</param>
internal sealed record GroupProgram(
    EquatableArray<Step> Body, EquatableArray<Step> Head, Place Features, int ArenaFloats, int Images, int FewestImages);

/// <summary>A training step: forward, then from the gradient of the output back.</summary>
/// <param name="MicroBatch">Images that the arena has room for.</param>
/// <param name="GradientShards">Gradient buffers at most that micro-batches add into.</param>
/// <param name="Output">Where the loss reads.</param>
/// <param name="OutputGradient">Where the loss writes.</param>
internal sealed record TrainingProgram(
    EquatableArray<Step> Forward,
    EquatableArray<Step> Backward,
    int ArenaFloats,
    int PackedFloats,
    int MicroBatch,
    int GradientShards,
    Place Output,
    Place OutputGradient);

/// <summary>An operator at work on memory.</summary>
/// <param name="Scratch">Place of its scratch memory in the arena.</param>
/// <param name="PartScratch">Place of the scratch memory of each thread's own in the arena; null where threads bring theirs.</param>
internal sealed record Step(
    NodePlan Plan,
    Place Input,
    Place Output,
    Place? InputGradient,
    Place? OutputGradient,
    int Scratch,
    int? PartScratch,
    int Packed,
    EquatableArray<PlacedParameter> Parameters)
{
    /// <summary>The places of a join's other inputs, and of their gradients in backward; null for one that none is wanted of.</summary>
    public EquatableArray<JoinedPlace> Others { get; init; } = EquatableArray<JoinedPlace>.Empty;

    /// <summary>Where its trained parameters begin.</summary>
    public int FirstParameter => FirstOf(isTrained: true);

    /// <summary>Where its statistics begin.</summary>
    public int FirstStatistic => FirstOf(isTrained: false);

    /// <summary>
    /// The step as its method sees it, whose blocks of parameters, statistics and packed weights begin where the step's own do: layers of
    /// equal shape are then equal steps.
    /// </summary>
    public Step Relative => this with
    {
        Packed = 0,
        Parameters = Parameters.Select(parameter => parameter with { Offset = parameter.Offset - FirstOf(parameter.Spec.IsTrained) }).ToEquatableArray(),
    };

    public int ParameterOffset(string name) => OffsetOf(Plan.Node.Name, name);

    /// <summary>The place of a parameter of the normalisation folded into the operator's.</summary>
    public int FoldedOffset(string name) => OffsetOf(Plan.Node.Normalization!.Name, name);

    private int FirstOf(bool isTrained) =>
        Parameters.Where(parameter => parameter.Spec.IsTrained == isTrained).Select(parameter => parameter.Offset).DefaultIfEmpty().Min();

    private int OffsetOf(string layer, string name) => Parameters.Single(parameter => parameter.Layer == layer && parameter.Spec.Name == name).Offset;
}

/// <summary>Where one of a join's other inputs lies.</summary>
internal sealed record JoinedPlace(Place Input, Place? Gradient);

/// <summary>The memory that a place is in.</summary>
internal enum Memory
{
    Arena,
    CallersInput,
    CallersOutput,
    CallersInputGradients,

    /// <summary>What a group's body leaves of the image at hand for the head.</summary>
    Features,
}

/// <summary>Where a value of all the images begins, and the floats from one image to the next.</summary>
internal sealed record Place(Memory Memory, int Offset, int ImageStride);
