using NetGen.Generator.Collections;
using NetGen.Generator.Declaration;
using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Ops;

namespace NetGen.Generator.Schedule;

/// <summary>
/// What the schedule asks of an operator: where its result lies, how its parameters are stored, what scratch memory it takes.
/// Its emitter answers, since only that knows how its kernels read and write.
/// </summary>
internal abstract class OperatorLowering
{
    /// <summary>The operator that this one lowers.</summary>
    public abstract Type OperatorType { get; }

    /// <summary>
    /// Whether it reads a caller's memory with exactly the elements there: no vector reaches beyond the last. Others get a copy.
    /// </summary>
    /// <param name="training">Whether a step gets a batch, of which there may be fewer images than it has room for.</param>
    public virtual bool ReadsCallersMemory(bool training) => false;

    /// <summary>How one of several inputs has to lie; where it lies otherwise it is copied before. By default as it does.</summary>
    public virtual TensorView ChooseInputView(IReadOnlyList<JoinedInput> inputs, int input) => inputs[input].View;

    /// <summary>Where the result lies. By default as the first input does.</summary>
    public virtual TensorView ChooseView(Node node, TensorView input, TensorShape output) => input;

    /// <summary>
    /// What is decided about a node before anything else is asked: where a choice takes a search, it is made here, and the other members
    /// read it in the plan. Null where there is nothing to choose.
    /// </summary>
    public virtual LoweringChoice? Choose(NodePlan plan) => null;

    /// <summary>The plan of a step that also does what the only reader of its result does; null where it cannot.</summary>
    public virtual NodePlan? Fuse(NodePlan plan, Node reader) => null;

    /// <summary>
    /// The plan of a step that adds its result to a value in that value's memory, which has the same view and nobody reads any more; null
    /// where it cannot.
    /// </summary>
    /// <param name="sum">The sum of both, with the activation that follows.</param>
    /// <param name="addend">The other value.</param>
    public virtual NodePlan? FuseSum(NodePlan plan, Node sum, int addend) => null;

    /// <summary>
    /// For each input the floats from the result's start to its part there, where that lies as the input does by itself; null for one that has to
    /// be copied. Empty for an operator that does more than copy.
    /// </summary>
    public virtual IReadOnlyList<int?> PlacesInResult(NodePlan plan) => [];

    /// <summary>Whether the result is its inputs' memory, or they are parts of its memory, so that nothing has to be done.</summary>
    public virtual bool IsView(NodePlan plan) => false;

    /// <summary>Whether also the gradient of such a result is that of the input, so that backward has nothing to do either.</summary>
    public virtual bool IsGradientView(NodePlan plan) => IsView(plan);

    /// <summary>How each of <see cref="Operator.Parameters"/> is stored.</summary>
    public virtual IReadOnlyList<ParameterStorage> StoreParameters(NodePlan plan) => [];

    /// <summary>Floats of scratch memory that the forward step takes, for any number of images.</summary>
    public virtual int ForwardScratch(NodePlan plan) => 0;

    /// <summary>Floats of scratch memory that each thread takes for itself in the forward step.</summary>
    public virtual int PartScratch(NodePlan plan) => 0;

    /// <summary>Whether threads can share the forward step at inference; else the caller's thread takes it alone.</summary>
    public virtual bool CanShare(NodePlan plan) => false;

    /// <summary>Floats of scratch memory that the backward step takes, for any number of images.</summary>
    public virtual int BackwardScratch(NodePlan plan) => 0;

    /// <summary>
    /// Floats derived for a step from what all images share: of weights, once after the parameters changed at inference, once a step for
    /// backward; of a batch's statistics, while training.
    /// </summary>
    public virtual int PackedFloats(NodePlan plan) => 0;
}

/// <summary>What a lowering has decided about one node; compared by value, like everything in a schedule.</summary>
internal abstract record LoweringChoice;

/// <summary>One operator with the views of its values. Shape, view and gradient of the first input stand for themselves.</summary>
/// <param name="Images">Images that a step may be called with at most: 1 or a group's at inference, a micro-batch in training.</param>
/// <param name="Options">What the user chose for the whole network.</param>
/// <param name="IsTraining">Whether it is part of a training step, where weights change from call to call.</param>
/// <param name="NeedsInputGradient">Whether backward passes a gradient on to the input.</param>
internal sealed record NodePlan(Node Node, TensorShape InputShape, TensorView Input, TensorView Output, NetworkOptions Options, int Images, bool IsTraining, bool NeedsInputGradient)
{
    /// <summary>Stands in <see cref="InPlace"/> for an input that is not computed in the result's memory.</summary>
    public const int Elsewhere = -1;

    /// <summary>The other inputs of a join.</summary>
    public EquatableArray<JoinedInput> Others { get; init; } = EquatableArray<JoinedInput>.Empty;

    public EquatableArray<TensorShape> InputShapes => Others.Select(other => other.Shape).Prepend(InputShape).ToEquatableArray();

    public EquatableArray<ParameterSpec> Parameters => Node.Operator.Parameters(InputShapes);

    /// <summary>The parameters of the normalisation that is folded into the operator's.</summary>
    public EquatableArray<ParameterSpec> FoldedParameters => Node.Normalization is { } normalization
        ? normalization.Operator.Parameters(EquatableArray.Of(Node.Operator.InferShape(InputShapes)))
        : EquatableArray<ParameterSpec>.Empty;

    /// <summary>Whether there is anything to do for it in backward.</summary>
    public bool HasBackward => NeedsInputGradient || Others.Any(other => other.NeedsGradient) || Parameters.Count > 0;

    /// <summary>Where the network's weights come from, since all of them are read in turn; what a convolution's algorithm is chosen by.</summary>
    public MemoryLevel WeightSource { get; init; }

    /// <summary>What the operator's lowering has chosen for this node.</summary>
    public LoweringChoice? Choice { get; init; }

    /// <summary>The value that the result is added to, in its memory, before the activation.</summary>
    public int? Addend { get; init; }

    /// <summary>
    /// For each input of a join the floats from the result's start to where it is computed, or <see cref="Elsewhere"/>; empty where all are
    /// elsewhere.
    /// </summary>
    public EquatableArray<int> InPlace { get; init; } = EquatableArray<int>.Empty;

    /// <summary>Whether every input of a join is computed in its place, so that nothing is left to do.</summary>
    public bool IsAllInPlace => InPlace.Count > 0 && !InPlace.Contains(Elsewhere);

    /// <summary>The pool that the step ends with, behind its activation.</summary>
    public MaxPool2dOp? Pool { get; init; }

    public TensorShape OutputShape
    {
        get
        {
            TensorShape shape = Node.Operator.InferShape(InputShapes);
            return Pool?.InferShape(EquatableArray.Of(shape)) ?? shape;
        }
    }

    public T OperatorAs<T>()
        where T : Operator => (T)Node.Operator;
}

/// <summary>One of a join's inputs.</summary>
internal sealed record JoinedInput(TensorShape Shape, TensorView View, bool NeedsGradient);

/// <summary>
/// How one parameter tensor lies in the flat parameter block: the place of element (i₀, i₁, …) is Σ of one term an axis, and an
/// axis' term is a mixed-radix number: (extent, stride) digits, least significant first, the last one taking what is left.
/// </summary>
internal sealed record ParameterStorage(int Floats, EquatableArray<EquatableArray<int>> Axes)
{
    /// <summary>A plain axis of one stride.</summary>
    public static EquatableArray<int> Axis(int stride) => EquatableArray.Of(int.MaxValue, stride);

    /// <summary>An axis of blocks: <paramref name="extent"/> elements <paramref name="stride"/> apart, then the next block.</summary>
    public static EquatableArray<int> BlockedAxis(int extent, int stride, int blockStride) =>
        EquatableArray.Of(extent, stride, int.MaxValue, blockStride);

    /// <summary>A vector of floats, padded with zeros to whole blocks.</summary>
    public static ParameterStorage Vector(int length) => new(TensorView.RoundUp(length), EquatableArray.Of(Axis(1)));

    /// <summary>A float for each element of a vector, in its place; the vector may be a flattened map.</summary>
    public static ParameterStorage Flattened(TensorView view) => new(view.Floats, EquatableArray.Of(FlattenedAxis(view, 1)));

    /// <summary>A float for each element of a map without a border, in its place.</summary>
    public static ParameterStorage Elements(TensorView view) => new(
        view.Floats,
        EquatableArray.Of(
            view.Layout == TensorLayout.Blocked ? BlockedAxis(TensorView.Block, 1, view.BlockStride) : Axis(view.BlockStride),
            Axis(view.RowStride),
            Axis(view.PixelStride)));

    /// <summary>An axis in PyTorch's order, channel-major, over the elements of a gapless view, each <paramref name="stride"/> floats wide.</summary>
    public static EquatableArray<int> FlattenedAxis(TensorView view, int stride)
    {
        if (view.IsInPyTorchOrder)
        {
            return Axis(stride);
        }

        TensorShape map = view.Shape;
        int pixel = TensorView.Block * stride;
        return EquatableArray.Of(
            map.Width, pixel,
            map.Height, map.Width * pixel,
            TensorView.Block, stride,
            int.MaxValue, map.Height * map.Width * pixel);
    }
}
