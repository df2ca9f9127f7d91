using NetGen.Generator.Graph;
using NetGen.Generator.Schedule;

namespace NetGen.Generator.Emission.Kernels;

/// <summary>Writes the value of a result whose sum has no terms, its channel's bias, to everywhere in a map.</summary>
internal static class FillEmitter
{
    /// <param name="bias">A reference to the biases; null for zeros.</param>
    public static void EmitCall(StepWriter step, TensorView view, string? bias, ActivationOperator? activation, string destination)
    {
        int floats = view.Floats / view.Blocks, lanes = view.BlockChannels;
        step.ForEachWidth(width =>
        {
            string name = step.Kernels.GetOrAdd(
                width,
                ("fill", view.Blocks, floats, lanes, bias is null, activation),
                $"Fill_{view.Shape.Channels}x{view.Shape.Height}x{view.Shape.Width}",
                (writer, method) => Emit(writer, method, view.Blocks, floats, lanes, bias is not null, activation, width));
            string call = $"{name}({(bias is null ? "" : $"ref {bias}, ")}ref {destination});";
            step.Writer.Line(step.Split == WorkSplit.Shared ? $"if (share.Part == 0) {{ {call} }}" : call);
        });
    }

    private static void Emit(
        SourceWriter writer, string method, int blocks, int floats, int lanes, bool hasBias, ActivationOperator? activation, VectorWidth width)
    {
        bool isBlocked = lanes > 1;
        writer.Line($"// Fills {blocks} {(isBlocked ? "blocks of 16 channels" : "planes")} of {floats} floats with what {(hasBias ? "a bias" : "zero")} alone makes.");
        writer.Line("[MethodImpl(MethodImplOptions.AggressiveOptimization)]");
        using (writer.Open($"internal static void {method}({(hasBias ? "ref float bias, " : "")}ref float destination)"))
        using (writer.Open($"for (int block = 0; block < {blocks}; block++)"))
        using (writer.Open($"for (int lane = 0; lane < {(isBlocked ? lanes : width.Lanes)}; lane += {width.Lanes})"))
        {
            string value = !hasBias ? width.Zero
                : isBlocked ? width.Load(Refs.At("bias", $"(block * {lanes}) + lane"))
                : width.Broadcast(Refs.At("bias", "block"));
            writer.Line($"{width.Type} value = {value};");
            string result = ActivationEmitter.Apply(activation, width, "value");
            using (writer.Open($"for (int i = lane; i < {floats}; i += {(isBlocked ? lanes : width.Lanes)})"))
            {
                writer.Line(width.Store(result, Refs.At("destination", $"(block * {floats}) + i")));
            }
        }
    }
}
