using NetGen.Generator.Graph;
using NetGen.Generator.Schedule;

namespace NetGen.Generator.Emission.Kernels;

/// <summary>
/// An elementwise operator with one trained weight for each channel of a map or each element of a vector, or one for all. A weight's gradient is
/// the sum over the elements that it has.
/// </summary>
internal abstract class ChannelWeightEmitter<TOperator> : OperatorEmitter<TOperator>
    where TOperator : ChannelWeightOperator
{
    /// <summary>The operator in names and comments.</summary>
    protected abstract string Stem { get; }

    /// <summary>The result for a vector of elements.</summary>
    protected abstract string Value(VectorWidth width, string x, string weight);

    /// <summary>What a vector of elements adds to the gradient of their weight.</summary>
    protected abstract string WeightGradient(VectorWidth width, string x, string dy);

    /// <summary>The gradient of a vector of elements.</summary>
    protected abstract string InputGradient(VectorWidth width, string x, string dy, string weight);

    public override IReadOnlyList<ParameterStorage> StoreParameters(NodePlan plan) =>
    [
        Shared(plan) ? ParameterStorage.Vector(1)
            : plan.InputShape.IsVector ? ParameterStorage.Flattened(plan.Input)
            : ParameterStorage.Vector(plan.InputShape.Channels),
    ];

    public override bool CanShare(NodePlan plan) => WorkSharing.PaysToMove(plan.Output);

    public override void EmitForward(Step step, StepWriter writer)
    {
        writer.Writer.Line($"ref float weight = ref {Refs.At("parameters", WeightOffset(step))};");
        writer.ForEachImage(
            [("input", "source", step.Input.ImageStride), ("output", "destination", step.Output.ImageStride)],
            () => writer.ForEachWidth(width =>
            {
                var kernel = new Kernel(this, step.Plan, width, writer.TakesRanges);
                string name = writer.Kernels.GetOrAdd(width, kernel.Key, $"{Stem}_{kernel.Name}", (source, method) =>
                {
                    source.Line($"// {Stem} of {kernel.Description}.");
                    source.Line("[MethodImpl(MethodImplOptions.AggressiveOptimization)]");
                    string range = kernel.TakesRange ? ", int first, int end" : "";
                    using (source.Open($"internal static void {method}(ref float input, ref float weight, ref float output{range})"))
                    {
                        kernel.EmitForward(source);
                    }
                });
                writer.Writer.Line($"{name}(ref input, ref weight, ref output{writer.RangeArguments(kernel.Units)});");
            }));
    }

    public override void EmitBackward(Step step, StepWriter writer)
    {
        var images = new List<(string, string, int)>
        {
            ("input", "source", step.Input.ImageStride),
            ("outputGradient", "destinationGradient", step.OutputGradient!.ImageStride),
        };
        string parameters = "ref float input, ref float outputGradient, ref float weightGradient";
        string arguments = "ref input, ref outputGradient, ref weightGradient";
        writer.Writer.Line($"ref float weightGradient = ref {Refs.At("gradients", WeightOffset(step))};");
        bool passesOn = step.InputGradient is not null;
        if (step.InputGradient is { } inputGradient)
        {
            images.Add(("inputGradient", "sourceGradient", inputGradient.ImageStride));
            parameters += ", ref float weight, ref float inputGradient";
            arguments += ", ref weight, ref inputGradient";
            writer.Writer.Line($"ref float weight = ref {Refs.At("parameters", WeightOffset(step))};");
        }

        writer.ForEachImage(images, () =>
        {
            PaddingEmitter.EmitClearColumns(writer, step.Plan.Output, "outputGradient");
            PaddingEmitter.EmitClearLanes(writer, step.Plan.Output, "outputGradient");
            writer.ForEachWidth(width =>
            {
                var kernel = new Kernel(this, step.Plan, width, TakesRange: false);
                string name = writer.Kernels.GetOrAdd(
                    width, (kernel.Key, passesOn), $"{Stem}Gradient_{kernel.Name}{(passesOn ? "" : "_OfWeight")}", (source, method) =>
                    {
                        source.Line($"// Gradient of the {Stem} of {kernel.Description}: of {(passesOn ? "its weights and its input" : "its weights")}.");
                        source.Line("[MethodImpl(MethodImplOptions.AggressiveOptimization)]");
                        using (source.Open($"internal static void {method}({parameters})"))
                        {
                            kernel.EmitBackward(source, passesOn);
                        }
                    });
                writer.Writer.Line($"{name}({arguments});");
            });
        });
    }

    private static bool Shared(NodePlan plan) => plan.OperatorAs<TOperator>().Shared;

    private static int WeightOffset(Step step) => step.ParameterOffset(step.Plan.OperatorAs<TOperator>().WeightName);

    /// <summary>The kernels over one value: of a vector element by element, of a map channel by channel.</summary>
    private sealed record Kernel(ChannelWeightEmitter<TOperator> Emitter, NodePlan Plan, VectorWidth Width, bool TakesRange)
    {
        private TensorView View => Plan.Input;

        private bool IsVector => Plan.InputShape.IsVector;

        public object Key => (Emitter.Stem, View, IsVector, Shared(Plan), TakesRange, Width);

        public string Name => $"{Plan.InputShape.ToString().Replace('×', 'x')}{(Shared(Plan) ? "_Shared" : "")}";

        public string Description => $"{Plan.InputShape}, {(Shared(Plan) ? "one weight for all" : IsVector ? "a weight for each element" : "a weight for each channel")}, "
            + (IsVector ? "as a vector" : View.Layout == TensorLayout.Blocked ? "in blocks of 16 channels" : "in planes");

        /// <summary>What threads share: blocks of 16 elements, planes or blocks of them.</summary>
        public int Units => IsVector ? View.Floats / TensorView.Block : ChannelLoops.Units(View);

        public void EmitForward(SourceWriter source)
        {
            EmitSharedWeight(source);
            if (IsVector)
            {
                string bounds = TakesRange
                    ? $"int i = first * {TensorView.Block}; i < end * {TensorView.Block}"
                    : $"int i = 0; i < {View.Floats}";
                using (source.Open($"for ({bounds}; i += {Width.Lanes})"))
                {
                    EmitValue("i", Shared(Plan) ? "w" : Width.Load(Refs.At("weight", "i")));
                }

                return;
            }

            var loops = new ChannelLoops(source, View, Width);
            loops.ForEachChannel(
                () =>
                {
                    EmitChannelsWeight(source, loops);
                    loops.ForEachVector(i => EmitValue(i, "w"));
                },
                TakesRange);

            void EmitValue(string index, string weight)
            {
                source.Line($"{Width.Type} x = {Width.Load(Refs.At("input", index))};");
                source.Line(Width.Store(Emitter.Value(Width, "x", weight), Refs.At("output", index)));
            }
        }

        public void EmitBackward(SourceWriter source, bool passesOn)
        {
            if (passesOn)
            {
                EmitSharedWeight(source);
            }

            if (Shared(Plan))
            {
                source.Line($"{Width.Type} total = {Width.Zero};");
            }

            if (IsVector)
            {
                EmitVectorGradient(source, passesOn);
            }
            else
            {
                EmitMapGradient(source, passesOn);
            }

            if (Shared(Plan))
            {
                source.Line($"weightGradient += {Width.Class}.Sum(total);");
            }
        }

        private void EmitVectorGradient(SourceWriter source, bool passesOn) =>
            Lanes.ForEachVector(source, Width, (int)View.Shape.Length, "i", (index, offset, count) =>
            {
                string At(string reference) => Refs.At(reference, index, 1, offset);
                EmitElements(source, At, Shared(Plan) ? "w" : Width.Load(At("weight")), passesOn);
                string share = Lanes.First(Width, count, "share", Width.Zero);
                source.Line(Shared(Plan)
                    ? $"total += {share};"
                    : Width.Store($"{Width.Load(At("weightGradient"))} + {share}", At("weightGradient")));
            });

        private void EmitMapGradient(SourceWriter source, bool passesOn)
        {
            var loops = new ChannelLoops(source, View, Width);
            loops.ForEachChannel(() =>
            {
                if (passesOn)
                {
                    EmitChannelsWeight(source, loops);
                }

                loops.Sum(["sum"], (i, ofRow) =>
                {
                    EmitElements(source, reference => Refs.At(reference, i), "w", passesOn);
                    source.Line($"{ofRow("sum")} += share;");
                });
                if (Shared(Plan))
                {
                    source.Line("total += sum;");
                }
                else
                {
                    loops.EmitStore("sum", "weightGradient", add: true);
                }
            });
        }

        /// <summary>Declares <c>share</c>, what a vector of elements gives to the gradient of weights, and stores that of the input.</summary>
        private void EmitElements(SourceWriter source, Func<string, string> at, string weight, bool passesOn)
        {
            source.Line($"{Width.Type} x = {Width.Load(at("input"))};");
            source.Line($"{Width.Type} dy = {Width.Load(at("outputGradient"))};");
            source.Line($"{Width.Type} share = {Emitter.WeightGradient(Width, "x", "dy")};");
            if (passesOn)
            {
                source.Line(Width.Store(Emitter.InputGradient(Width, "x", "dy", weight), at("inputGradient")));
            }
        }

        private void EmitSharedWeight(SourceWriter source)
        {
            if (Shared(Plan))
            {
                source.Line($"{Width.Type} w = {Width.Broadcast("weight")};");
            }
        }

        private void EmitChannelsWeight(SourceWriter source, ChannelLoops loops)
        {
            if (!Shared(Plan))
            {
                source.Line($"{Width.Type} w = {loops.Load("weight")};");
            }
        }
    }
}
