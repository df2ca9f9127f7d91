using NetGen.Generator.Schedule;

namespace NetGen.Generator.Emission.Kernels;

/// <summary>How the inputs of a join lie where they come in several layouts.</summary>
internal static class JoinLayout
{
    /// <summary>Maps in blocks where any of them is, else in planes; vectors in PyTorch's order, whatever maps they have been.</summary>
    public static TensorView InputView(IReadOnlyList<JoinedInput> inputs, int input)
    {
        TensorView view = inputs[input].View;
        return inputs[input].Shape.IsVector ? view.IsInPyTorchOrder ? view : TensorView.DenseInArena(view.Shape)
            : inputs.Any(other => other.View.Layout == TensorLayout.Blocked) ? TensorView.Blocked(view.Shape)
            : TensorView.Planar(view.Shape);
    }
}
