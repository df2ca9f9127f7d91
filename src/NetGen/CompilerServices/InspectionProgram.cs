using System.ComponentModel;

namespace NetGen.CompilerServices;

/// <summary>Emitted code that predicts one image and keeps the output of every layer.</summary>
/// <param name="input">The first value of the input.</param>
/// <param name="output">Receives the output.</param>
/// <param name="parameters">The parameter block.</param>
/// <param name="packed">What <see cref="PackWeights"/> made of it.</param>
/// <param name="arena">Scratch memory.</param>
/// <param name="scratch"><see cref="NetworkDefinition.ScratchFloats"/> of memory besides.</param>
/// <param name="share">The whole of the work.</param>
/// <param name="inspection">Receives the outputs of the layers.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public delegate void InspectionProgram(
    ref float input,
    ref float output,
    ref float parameters,
    ref float packed,
    ref float arena,
    ref float scratch,
    in WorkShare share,
    Inspection inspection);
