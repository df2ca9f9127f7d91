using NetGen.Generator.Graph.Ops;
using NetGen.Generator.Schedule;

namespace NetGen.Generator.Emission.Kernels;

/// <summary>
/// Zeroes elements by a hash of the step's key, the layer, the image and the element's place, which backward computes again: no mask is
/// stored, and neither micro-batches nor threads nor the vector width change it.
/// </summary>
internal sealed class DropoutEmitter : OperatorEmitter<DropoutOp>
{
    /// <summary>Bits of a hash that are compared, so that signed comparison does.</summary>
    private const int HashBits = 24;

    /// <summary>2³² over the golden ratio: neighbouring elements begin far apart.</summary>
    private const uint ElementStep = 0x9E3779B9;

    public override bool ReadsFrame => true;

    /// <summary>Nothing to do where nothing is dropped.</summary>
    public override bool IsView(NodePlan plan) => plan.OperatorAs<DropoutOp>().Probability == 0;

    public override void EmitForward(Step step, StepWriter writer) =>
        Emit(step, writer, new("input", "source", step.Input.ImageStride), new("output", "destination", step.Output.ImageStride));

    /// <summary>The same elements of the gradient go the same way.</summary>
    public override void EmitBackward(Step step, StepWriter writer) => Emit(
        step,
        writer,
        new("outputGradient", "destinationGradient", step.OutputGradient!.ImageStride),
        new("inputGradient", "sourceGradient", step.InputGradient!.ImageStride));

    private static void Emit(Step step, StepWriter writer, ImageReference from, ImageReference to)
    {
        double probability = step.Plan.OperatorAs<DropoutOp>().Probability;
        string factor = Literals.Float(1 / (1 - probability));
        int threshold = (int)Math.Round(probability * (1 << HashBits));
        writer.ForEachImage([(from.Name, from.Base, from.Stride), (to.Name, to.Base, to.Stride)], () =>
        {
            // The value that the layer makes tells it from the network's other dropout layers.
            writer.Writer.Line($"ulong key = DropoutKeys.OfImage(frame, {step.Plan.Node.Output}, image);");
            writer.ForEachWidth(width =>
            {
                string name = writer.Kernels.GetOrAdd(
                    width, "dropout", "Dropout", (source, method) => EmitKernel(source, method, width));
                writer.Writer.Line($"{name}(ref {from.Name}, ref {to.Name}, {step.Plan.Output.Floats}, key, {threshold}, {factor});");
            });
        });
    }

    private static void EmitKernel(SourceWriter source, string method, VectorWidth width)
    {
        string type = $"{width.Class}<uint>";
        source.Line("// Zeroes the elements whose hash is below a threshold and scales the others. The hash is Wellons' lowbias32 of the");
        source.Line("// element's index, with the key's halves added at the start and mixed in between;");
        source.Line($"// its upper {HashBits} bits are compared.");
        source.Line("[MethodImpl(MethodImplOptions.AggressiveOptimization)]");
        string parameters = "ref float input, ref float output, int length, ulong key, int threshold, float scale";
        using (source.Open($"internal static void {method}({parameters})"))
        {
            source.Line($"{type} counter = {width.Broadcast("(uint)key", "uint")} + ({type}.Indices * {Multiple(1)});");
            source.Line($"{type} high = {width.Broadcast("(uint)(key >> 32)", "uint")};");
            source.Line($"{width.Class}<int> limit = {width.Broadcast("threshold", "int")};");
            using (source.Open($"for (int i = 0; i < length; i += {width.Lanes})"))
            {
                source.Line($"{type} hash = (counter ^ (counter >>> 16)) * 0x7FEB352Du;");
                source.Line("hash = (hash ^ (hash >>> 15) ^ high) * 0x846CA68Bu;");
                source.Line("hash ^= hash >>> 16;");
                string compared = $"(hash >>> {32 - HashBits}).AsInt32()";
                source.Line($"{width.Type} kept = {width.Class}.GreaterThanOrEqual({compared}, limit).AsSingle();");
                source.Line(width.Store($"({width.Load(Refs.At("input", "i"))} * scale) & kept", Refs.At("output", "i")));
                source.Line($"counter += {width.Broadcast(Multiple(width.Lanes), "uint")};");
            }
        }
    }

    private static string Multiple(int elements) => $"0x{unchecked(ElementStep * (uint)elements):X8}u";

    /// <summary>What moves from image to image: the reference's name, the one that it starts from, and the floats between images.</summary>
    private readonly record struct ImageReference(string Name, string Base, int Stride);
}
