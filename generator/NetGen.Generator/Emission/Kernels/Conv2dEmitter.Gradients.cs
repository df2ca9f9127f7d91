using NetGen.Generator.Emission.Kernels.Depthwise;
using NetGen.Generator.Schedule;
using NetGen.Generator.Schedule.Convolution;

namespace NetGen.Generator.Emission.Kernels;

/// <content>The backward step.</content>
internal sealed partial class Conv2dEmitter
{
    public override void EmitBackward(Step step, StepWriter writer)
    {
        NodePlan plan = step.Plan;
        ConvolutionGeometry geometry = Geometry(plan);
        Backward backward = Backward.Of(plan);
        ActivationEmitter.EmitGradientPass(writer, plan.Node.Activation, plan.Output.Floats);
        writer.Writer.Line($"ref float weightGradient = ref {Refs.At("gradients", step.ParameterOffset("weight"))};");
        if (geometry.Operator.HasBias)
        {
            writer.Writer.Line($"ref float biasGradient = ref {Refs.At("gradients", step.ParameterOffset("bias"))};");
        }

        if (backward.Data is { IsBlocked: false } || (geometry.IsDepthwise && plan.NeedsInputGradient))
        {
            writer.Writer.Line($"ref float weights = ref {Refs.At("parameters", step.ParameterOffset("weight"))};");
        }
        else if (backward.Data is not null)
        {
            writer.Writer.Line($"ref float packedWeights = ref {Refs.At("packed", step.Packed)};");
        }

        var images = new List<(string, string, int)>
        {
            ("input", "source", step.Input.ImageStride),
            ("outputGradient", "destinationGradient", step.OutputGradient!.ImageStride),
        };
        if (step.InputGradient is { } inputGradient)
        {
            images.Add(("inputGradient", "sourceGradient", inputGradient.ImageStride));
        }

        writer.ForEachImage(images, () =>
        {
            PaddingEmitter.EmitClearColumns(writer, plan.Output, "outputGradient");
            PaddingEmitter.EmitClearLanes(writer, plan.Output, "outputGradient");
            if (geometry.Operator.HasBias)
            {
                ProductEmitter.EmitCalls(writer, [WeightGradientProducts.Bias(plan.Output)], "", "outputGradient", "biasGradient");
            }

            string read = EmitCopy(writer, plan.Input, "input", backward.Source, "scratch");
            if (geometry.IsDepthwise)
            {
                EmitDepthwiseGradients(writer, plan, geometry, backward, read);
                return;
            }

            ProductEmitter.EmitCalls(
                writer,
                WeightGradientProducts.Weights(geometry, backward.Source, plan.Output),
                geometry.IsBlocked ? read : "outputGradient",
                geometry.IsBlocked ? "outputGradient" : read,
                "weightGradient");
            if (backward.Data is { } data)
            {
                EmitDataGradient(writer, plan, backward, data);
            }
        });
    }

    private static void EmitDepthwiseGradients(StepWriter writer, NodePlan plan, ConvolutionGeometry geometry, Backward backward, string read)
    {
        DepthwiseWeightGradient.EmitCall(writer, geometry, backward.Source, read, plan.Output);
        if (plan.NeedsInputGradient)
        {
            // What the weights' gradient has read may be overwritten.
            bool direct = backward.Source == plan.Input;
            DepthwiseKernels.EmitDataGradient(writer, geometry, plan.Output, backward.Source, direct ? "inputGradient" : "scratch");
            if (!direct)
            {
                CopyEmitter.EmitCall(writer, backward.Source, "scratch", plan.Input, "inputGradient");
            }
        }
    }

    private static void EmitDataGradient(StepWriter writer, NodePlan plan, Backward backward, DataGradientProducts data)
    {
        writer.Writer.Line($"ref float bordered = ref {Refs.At("scratch", backward.SourceFloats)};");
        CopyEmitter.EmitCall(writer, plan.Output, "outputGradient", data.Source, "bordered");
        bool direct = data.Target == plan.Input;
        string target = "inputGradient";
        if (!direct)
        {
            target = "planes";
            writer.Writer.Line($"ref float planes = ref {Refs.At("scratch", backward.SourceFloats + data.Source.Floats)};");
        }

        if (data.HasGaps)
        {
            writer.Writer.Line($"MemoryMarshal.CreateSpan(ref {target}, {data.Target.Floats}).Clear();");
        }

        ProductEmitter.EmitCalls(
            writer,
            data.Calls(),
            data.IsBlocked ? "bordered" : "weights",
            data.IsBlocked ? "packedWeights" : "bordered",
            target);
        if (!direct)
        {
            CopyEmitter.EmitCall(writer, data.Target, "planes", plan.Input, "inputGradient");
        }
    }

    /// <summary>The views of a backward step and the scratch memory that they take, one after the other.</summary>
    private sealed record Backward(TensorView Source, int SourceFloats, DataGradientProducts? Data, int ScratchFloats)
    {
        public static Backward Of(NodePlan plan)
        {
            ConvolutionGeometry geometry = Geometry(plan);
            TensorView source = geometry.IsDepthwise ? SourceView(geometry, plan.Input) : WeightGradientProducts.Source(geometry, plan.Input);
            int floats = source == plan.Input ? 0 : source.Floats;
            DataGradientProducts? data = plan.NeedsInputGradient && !geometry.IsDepthwise ? new DataGradientProducts(geometry, plan.Input) : null;
            int dataFloats = data is null ? 0 : data.Source.Floats + (data.Target == plan.Input ? 0 : data.Target.Floats);
            return new Backward(source, floats, data, floats + dataFloats);
        }
    }
}
