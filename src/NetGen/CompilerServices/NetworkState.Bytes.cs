using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace NetGen.CompilerServices;

/// <content>Images of bytes.</content>
public sealed partial class NetworkState
{
    /// <summary>
    /// Checks the arguments of a prediction, marks the workspace as used and returns its memory, with the image as the network's input at
    /// <see cref="NetworkDefinition.PixelsOffset"/>.
    /// </summary>
    /// <param name="workspace">Scratch memory.</param>
    /// <param name="image">The image.</param>
    /// <param name="output">The output.</param>
    public ref float EnterWithImage(Workspace workspace, ReadOnlySpan<byte> image, Span<float> output)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        if (image.Length != _inputLength || image.Overlaps(MemoryMarshal.AsBytes(output)))
        {
            ThrowUnfit(image, output);
        }

        // Before the workspace is cut up.
        ThrowIfUnfit(workspace, output);
        Span<float> input = workspace.Span.Slice(Definition.PixelsOffset, _inputLength);
        ref float arena = ref Enter(workspace, input, output);
        Definition.Pixels!.Convert(image, input);
        return ref arena;
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
