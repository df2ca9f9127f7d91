using System.Globalization;
using NetGen.Generator.Collections;
using NetGen.Generator.Declaration;
using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Ops;
using NetGen.Generator.Schedule;

namespace NetGen.Generator.Emission;

/// <summary>
/// Writes what the runtime has to know of a network, in a file-local class: a static field of the user's own class could still be
/// empty while another static of that class makes a network.
/// </summary>
internal static class DefinitionEmitter
{
    private const string Services = "global::NetGen.CompilerServices";

    /// <summary>The name of the class, in <see cref="SourceNames.Namespace"/>.</summary>
    public static string ClassOf(TargetClass target) => $"{target.Name}Definition";

    public static void Emit(SourceWriter writer, NetworkSpec spec, GraphResult result, NetworkSchedule schedule)
    {
        using (writer.Open($"namespace {SourceNames.Namespace}"))
        {
            writer.Line(SourceNames.GeneratedCode);
            using (writer.Open($"file static class {ClassOf(spec.Class)}"))
            {
                EmitParameters(writer, schedule.Parameters);
                writer.Line();
                EmitNetwork(writer, spec, result, schedule);
                writer.Line();
                EmitLayers(writer, schedule.Inspection);
                if (schedule.Training is { } training)
                {
                    writer.Line();
                    EmitTraining(writer, spec, result, training);
                }
            }
        }
    }

    /// <summary>What a single output must exceed to say yes: it is a yes or a no, not the only class. Null where there is no such output.</summary>
    public static string? DecisionThreshold(GraphResult result) => result.Graph is not { } graph || graph.OutputShape.Length != 1 ? null
        : graph.Nodes.Single(node => node.Output == graph.Output).Operator is SigmoidOp ? "0.5f"
        : result.Loss.Kind == LossKind.BinaryCrossEntropy ? "0f"
        : null;

    /// <summary>A shape as the runtime's.</summary>
    public static string Shape(TensorShape shape) => $"new global::NetGen.TensorShape({Extents(shape)})";

    private static string Extents(TensorShape shape) => shape.IsVector ? $"{shape.Channels}" : $"{shape.Channels}, {shape.Height}, {shape.Width}";

    private static void EmitNetwork(SourceWriter writer, NetworkSpec spec, GraphResult result, NetworkSchedule schedule)
    {
        writer.Line($"internal static readonly {Services}.NetworkDefinition Network = new()");
        writer.Line("{");
        writer.Line($"    Name = {Literals.Text(spec.Class.Name)},");
        writer.Line($"    InputShape = {Shape(result.Graph!.InputShape)},");
        writer.Line($"    OutputShape = {Shape(result.Graph.OutputShape)},");
        writer.Line($"    ParameterFloats = {schedule.ParameterFloats},");
        if (schedule.TrainedFloats < schedule.ParameterFloats)
        {
            writer.Line($"    TrainedFloats = {schedule.TrainedFloats},");
        }

        writer.Line($"    ArenaFloats = {schedule.Inference.ArenaFloats},");
        if (schedule.Inference.PackedFloats > 0)
        {
            writer.Line($"    PackedFloats = {schedule.Inference.PackedFloats},");
        }

        if (result.Pixels is { } pixels)
        {
            writer.Line($"    Pixels = new {Services}.PixelConversion({Shape(result.Graph.InputShape)}, global::NetGen.ImageLayout.{pixels.Layout}, "
                + $"means: {Doubles(pixels.Means)}, deviations: {Doubles(pixels.Deviations)}),");
            writer.Line($"    PixelsOffset = {schedule.Inference.PixelsOffset},");
        }

        if (schedule.Inference.IsShared)
        {
            writer.Line($"    ScratchFloats = {schedule.Inference.PartFloats},");
            writer.Line("    SharesWork = true,");
        }

        if (schedule.Group is { } group)
        {
            writer.Line($"    GroupImages = {group.Images},");
            writer.Line($"    FewestGroupImages = {group.FewestImages},");
            writer.Line($"    GroupArenaFloats = {group.ArenaFloats},");
        }

        writer.Line($"    DecisionThreshold = {DecisionThreshold(result) ?? "null"},");
        writer.Line($"    Parameters = {Services}.ParameterLayout.ReadTable(Parameters),");
        writer.Line("};");
    }

    /// <summary>Writes the parameters as text, which the runtime's ParameterTable reads: as code, the JIT would take tens of milliseconds for those of a deep network.</summary>
    private static void EmitParameters(SourceWriter writer, EquatableArray<PlacedParameter> parameters)
    {
        const string quotes = "\"\"\"";
        if (parameters.Count == 0)
        {
            writer.Line("private const string Parameters = \"\";");
            return;
        }

        writer.Line("// Name, shape, offset, bound and mean of the initial values, and for each extent the strides of its digits.");
        writer.Line($"private const string Parameters = {quotes}");
        foreach (PlacedParameter parameter in parameters)
        {
            ParameterSpec spec = parameter.Spec;
            writer.Line($"    {parameter.Name} {string.Join("x", spec.Shape)} {parameter.Offset} {Literals.Number(parameter.InitialBound)} {Literals.Number(spec.InitialValue)} "
                + string.Join(" ", parameter.Storage.Axes.Select(Digits)));
        }

        writer.Line($"    {quotes};");

        static string Digits(EquatableArray<int> axis) => string.Join(
            ",", Enumerable.Range(0, axis.Count / 2).Select(digit => axis[2 * digit] == int.MaxValue ? $"{axis[(2 * digit) + 1]}" : $"{axis[2 * digit]}*{axis[(2 * digit) + 1]}"));
    }

    /// <summary>Made on demand: only who looks into a network needs it.</summary>
    private static void EmitLayers(SourceWriter writer, InspectionPlan inspection)
    {
        writer.Line($"internal static {Services}.LayerDefinition[] Layers => new {Services}.LayerDefinition[]");
        writer.Line("{");
        foreach (InspectedLayer layer in inspection.Layers)
        {
            writer.Line($"    new({Literals.Text(layer.Name)}, new({Extents(layer.Shape)})),");
        }

        writer.Line("};");
    }

    /// <summary>Made on demand as well.</summary>
    private static void EmitTraining(SourceWriter writer, NetworkSpec spec, GraphResult result, TrainingProgram training)
    {
        writer.Line($"internal static {Services}.TrainingPlan Training => new()");
        writer.Line("{");
        writer.Line($"    MicroBatch = {training.MicroBatch},");
        writer.Line($"    ArenaFloats = {training.ArenaFloats},");
        writer.Line($"    PackedFloats = {training.PackedFloats},");
        writer.Line($"    GradientShards = {training.GradientShards},");
        writer.Line($"    OutputLength = {result.Graph!.OutputShape.Length},");
        writer.Line($"    OutputOffset = {training.Output.Offset},");
        writer.Line($"    OutputStride = {training.Output.ImageStride},");
        writer.Line($"    OutputGradientOffset = {training.OutputGradient.Offset},");
        EmitNormalizations(writer, training);
        writer.Line($"    Loss = global::NetGen.Loss.{result.Loss.Kind},");
        writer.Line($"    LabelSmoothing = {Literals.Double(result.Loss.LabelSmoothing)},");
        writer.Line($"    HasInputGradients = {Boolean(spec.Options.InputGradients)},");
        writer.Line($"    PredictsProbabilities = {Boolean(result.Loss is { OnLogits: true, OfLogProbabilities: false })},");
        writer.Line("};");
    }

    private static void EmitNormalizations(SourceWriter writer, TrainingProgram training)
    {
        List<Step> forward = training.Forward.Where(step => step.Plan.Node.Operator is BatchNorm2dOp).ToList();
        if (forward.Count == 0)
        {
            return;
        }

        Dictionary<string, Step> backward = training.Backward.ToDictionary(step => step.Plan.Node.Name);
        writer.Line($"    Normalizations = new {Services}.BatchNormalizationPlan[]");
        writer.Line("    {");
        foreach (Step step in forward)
        {
            Step back = backward[step.Plan.Node.Name];
            BatchNorm2dOp batchNorm = step.Plan.OperatorAs<BatchNorm2dOp>();
            TensorShape shape = step.Plan.OutputShape;
            writer.Line("        new()");
            writer.Line("        {");
            writer.Line($"            Layer = {Literals.Text(step.Plan.Node.Name)}, Channels = {shape.Channels}, Pixels = {shape.Height * shape.Width},");
            writer.Line($"            Epsilon = {Literals.Double(batchNorm.Epsilon)}, Momentum = {Literals.Double(batchNorm.Momentum)},");
            writer.Line($"            ForwardPartials = {step.Scratch}, BackwardPartials = {back.Scratch}, Statistics = {back.Packed},");
            writer.Line($"            Weight = {OffsetOf(BatchNorm2dOp.Weight)}, Bias = {OffsetOf(BatchNorm2dOp.Bias)},");
            writer.Line($"            RunningMean = {OffsetOf(BatchNorm2dOp.RunningMean)}, RunningVariance = {OffsetOf(BatchNorm2dOp.RunningVariance)},");
            writer.Line("        },");

            string OffsetOf(string name) => step.Parameters.Any(parameter => parameter.Spec.Name == name)
                ? step.ParameterOffset(name).ToString(CultureInfo.InvariantCulture)
                : $"{Services}.NormalizationFolding.None";
        }

        writer.Line("    },");
    }

    private static string Doubles(IEnumerable<double> values) => $"new double[] {{ {string.Join(", ", values.Select(Literals.Double))} }}";

    private static string Boolean(bool value) => value ? "true" : "false";
}
