using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace NetGen.CompilerServices;

/// <content>Images of bytes.</content>
public sealed partial class NetworkState
{
    /// <summary>Predicts an image of bytes on the threads of a workspace.</summary>
    /// <remarks>Not an overload of <c>Predict</c>: collection expressions of integers would choose it over floats.</remarks>
    /// <param name="image">The image, as <see cref="NetworkDefinition.Pixels"/> takes it.</param>
    /// <param name="output">Receives the output.</param>
    /// <param name="workspace">Scratch memory.</param>
    public void PredictImage(ReadOnlySpan<byte> image, Span<float> output, Workspace workspace)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        if (image.Length != _inputLength || image.Overlaps(MemoryMarshal.AsBytes(output)))
        {
            ThrowUnfit(image, output);
        }

        ThrowIfUnfit(workspace, output);
        CheckThreads(workspace, Definition.WorkspaceBytes(workspace.Threads), "For");
        EnsurePacked();
        ref float memory = ref workspace.Enter();
        try
        {
            int start = (workspace.Threads * Definition.ScratchFloats) + Definition.PixelsOffset;
            Span<float> input = workspace.Span.Slice(start, _inputLength);
            Definition.Pixels!.Convert(image, input);
            Run(input, output, 1, workspace, ref memory);
        }
        finally
        {
            workspace.Exit();
        }
    }

    [DoesNotReturn]
    private void ThrowUnfit(ReadOnlySpan<byte> image, ReadOnlySpan<float> output)
    {
        if (image.Length != _inputLength)
        {
            throw new ArgumentException(
                $"{Definition.Name} takes {Values(_inputLength, Definition.InputShape)}, one byte each; the image has {image.Length}.", nameof(image));
        }

        throw new ArgumentException($"The output of {Definition.Name} overlaps its image. Give the output memory of its own.", nameof(output));
    }
}
