using NetGen.Generator.Collections;
using NetGen.Generator.Graph;

namespace NetGen.Generator.Schedule.Products;

/// <summary>
/// The iteration space of a product over affine addresses:
///   destination[b, l, r] = activation(initial + Σ_k left[b, l, k] · right[b, r, k]).
/// Convolutions forward, backward to the data and to the weights, and matrix products are all of this form; they differ in
/// which operand is broadcast, which is read as vectors, and in the steps between elements. One emitter prints them all, as a
/// register tile of accumulators (left axes × right axes) around the reduction over k, in the manner of Goto and van de Geijn (2008).
/// </summary>
/// <param name="Name">What is computed, by its shape only: kernels of one space are shared between layers.</param>
/// <param name="Operands">What the kernel's source calls its operands.</param>
/// <param name="LeftKind">How the left operand is read.</param>
/// <param name="Batch">Loops around everything, such as convolution groups.</param>
/// <param name="LeftAxes">Axes of the result that the left operand has.</param>
/// <param name="RightAxes">Axes of the result that the right operand has; the one along which vectors lie is marked.</param>
/// <param name="Reduction">The index k: one or more nests of loops, run one after the other.</param>
/// <param name="Initial">What the accumulators start from.</param>
/// <param name="Activation">What is applied to a result before it is stored; only what a few instructions do.</param>
/// <param name="Store">How a result is stored.</param>
/// <param name="RightSource">Where the right operand comes from: from beyond the core's own caches it is fetched ahead.</param>
internal sealed record ProductSpace(
    string Name,
    OperandNames Operands,
    LeftOperandKind LeftKind,
    EquatableArray<BatchLoop> Batch,
    EquatableArray<Axis> LeftAxes,
    EquatableArray<Axis> RightAxes,
    EquatableArray<ReductionNest> Reduction,
    InitialValue Initial,
    ActivationOperator? Activation,
    StoreMode Store,
    MemoryLevel RightSource = MemoryLevel.L2)
{
    /// <summary>
    /// What is computed whatever the number of iterations of the outermost reduction loop, the depth, and of the outermost right axis; null where
    /// a kernel needs to know the depth. Convolutions that differ in their numbers of channels only can have one kernel.
    /// </summary>
    public string? NameOfAnyDepth { get; init; }

    /// <summary>
    /// What is computed whatever the depth, the extents of the left axis, of which there is one, and of the outermost right axis, and the floats
    /// from block to block; null where a kernel needs to know one of them. Convolutions of equal windows can have one kernel.
    /// </summary>
    public string? NameOfAnyShape { get; init; }

    public bool UsesCount => Batch.Any(loop => loop.IsCount) || Reduction.Any(nest => nest.Loops.Any(loop => loop.IsCount));

    public bool UsesBias => Initial != InitialValue.Zero;

    /// <summary>The loop around the product that runs over parts of its reduction, if there is one.</summary>
    public BatchLoop? PartLoop => Batch.FirstOrDefault(loop => loop is { IsReduction: true, Extent: > 1 });

    /// <summary>Reduction steps of one result, in vectors where these lie along the reduction.</summary>
    public long Steps(VectorWidth width) =>
        Reduction.Sum(nest => nest.Loops.Aggregate(1L, (product, loop) => product * loop.InVectors(width).Extent));
}

/// <summary>A product and where its operands start, in floats.</summary>
internal sealed record ProductCall(ProductSpace Space, int Left = 0, int Right = 0, int Bias = 0, int Destination = 0);

internal sealed record OperandNames(string Left, string Right, string Destination);

internal enum LeftOperandKind
{
    /// <summary>One float, broadcast to all lanes.</summary>
    Broadcast,

    /// <summary>A vector; the result is summed over its lanes.</summary>
    Vector,

    /// <summary>There is none: the right operand is summed.</summary>
    One,
}

internal enum InitialValue
{
    Zero,

    /// <summary>A vector of biases along the right axes.</summary>
    BiasAlongRight,

    /// <summary>One bias for each element of the left axes.</summary>
    BiasAlongLeft,
}

internal enum StoreMode
{
    Overwrite,

    /// <summary>Added to what is there: gradients sum over images.</summary>
    Accumulate,

    /// <summary>The sum over the lanes is added to one float.</summary>
    AccumulateLaneSum,
}

/// <summary>An axis of the result.</summary>
/// <param name="Extent">Elements; floats where vectors lie along it.</param>
/// <param name="OperandStep">Floats between elements in its operand.</param>
/// <param name="DestinationStep">Floats between elements in the result.</param>
/// <param name="BiasStep">Floats between elements of the bias.</param>
/// <param name="IsLanes">Whether vectors lie along it (all steps 1).</param>
/// <param name="MostTile">Elements that a register tile may cover at most.</param>
internal sealed record Axis(
    string Name, int Extent, int OperandStep, int DestinationStep, int BiasStep = 0, bool IsLanes = false, int MostTile = int.MaxValue)
{
    public static Axis Lanes(string name, int floats) => new(name, floats, 1, 1, 1, IsLanes: true);

    /// <summary>Both axes, or one of all their elements where each step of the outer one goes on where the inner one ends: it divides into tiles better.</summary>
    public static EquatableArray<Axis> Joined(Axis outer, Axis inner) =>
        outer.OperandStep == inner.Extent * inner.OperandStep && outer.DestinationStep == inner.Extent * inner.DestinationStep
            ? EquatableArray.Of(inner with { Extent = outer.Extent * inner.Extent })
            : EquatableArray.Of(outer, inner);

    /// <summary>The axis in units of vectors.</summary>
    public Axis InVectors(VectorWidth width) => IsLanes
        ? this with
        {
            Extent = (Extent + width.Lanes - 1) / width.Lanes,
            OperandStep = width.Lanes,
            DestinationStep = width.Lanes,
            BiasStep = width.Lanes,
        }
        : this;
}

/// <summary>A loop around the whole product.</summary>
/// <param name="IsCount">Whether it runs to the image count.</param>
/// <param name="IsReduction">Whether it runs over parts of the reduction: what the first leaves in the result the next ones add to.</param>
internal sealed record BatchLoop(
    string Name, int Extent, int LeftStep, int RightStep, int DestinationStep, int BiasStep = 0, bool IsCount = false, bool IsReduction = false);

/// <summary>Nested reduction loops, outermost first, from a start in each operand.</summary>
internal sealed record ReductionNest(int LeftStart, int RightStart, EquatableArray<ReductionLoop> Loops);

/// <summary>One reduction loop.</summary>
/// <param name="Extent">Iterations; floats where vectors lie along it; what it is at most where it runs to the image count.</param>
/// <param name="IsCount">Whether it runs to the image count.</param>
/// <param name="IsLanes">Whether vectors of both operands lie along it (both steps 1).</param>
internal sealed record ReductionLoop(string Name, int Extent, int LeftStep, int RightStep, bool IsCount = false, bool IsLanes = false)
{
    /// <summary>The loop in units of vectors.</summary>
    public ReductionLoop InVectors(VectorWidth width) => IsLanes
        ? this with { Extent = (Extent + width.Lanes - 1) / width.Lanes, LeftStep = width.Lanes, RightStep = width.Lanes, IsLanes = false }
        : this;
}
