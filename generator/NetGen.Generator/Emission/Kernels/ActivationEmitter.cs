using NetGen.Generator.Graph;
using NetGen.Generator.Schedule;

namespace NetGen.Generator.Emission.Kernels;

/// <summary>
/// Writes elementwise functions: as an expression inside another kernel where that takes a few instructions, else as a pass of its
/// own. A pass covers whole buffers, the gaps between elements included; what it makes there nobody reads.
/// </summary>
internal abstract class ActivationEmitter : OperatorEmitter
{
    /// <summary>The function of vector <paramref name="x"/>, as a primary expression.</summary>
    protected abstract string Value(ActivationOperator activation, VectorWidth width, string x);

    /// <summary>The gradient of the input, as a primary expression.</summary>
    /// <param name="kept">The result; the argument where the operator's <see cref="ActivationOperator.GradientReadsInput"/> says so.</param>
    /// <param name="dy">The gradient of the result.</param>
    protected abstract string Gradient(ActivationOperator activation, VectorWidth width, string kept, string dy);

    /// <summary>Whether the value is so few instructions that a register tile may end with it.</summary>
    protected virtual bool IsCheap => false;

    /// <summary>The number, as source, that the value is the maximum of with x; null where it is another function.</summary>
    protected virtual string? Floor => null;

    /// <summary>
    /// The number, as source, that values are raised to: kernels that take it as an argument serve layers without an activation and with ReLU
    /// alike. Null for every other activation.
    /// </summary>
    public static string? FloorOf(ActivationOperator? activation) => activation is null ? "float.NegativeInfinity" : EmitterOf(activation).Floor;

    /// <summary>The maximum of a floor and <paramref name="x"/>; the floor comes first, since x86 then lets NaN through.</summary>
    public static string Raise(VectorWidth width, string floor, string x) => $"{width.Class}.MaxNative({floor}, {x})";

    /// <summary>The activation that a register tile applies before it stores; null for none and for what takes a pass of its own.</summary>
    public static ActivationOperator? InRegisters(ActivationOperator? activation) =>
        activation is not null && EmitterOf(activation).IsCheap ? activation : null;

    public static string Apply(ActivationOperator? activation, VectorWidth width, string x) =>
        activation is null ? x : EmitterOf(activation).Value(activation, width, x);

    /// <summary>Writes the pass over all the images' results for an activation that did not fit into registers.</summary>
    public static void EmitPass(StepWriter writer, ActivationOperator? activation, Step step)
    {
        if (activation is not null && InRegisters(activation) is null)
        {
            writer.Meet();
            EmitForwardPass(writer, activation, "destination", "destination", step);
        }
    }

    /// <summary>Writes the pass that turns the gradient of an activation's result into that of its input, in place.</summary>
    public static void EmitGradientPass(StepWriter writer, ActivationOperator? activation, int imageFloats)
    {
        if (activation is null)
        {
            return;
        }

        (string kept, string reference) = activation.GradientReadsInput ? ("argument", "source") : ("result", "destination");
        writer.ForEachWidth(width =>
        {
            string name = writer.Kernels.GetOrAdd(
                width,
                (activation, "gradient"),
                $"{StemOf(activation)}Gradient",
                (kernel, method) => EmitLoop(
                    kernel,
                    $"// Gradient of {activation.Description} from its {kept}, in place.",
                    $"{method}(ref float {kept}, ref float gradient, int length)",
                    width,
                    EmitterOf(activation).Gradient(activation, width, width.Load(Refs.At(kept, "i")), width.Load(Refs.At("gradient", "i"))),
                    Refs.At("gradient", "i")));
            writer.Writer.Line($"{name}(ref {reference}, ref destinationGradient, count * {imageFloats});");
        });
    }

    public override bool CanShare(NodePlan plan) => WorkSharing.PaysToMove(plan.Output);

    public sealed override string Inspection(Node node, string arguments) =>
        $"Apply({arguments}, static x => {Apply((ActivationOperator)node.Operator, VectorWidth.V128, "x")})";

    public override void EmitForward(Step step, StepWriter writer) => EmitForwardPass(
        writer, (ActivationOperator)step.Plan.Node.Operator, "source", "destination", step);

    public override void EmitBackward(Step step, StepWriter writer) => EmitGradientPass(
        writer, (ActivationOperator)step.Plan.Node.Operator, step.Plan.Output.Floats);

    private static void EmitForwardPass(StepWriter writer, ActivationOperator activation, string source, string destination, Step step)
    {
        // One image's result may be a part of what lies one stride apart for a whole group.
        int imageStride = step.Plan.Images == 1 ? step.Plan.Output.Floats : step.Output.ImageStride;
        writer.ForEachWidth(width =>
        {
            string name = writer.Kernels.GetOrAdd(
                width,
                activation,
                StemOf(activation),
                (kernel, method) => EmitLoop(
                    kernel,
                    $"// {activation.Description}, elementwise.",
                    $"{method}(ref float source, ref float destination, int length)",
                    width,
                    EmitterOf(activation).Value(activation, width, width.Load(Refs.At("source", "i"))),
                    Refs.At("destination", "i")));
            if (writer.Split == WorkSplit.Shared)
            {
                // Whole vectors of every width.
                string blocks = $"count * {imageStride / TensorView.Block}";
                writer.Writer.Line($"int first = share.First({blocks}) * {TensorView.Block};");
                writer.Writer.Line($"int length = (share.End({blocks}) * {TensorView.Block}) - first;");
                writer.Writer.Line($"{name}(ref {Refs.At(source, "first")}, ref {Refs.At(destination, "first")}, length);");
            }
            else
            {
                writer.Writer.Line($"{name}(ref {source}, ref {destination}, count * {imageStride});");
            }
        });
    }

    private static void EmitLoop(SourceWriter kernel, string comment, string signature, VectorWidth width, string value, ElementRef at)
    {
        kernel.Line(comment);
        kernel.Line("[MethodImpl(MethodImplOptions.AggressiveOptimization)]");
        using (kernel.Open($"internal static void {signature}"))
        using (kernel.Open($"for (int i = 0; i < length; i += {width.Lanes})"))
        {
            kernel.Line(width.Store(value, at));
        }
    }

    private static ActivationEmitter EmitterOf(ActivationOperator activation) => (ActivationEmitter)OperatorEmitters.For(activation);

    /// <summary>An activation's name as part of a method's.</summary>
    public static string StemOf(ActivationOperator activation)
    {
        string name = activation.GetType().Name;
        return name.Substring(0, name.Length - "Op".Length);
    }
}

/// <inheritdoc/>
internal abstract class ActivationEmitter<TActivation> : ActivationEmitter
    where TActivation : ActivationOperator
{
    public sealed override Type OperatorType => typeof(TActivation);

    protected abstract string Value(TActivation activation, VectorWidth width, string x);

    protected abstract string Gradient(TActivation activation, VectorWidth width, string kept, string dy);

    protected sealed override string Value(ActivationOperator activation, VectorWidth width, string x) =>
        Value((TActivation)activation, width, x);

    protected sealed override string Gradient(ActivationOperator activation, VectorWidth width, string kept, string dy) =>
        Gradient((TActivation)activation, width, kept, dy);
}
