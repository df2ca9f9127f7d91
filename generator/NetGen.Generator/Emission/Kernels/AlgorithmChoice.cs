using NetGen.Generator.Graph;
using NetGen.Generator.Schedule;

namespace NetGen.Generator.Emission.Kernels;

/// <summary>An algorithm that computes a convolution at inference in place of the direct one, from weights packed for it.</summary>
internal abstract record AlgorithmChoice : LoweringChoice
{
    /// <summary>Floats of scratch memory that the threads share.</summary>
    public abstract int ForwardScratch { get; }

    /// <summary>Floats of scratch memory that each thread takes for itself.</summary>
    public abstract int PartScratch { get; }

    /// <summary>Floats of the packed weights.</summary>
    public abstract int PackedFloats { get; }

    /// <summary>Writes what convolves an image's <c>input</c> to <c>output</c>, both blocked, with <c>weights</c> and <c>bias</c>, in the step's scratch memory.</summary>
    public abstract void Emit(StepWriter step, NodePlan node);

    /// <summary>Writes what packs the weights.</summary>
    /// <param name="scale">A reference to a factor of each output channel, if there is one.</param>
    public abstract void EmitPack(StepWriter step, string weights, string packed, string? scale);

    /// <summary>
    /// What a kernel that ends with its activation is called with: whether it adds to what is there and, where the activation is one, the floor that
    /// values are raised to. Both are arguments, of kernels in networks that have such sums.
    /// </summary>
    /// <param name="adds">The argument's name, and whether the kernel adds.</param>
    protected static string EndArguments(StepWriter step, NodePlan node, params (string Name, bool Adds)[] adds)
    {
        if (node.Addend is not null && !step.HasSumsInPlace)
        {
            throw new ArgumentException("The network's kernels were not told that one of them adds to what is there.", nameof(step));
        }

        string sums = step.HasSumsInPlace ? string.Concat(adds.Select(sum => $", {step.Argument(sum.Name, sum.Adds)}")) : "";
        return sums + (ActivationEmitter.FloorOf(InRegisters(node)) is { } floor ? ", " + step.Argument("float", "floor", floor) : "");
    }

    /// <summary>The activation that the last kernel is printed for; null where it takes a floor, which serves none and ReLU.</summary>
    protected static ActivationOperator? PrintedActivation(NodePlan node) => ActivationEmitter.FloorOf(InRegisters(node)) is null ? InRegisters(node) : null;

    private static ActivationOperator? InRegisters(NodePlan node) => ActivationEmitter.InRegisters(node.Node.Activation);
}
