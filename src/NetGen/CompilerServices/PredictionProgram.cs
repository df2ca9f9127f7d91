using System.ComponentModel;

namespace NetGen.CompilerServices;

/// <summary>Emitted code that predicts, or one thread's part of it.</summary>
/// <param name="input">The first value of the first input.</param>
/// <param name="output">Receives the outputs.</param>
/// <param name="parameters">The parameter block.</param>
/// <param name="packed">What <see cref="PackWeights"/> made of it.</param>
/// <param name="arena">Scratch memory that all threads share.</param>
/// <param name="scratch"><see cref="NetworkDefinition.ScratchFloats"/> of memory for this thread alone.</param>
/// <param name="count">Number of images; a program for single images takes it for 1.</param>
/// <param name="share">The thread's share.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public delegate void PredictionProgram(
    ref float input, ref float output, ref float parameters, ref float packed, ref float arena, ref float scratch, int count, in WorkShare share);
