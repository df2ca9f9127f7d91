using NetGen.Generator.Collections;
using NetGen.Generator.Emission.Kernels.Normalization;
using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Ops;
using NetGen.Generator.Schedule;

namespace NetGen.Generator.Emission.Kernels;

/// <summary>
/// With h = (x − mean) / √(variance + epsilon), y = h · weight + bias. Backward computes h again from the input: with g = dy · weight,
/// dx = (g − mean(g) − h · mean(g · h)) / √(variance + epsilon). The variance is the mean of the squared distances from the mean, which does not cancel.
/// </summary>
internal sealed class LayerNormEmitter : OperatorEmitter<LayerNormOp>
{
    public override IReadOnlyList<ParameterStorage> StoreParameters(NodePlan plan)
    {
        ParameterStorage storage = plan.InputShape.IsVector ? ParameterStorage.Flattened(plan.Input)
            : OverChannels(plan) ? ParameterStorage.Vector(plan.InputShape.Channels)
            : ParameterStorage.Elements(plan.Input);
        return plan.OperatorAs<LayerNormOp>().IsAffine ? [storage, storage] : [];
    }

    public override bool CanShare(NodePlan plan) => OverChannels(plan) && WorkSharing.PaysToMove(plan.Output);

    public override int BackwardScratch(NodePlan plan) => !OverChannels(plan) || !plan.OperatorAs<LayerNormOp>().IsAffine ? 0
        : plan.Input.Layout == TensorLayout.Blocked ? BlockedChannels.ScratchFloats(plan.Input)
        : PlanarChannels.ScratchFloats(plan.Input);

    public override void EmitForward(Step step, StepWriter writer)
    {
        NodePlan plan = step.Plan;
        LayerNormOp norm = plan.OperatorAs<LayerNormOp>();
        bool takesRange = OverChannels(plan) && writer.TakesRanges;
        string weights = EmitParameters(step, writer, "parameters", "weight", "bias");
        writer.ForEachImage(
            [("input", "source", step.Input.ImageStride), ("output", "destination", step.Output.ImageStride)],
            () => writer.ForEachWidth(width =>
            {
                string name = writer.Kernels.GetOrAdd(
                    width, (norm, plan.Input, plan.InputShape, takesRange), $"LayerNorm_{Name(plan)}", (source, method) =>
                    {
                        NormElements elements = Elements(source, plan, width);
                        source.Line($"// {norm.Description} of {plan.InputShape}, {elements.Layout}.");
                        source.Line("[MethodImpl(MethodImplOptions.AggressiveOptimization)]");
                        string parameters = (norm.IsAffine ? "ref float weight, ref float bias, " : "") + "ref float output" + (takesRange ? ", int first, int end" : "");
                        using (source.Open($"internal static void {method}(ref float input, {parameters})"))
                        {
                            elements.ForEachGroup(() => EmitValues(source, elements, norm, width), takesRange);
                        }
                    });
                string range = takesRange ? writer.RangeArguments(plan.InputShape.Height) : "";
                writer.Writer.Line($"{name}(ref input, {weights}ref output{range});");
            }));
    }

    public override void EmitBackward(Step step, StepWriter writer)
    {
        NodePlan plan = step.Plan;
        LayerNormOp norm = plan.OperatorAs<LayerNormOp>();
        bool passesOn = step.InputGradient is not null, hasScratch = BackwardScratch(plan) > 0;
        var images = new List<(string, string, int)>
        {
            ("input", "source", step.Input.ImageStride),
            ("outputGradient", "destinationGradient", step.OutputGradient!.ImageStride),
        };
        string arguments = EmitParameters(step, writer, "gradients", "weightGradient", "biasGradient");
        string parameters = norm.IsAffine ? "ref float weightGradient, ref float biasGradient, " : "";
        if (step.InputGradient is { } inputGradient)
        {
            images.Add(("inputGradient", "sourceGradient", inputGradient.ImageStride));
            (arguments, parameters) = (arguments + "ref inputGradient, ", parameters + "ref float inputGradient, ");
            if (norm.IsAffine)
            {
                writer.Writer.Line($"ref float weight = ref {Refs.At("parameters", step.ParameterOffset("weight"))};");
                (arguments, parameters) = (arguments + "ref weight, ", parameters + "ref float weight, ");
            }
        }

        if (hasScratch)
        {
            (arguments, parameters) = (arguments + "ref scratch, ", parameters + "ref float scratch, ");
        }

        writer.ForEachImage(images, () =>
        {
            PaddingEmitter.EmitClearColumns(writer, plan.Output, "outputGradient");
            writer.ForEachWidth(width =>
            {
                string name = writer.Kernels.GetOrAdd(
                    width, (norm, plan.Input, plan.InputShape, passesOn, "gradient"), $"LayerNormGradient_{Name(plan)}", (source, method) =>
                    {
                        NormElements elements = Elements(source, plan, width);
                        source.Line($"// Gradient of the {norm.Description} of {plan.InputShape}, {elements.Layout}.");
                        source.Line("[MethodImpl(MethodImplOptions.AggressiveOptimization)]");
                        using (source.Open($"internal static void {method}({parameters}ref float input, ref float outputGradient)"))
                        {
                            Action groups = () => elements.ForEachGroup(() => EmitGradients(source, elements, norm, width, passesOn), takesRange: false);
                            if (norm.IsAffine)
                            {
                                elements.EmitSums(groups);
                            }
                            else
                            {
                                groups();
                            }
                        }
                    });
                writer.Writer.Line($"{name}({arguments}ref input, ref outputGradient);");
            });
        });
    }

    private static void EmitValues(SourceWriter source, NormElements elements, LayerNormOp norm, VectorWidth width)
    {
        EmitStatistics(source, elements, norm, width);
        elements.ForEachVector(vector =>
        {
            string value = vector.Elements == 0 ? width.Zero : Normalized(width, vector);
            if (norm.IsAffine && vector.Elements > 0)
            {
                value = width.MultiplyAdd(value, elements.Load("weight", vector), elements.Load("bias", vector));
            }

            source.Line(width.Store(value, vector.At("output")));
        });
    }

    private static void EmitGradients(SourceWriter source, NormElements elements, LayerNormOp norm, VectorWidth width, bool passesOn)
    {
        EmitStatistics(source, elements, norm, width);
        elements.Sum(passesOn ? ["sum", "product"] : [], (vector, sum) =>
        {
            // What lies behind the last element need not be a number.
            source.Line($"{width.Type} dy = {Lanes.First(width, vector.Elements, width.Load(vector.At("outputGradient")), width.Zero)};");
            source.Line($"{width.Type} h = {Lanes.First(width, vector.Elements, Normalized(width, vector), width.Zero)};");
            if (norm.IsAffine)
            {
                elements.EmitAdd(vector, "(dy * h)", "dy");
            }

            if (passesOn)
            {
                source.Line($"{width.Type} g = {(norm.IsAffine ? $"dy * {elements.Load("weight", vector)}" : "dy")};");
                source.Line($"{sum("sum")} += g;");
                source.Line($"{sum("product")} += g * h;");
            }
        });
        if (!passesOn)
        {
            return;
        }

        string share = Literals.Float(1.0 / elements.Count);
        source.Line($"{width.Type} meanOfGradient = {elements.Total("sum")} * {share};");
        source.Line($"{width.Type} meanOfProduct = {elements.Total("product")} * {share};");
        elements.ForEachVector(vector =>
        {
            if (vector.Elements == 0)
            {
                source.Line(width.Store(width.Zero, vector.At("inputGradient")));
                return;
            }

            source.Line($"{width.Type} h = {Normalized(width, vector)};");
            string dy = width.Load(vector.At("outputGradient"));
            source.Line($"{width.Type} g = {(norm.IsAffine ? $"{dy} * {elements.Load("weight", vector)}" : dy)};");
            string gradient = Lanes.First(width, vector.Elements, "((g - meanOfGradient - (h * meanOfProduct)) * scale)", width.Zero);
            source.Line(width.Store(gradient, vector.At("inputGradient")));
        });
    }

    /// <summary>Declares <c>mean</c>, and <c>scale</c>, one over the standard deviation, in every lane.</summary>
    private static void EmitStatistics(SourceWriter source, NormElements elements, LayerNormOp norm, VectorWidth width)
    {
        string share = Literals.Float(1.0 / elements.Count);
        elements.Sum(["elements"], (vector, sum) =>
            source.Line($"{sum("elements")} += {Lanes.First(width, vector.Elements, width.Load(vector.At("input")), width.Zero)};"));
        source.Line($"{width.Type} mean = {elements.Total("elements")} * {share};");
        elements.Sum(["squares"], (vector, sum) =>
        {
            string distance = $"({width.Load(vector.At("input"))} - mean)";
            source.Line($"{width.Type} distance = {Lanes.First(width, vector.Elements, distance, width.Zero)};");
            source.Line($"{sum("squares")} += distance * distance;");
        });
        string variance = $"({elements.Total("squares")} * {share})";
        source.Line($"{width.Type} scale = {width.Type}.One / {width.Class}.Sqrt({variance} + {width.Broadcast(Literals.Float(norm.Epsilon))});");
    }

    /// <summary>A vector of h, as a primary expression.</summary>
    private static string Normalized(VectorWidth width, NormVector vector) => $"(({width.Load(vector.At("input"))} - mean) * scale)";

    /// <summary>Declares the tensors of a block that there are, and gives them as arguments.</summary>
    private static string EmitParameters(Step step, StepWriter writer, string block, string weight, string bias)
    {
        if (!step.Plan.OperatorAs<LayerNormOp>().IsAffine)
        {
            return "";
        }

        writer.Writer.Line($"ref float {weight} = ref {Refs.At(block, step.ParameterOffset("weight"))};");
        writer.Writer.Line($"ref float {bias} = ref {Refs.At(block, step.ParameterOffset("bias"))};");
        return $"ref {weight}, ref {bias}, ";
    }

    private static NormElements Elements(SourceWriter source, NodePlan plan, VectorWidth width) =>
        !OverChannels(plan) ? new WholeElements(source, plan.Input, width, plan.InputShape.IsVector)
        : plan.Input.Layout == TensorLayout.Blocked ? new BlockedChannels(source, plan.Input, width)
        : new PlanarChannels(source, plan.Input, width);

    /// <summary>The elements of a vector are its channels: there both ways are one.</summary>
    private static bool OverChannels(NodePlan plan) => !plan.InputShape.IsVector && plan.OperatorAs<LayerNormOp>().Over == NormAxes.Channels;

    private static string Name(NodePlan plan) => plan.InputShape.ToString().Replace('×', 'x') + (OverChannels(plan) ? "_Channels" : "");
}
