using NetGen.Generator.Graph.FullyConvolutional;

namespace NetGen.Generator.Graph;

/// <summary>
/// The windows of adaptive pools, PyTorch's arithmetic: of an extent, window i of n covers the elements from ⌊i · extent / n⌋ to before
/// ⌈(i + 1) · extent / n⌉.
/// </summary>
internal static class AdaptiveWindows
{
    /// <summary>How many windows there are in each direction; null after a mistake, or where the input is hidden.</summary>
    public static SizePair? Read(string layer, LayerArguments arguments, TensorShape? input, LayerProblems problems)
    {
        SizePair? sizes = SizeArguments.Sides("output", arguments, problems);
        bool isMap = WindowArguments.RequireFeatureMap(layer, input, problems);
        return isMap && input is not null ? sizes : null;
    }

    /// <summary>The window of a pool that is the same, which there is where the windows are of one size and equally far apart.</summary>
    public static Window2d? Regular(TensorShape input, SizePair outputs) =>
        IsRegular(input.Height, outputs.Height) && IsRegular(input.Width, outputs.Width)
            ? new Window2d(
                Size(input.Height, outputs.Height),
                Size(input.Width, outputs.Width),
                input.Height / outputs.Height,
                input.Width / outputs.Width,
                0, 0, 0, 0)
            : null;

    /// <summary>Elements that a window has at most.</summary>
    public static int Size(int extent, int outputs) => (extent % outputs) switch
    {
        0 => extent / outputs,
        1 => (extent / outputs) + 1,

        // A window begins within one share of the extent and ends within another.
        _ => Math.Min(extent, (extent / outputs) + 2),
    };

    // With r elements left over window i begins ⌊i · r / n⌋ elements beyond i steps: none for every i where r is 1, some for others.
    private static bool IsRegular(int extent, int outputs) => extent >= outputs && extent % outputs <= 1;

    /// <summary>Why windows of unequal sizes have no counterpart over an image.</summary>
    public static SlidingOperator RefuseToSlide(SlidingValue input) =>
        SlidingOperator.Refuse($"divides {input.Extent} into windows that are not all alike; use a pool with a stride, or one to 1×1");
}
