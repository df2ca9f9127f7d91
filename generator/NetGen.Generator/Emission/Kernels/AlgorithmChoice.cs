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

    /// <summary>Writes what convolves one image from <c>Source</c> (blocked) to <c>Destination</c> (blocked).</summary>
    /// <param name="accumulates">Whether the result is added to what is there, before the activation.</param>
    public abstract void Emit(
        StepWriter step,
        TensorView input,
        TensorView output,
        bool accumulates,
        ActivationOperator? activation,
        (string Source, string Weights, string Bias, string Destination) operands);

    /// <summary>Writes what packs the weights.</summary>
    /// <param name="scale">A reference to a factor of each output channel, if there is one.</param>
    public abstract void EmitPack(StepWriter step, string weights, string packed, string? scale);
}
