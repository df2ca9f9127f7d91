using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NetGen.CompilerServices;

/// <content>The outputs of all layers.</content>
public sealed partial class NetworkState
{
    /// <summary>Predicts one image, in memory of its own, and gives the output of every layer.</summary>
    /// <param name="input">The input.</param>
    /// <param name="layers">The layers, in order.</param>
    /// <param name="program">Emitted code.</param>
    public ActivationSet Activations(ReadOnlySpan<float> input, LayerDefinition[] layers, InspectionProgram program)
    {
        ArgumentNullException.ThrowIfNull(layers);
        ArgumentNullException.ThrowIfNull(program);
        if (input.Length != _inputLength)
        {
            ThrowUnfit(input);
        }

        EnsurePacked();
        float[] output = new float[_outputLength];
        AlignedBuffer memory = new((int)(_workspaceBytes / sizeof(float)));
        Inspection inspection = new(Definition, _storage.Buffer, input, layers);
        program(
            ref MemoryMarshal.GetReference(input),
            ref MemoryMarshal.GetArrayDataReference(output),
            ref Parameters,
            ref Packed,
            ref Unsafe.Add(ref memory.Reference, Definition.ScratchFloats),
            ref memory.Reference,
            WorkShare.Whole,
            inspection);
        return inspection.ToSet();
    }
}
