using NetGen.Generator.Graph;
using NetGen.Generator.Schedule;

namespace NetGen.Generator.Emission.Kernels.BatchNorm;

/// <summary>
/// Writes the kernels of batch normalisation over one image, in blocks of 16 channels or in planes. What is summed over an image is summed by
/// rows and then together, which keeps the rounding error of large maps small.
/// </summary>
internal static class BatchNormKernels
{
    /// <summary>Mean of each channel and the sum of its squared deviations.</summary>
    public static string Moments(StepWriter step, TensorView view, VectorWidth width) => step.Kernels.GetOrAdd(
        width,
        ("channel moments", view),
        $"ChannelMoments_{Shape(view)}",
        (source, method) => Emit(
            source,
            $"Mean of each channel of {view.Shape}, and behind the means the sums of squared deviations",
            $"{method}(ref float input, ref float moments)",
            view,
            width,
            channels =>
            {
                channels.Sum("mean", [("value", "input")], "value");
                source.Line($"{channels.Type} mean = {channels.Total("mean")} * {Literals.Float(1.0 / ((double)view.Shape.Height * view.Shape.Width))};");
                channels.Store("mean", "moments", 0);
                source.Line($"{width.Type} center = {channels.Spread("mean")};");
                channels.Sum("squares", [("value", "input")], "((value - center) * (value - center))");
                channels.Store(channels.Total("squares"), "moments", TensorView.RoundUp(view.Shape.Channels));
            }));

    /// <summary>Sums of each channel's gradient, and of the gradient times the normalised value.</summary>
    public static string GradientSums(StepWriter step, TensorView view, VectorWidth width) => step.Kernels.GetOrAdd(
        width,
        ("channel gradient sums", view),
        $"ChannelGradientSums_{Shape(view)}",
        (source, method) => Emit(
            source,
            $"Sum of each channel's dy of {view.Shape}, and behind the sums those of dy · (x − mean) / deviation",
            $"{method}(ref float input, ref float outputGradient, ref float statistics, ref float sums)",
            view,
            width,
            channels =>
            {
                channels.Declare("mean", "statistics", StatisticsRow.Mean);
                channels.Declare("inverse", "statistics", StatisticsRow.InverseDeviation);
                channels.Sum("sum", [("dy", "outputGradient")], "dy");
                channels.Store(channels.Total("sum"), "sums", 0);
                channels.Sum("product", [("value", "input"), ("dy", "outputGradient")], "(dy * ((value - mean) * inverse))");
                channels.Store(channels.Total("product"), "sums", TensorView.RoundUp(view.Shape.Channels));
            },
            () => EmitClearLanes(source, view, "sums")));

    /// <summary>Each channel times its factor plus its shift, then an activation, for a range of the channels' blocks or planes.</summary>
    public static string Apply(StepWriter step, TensorView view, VectorWidth width, ActivationOperator? activation) => step.Kernels.GetOrAdd(
        width,
        ("scale channels", view, activation),
        $"ScaleChannels_{view.Shape.Height}x{view.Shape.Width}{(activation is null ? "" : "_" + ActivationEmitter.StemOf(activation))}",
        (source, method) => Emit(
            source,
            $"scale · x + shift of each channel of {view.Shape.Height}×{view.Shape.Width} pixels{(activation is null ? "" : $", {activation.Description}")}",
            $"{method}(ref float input, ref float scales, ref float shifts, ref float output, int first, int end)",
            view,
            width,
            channels =>
            {
                channels.Declare("scale", "scales");
                channels.Declare("shift", "shifts");
                channels.ForEachVector(() =>
                {
                    source.Line($"{width.Type} value = {width.MultiplyAdd(channels.At("input"), "scale", "shift")};");
                    source.Line(width.Store(ActivationEmitter.Apply(activation, width, "value"), channels.Place("output")));
                });
            },
            takesRange: true));

    /// <summary>The number of blocks or planes that <see cref="Apply"/> takes a range of, as an argument of the step.</summary>
    public static string UnitsArgument(StepWriter step, TensorView view) => step.Argument(view.Layout == TensorLayout.Blocked ? "blocks" : "planes", view.Blocks);

    /// <summary>The gradient of the input: scale · dy + factor · x + shift.</summary>
    public static string Gradient(StepWriter step, TensorView view, VectorWidth width) => step.Kernels.GetOrAdd(
        width,
        ("batch norm gradient", view),
        $"BatchNormGradient_{Shape(view)}",
        (source, method) => Emit(
            source,
            $"scale · dy + factor · x + shift of each channel of {view.Shape}",
            $"{method}(ref float input, ref float outputGradient, ref float statistics, ref float inputGradient)",
            view,
            width,
            channels =>
            {
                channels.Declare("scale", "statistics", StatisticsRow.Scale);
                channels.Declare("factor", "statistics", StatisticsRow.GradientFactor);
                channels.Declare("shift", "statistics", StatisticsRow.GradientShift);
                channels.ForEachVector(() =>
                {
                    source.Line($"{width.Type} affine = {width.MultiplyAdd(channels.At("input"), "factor", "shift")};");
                    source.Line(width.Store(width.MultiplyAdd(channels.At("outputGradient"), "scale", "affine"), channels.Place("inputGradient")));
                });
            }));

    private static void Emit(SourceWriter source, string what, string signature, TensorView view, VectorWidth width, Action<ChannelVectors> body, Action? end = null, bool takesRange = false)
    {
        bool isBlocked = view.Layout == TensorLayout.Blocked;
        source.Line($"// {what}; in {(isBlocked ? "blocks of 16 channels" : "planes")}.");
        source.Line("[MethodImpl(MethodImplOptions.AggressiveOptimization)]");
        using (source.Open($"internal static void {signature}"))
        {
            if (isBlocked)
            {
                using (source.Open(Loop("block")))
                using (source.Open($"for (int lane = 0; lane < {TensorView.Block}; lane += {width.Lanes})"))
                {
                    body(new BlockedChannels(source, view, width));
                }
            }
            else
            {
                using (source.Open(Loop("c")))
                {
                    body(new PlanarChannel(source, view, width));
                }

                end?.Invoke();
            }
        }

        string Loop(string unit) => takesRange ? $"for (int {unit} = first; {unit} < end; {unit}++)" : $"for (int {unit} = 0; {unit} < {view.Blocks}; {unit}++)";
    }

    /// <summary>Clears what lies behind the last channel of two rows, for who adds up whole vectors.</summary>
    private static void EmitClearLanes(SourceWriter source, TensorView view, string reference)
    {
        int channels = view.Shape.Channels, row = TensorView.RoundUp(channels);
        if (channels < row)
        {
            source.Line($"MemoryMarshal.CreateSpan(ref {Refs.At(reference, channels)}, {row - channels}).Clear();");
            source.Line($"MemoryMarshal.CreateSpan(ref {Refs.At(reference, row + channels)}, {row - channels}).Clear();");
        }
    }

    private static string Shape(TensorView view) => $"{view.Shape.Channels}x{view.Shape.Height}x{view.Shape.Width}";
}
