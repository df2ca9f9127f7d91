using System.Globalization;
using NetGen.Generator.Emission.Kernels;
using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Ops;
using NetGen.Generator.Schedule;

namespace NetGen.Generator.Emission;

/// <summary>
/// Writes the program that gives the outputs of all layers. It calls the steps of a prediction one after the other and takes each result
/// before a later step takes its memory; the outputs that no step leaves in memory come last.
/// </summary>
internal static class InspectionProgramEmitter
{
    public static void Emit(SourceWriter writer, NetworkSchedule schedule, StepMethods steps)
    {
        StepProgram program = schedule.Inference;
        InspectedLayer[] layers = [.. schedule.Inspection.Layers];
        var places = layers.Select((layer, place) => (layer.Node.Output, place)).ToDictionary(layer => layer.Output, layer => layer.place);
        var signature = new ProgramSignature(program.IsShared, IsGroup: false, IsInspection: true);
        writer.Line("// One image, with the outputs of all layers on the way.");
        using (writer.Open($"internal static void {SourceNames.Inspect}({signature.Parameters})"))
        {
            foreach (Step step in program.Steps)
            {
                bool shares = program.IsShared && OperatorEmitters.For(step.Plan.Node.Operator).CanShare(step.Plan);
                steps.EmitForward(writer, step, "1", training: false, shares);
                if (places.TryGetValue(step.Plan.Node.Output, out int place))
                {
                    writer.Line($"inspection.{Take(step, place)};{Comment(layers[place])}");
                }
            }

            for (int place = 0; place < layers.Length; place++)
            {
                if (layers[place].Origin != LayerOrigin.Step)
                {
                    writer.Line($"inspection.{Call(layers[place], place)};{Comment(layers[place])}");
                }
            }
        }
    }

    private static string Comment(InspectedLayer layer) => $" // {layer.Name}: {layer.Shape}";

    /// <summary>Takes the result of a step, which has neither a border nor phases, from where it lies.</summary>
    private static string Take(Step step, int place)
    {
        TensorView view = step.Plan.Output;
        string arguments = $"{place}, ref {Refs.At("arena", step.Output.Offset)}";
        string map = $"{view.Shape.Channels}, {view.Shape.Height}, {view.Shape.Width}";
        return view.IsInPyTorchOrder ? $"Take({arguments})"
            : view.Layout == TensorLayout.Blocked ? $"TakeBlocked({arguments}, {map})"
            : $"TakePlanar({arguments}, {map}, {view.RowStride})";
    }

    private static string Call(InspectedLayer layer, int place)
    {
        string sources = string.Join(", ", layer.Sources.Select(source => source == InspectedLayer.Input ? "Inspection.Input" : source.ToString(CultureInfo.InvariantCulture)));
        string arguments = $"{place}, {sources}";
        return layer.Origin == LayerOrigin.Source ? $"Repeat({arguments})" : layer.Node.Operator switch
        {
            Conv2dOp convolution => $"Conv2d({arguments}{WindowArguments(convolution.Window, convolution.Groups)})",
            ConvTranspose2dOp transposed => $"ConvTranspose2d({arguments}{WindowArguments(transposed.Window, transposed.Groups)})",
            LinearOp => $"Linear({arguments})",
            BatchNorm2dOp normalization => $"BatchNorm2d({arguments}, {Literals.Double(normalization.Epsilon)})",
            AddOp => $"Add({arguments})",
            ConcatOp => $"Concat({arguments})",
            MultiplyOp => $"Multiply({arguments})",
            ActivationOperator activation => $"Apply({arguments}, static x => {ActivationEmitter.Apply(activation, VectorWidth.V128, "x")})",
            Operator other => throw new NotSupportedException($"Nothing computes {other.Description} of {layer.Name} outside a prediction."),
        };
    }

    /// <summary>What differs from the runtime's defaults.</summary>
    private static string WindowArguments(Window2d window, int groups) => Argument("groups", groups, 1)
        + Argument("strideH", window.StrideH, 1)
        + Argument("strideW", window.StrideW, 1)
        + Argument("padTop", window.PadTop, 0)
        + Argument("padLeft", window.PadLeft, 0)
        + Argument("dilationH", window.DilationH, 1)
        + Argument("dilationW", window.DilationW, 1);

    private static string Argument(string name, int value, int usual) => value == usual ? "" : $", {name}: {value}";
}
