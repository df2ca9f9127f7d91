using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Ops;
using NetGen.Generator.Schedule;

namespace NetGen.Generator.Emission.Kernels;

/// <summary>x where it is positive, slope · x elsewhere. A slope's gradient is the sum of x · dy over the elements below zero that it has.</summary>
internal sealed class PReLUEmitter : OperatorEmitter<PReLUOp>
{
    public override IReadOnlyList<ParameterStorage> StoreParameters(NodePlan plan) =>
    [
        Shared(plan) ? ParameterStorage.Vector(1)
            : plan.InputShape.IsVector ? ParameterStorage.Flattened(plan.Input)
            : ParameterStorage.Vector(plan.InputShape.Channels),
    ];

    public override bool CanShare(NodePlan plan) => WorkSharing.PaysToMove(plan.Output);

    public override void EmitForward(Step step, StepWriter writer)
    {
        writer.Writer.Line($"ref float weight = ref {Refs.At("parameters", step.ParameterOffset("weight"))};");
        writer.ForEachImage(
            [("input", "source", step.Input.ImageStride), ("output", "destination", step.Output.ImageStride)],
            () => writer.ForEachWidth(width =>
            {
                var kernel = new Kernel(step.Plan, width, writer.TakesRanges);
                string name = writer.Kernels.GetOrAdd(width, kernel.Key, $"PReLU_{kernel.Name}", (source, method) =>
                {
                    source.Line($"// PReLU of {kernel.Description}.");
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
        writer.Writer.Line($"ref float weightGradient = ref {Refs.At("gradients", step.ParameterOffset("weight"))};");
        bool passesOn = step.InputGradient is not null;
        if (step.InputGradient is { } inputGradient)
        {
            images.Add(("inputGradient", "sourceGradient", inputGradient.ImageStride));
            parameters += ", ref float weight, ref float inputGradient";
            arguments += ", ref weight, ref inputGradient";
            writer.Writer.Line($"ref float weight = ref {Refs.At("parameters", step.ParameterOffset("weight"))};");
        }

        writer.ForEachImage(images, () =>
        {
            PaddingEmitter.EmitClearColumns(writer, step.Plan.Output, "outputGradient");
            PaddingEmitter.EmitClearLanes(writer, step.Plan.Output, "outputGradient");
            writer.ForEachWidth(width =>
            {
                var kernel = new Kernel(step.Plan, width, TakesRange: false);
                string name = writer.Kernels.GetOrAdd(
                    width, (kernel.Key, passesOn), $"PReLUGradient_{kernel.Name}{(passesOn ? "" : "_OfSlope")}", (source, method) =>
                    {
                        source.Line($"// Gradient of the PReLU of {kernel.Description}: of {(passesOn ? "its slopes and its input" : "its slopes")}.");
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

    private static bool Shared(NodePlan plan) => plan.OperatorAs<PReLUOp>().Shared;

    /// <summary>The kernels over one value: of a vector element by element, of a map channel by channel.</summary>
    private sealed record Kernel(NodePlan Plan, VectorWidth Width, bool TakesRange)
    {
        private TensorView View => Plan.Input;

        private bool IsVector => Plan.InputShape.IsVector;

        public object Key => ("PReLU", View, IsVector, Shared(Plan), TakesRange, Width);

        public string Name => $"{Plan.InputShape.ToString().Replace('×', 'x')}{(Shared(Plan) ? "_Shared" : "")}";

        public string Description => $"{Plan.InputShape}, {(Shared(Plan) ? "one slope for all" : IsVector ? "a slope for each element" : "a slope for each channel")}, "
            + (IsVector ? "as a vector" : View.Layout == TensorLayout.Blocked ? "in blocks of 16 channels" : "in planes");

        /// <summary>What threads share: blocks of 16 elements, planes or blocks of them.</summary>
        public int Units => IsVector ? View.Floats / TensorView.Block : ChannelLoops.Units(View);

        public void EmitForward(SourceWriter source)
        {
            EmitSharedSlope(source);
            if (IsVector)
            {
                string bounds = TakesRange
                    ? $"int i = first * {TensorView.Block}; i < end * {TensorView.Block}"
                    : $"int i = 0; i < {View.Floats}";
                using (source.Open($"for ({bounds}; i += {Width.Lanes})"))
                {
                    EmitValue("i", Shared(Plan) ? "slope" : Width.Load(Refs.At("weight", "i")));
                }

                return;
            }

            var loops = new ChannelLoops(source, View, Width);
            loops.ForEachChannel(
                () =>
                {
                    EmitChannelsSlope(source, loops);
                    loops.ForEachVector(i => EmitValue(i, "slope"));
                },
                TakesRange);

            void EmitValue(string index, string slope)
            {
                source.Line($"{Width.Type} x = {Width.Load(Refs.At("input", index))};");
                string value = $"{Width.Class}.ConditionalSelect({Width.Class}.LessThanOrEqual(x, {Width.Zero}), x * {slope}, x)";
                source.Line(Width.Store(value, Refs.At("output", index)));
            }
        }

        public void EmitBackward(SourceWriter source, bool passesOn)
        {
            if (passesOn)
            {
                EmitSharedSlope(source);
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
                EmitElements(source, At, Shared(Plan) ? "slope" : Width.Load(At("weight")), passesOn);
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
                    EmitChannelsSlope(source, loops);
                }

                loops.Sum(["sum"], (i, ofRow) =>
                {
                    EmitElements(source, reference => Refs.At(reference, i), "slope", passesOn);
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

        /// <summary>Declares <c>share</c>, what a vector of elements gives to the gradient of slopes, and stores that of the input.</summary>
        private void EmitElements(SourceWriter source, Func<string, string> at, string slope, bool passesOn)
        {
            source.Line($"{Width.Type} x = {Width.Load(at("input"))};");
            source.Line($"{Width.Type} dy = {Width.Load(at("outputGradient"))};");
            source.Line($"{Width.Type} below = {Width.Class}.LessThanOrEqual(x, {Width.Zero});");
            source.Line($"{Width.Type} share = (x * dy) & below;");
            if (passesOn)
            {
                source.Line(Width.Store($"{Width.Class}.ConditionalSelect(below, dy * {slope}, dy)", at("inputGradient")));
            }
        }

        private void EmitSharedSlope(SourceWriter source)
        {
            if (Shared(Plan))
            {
                source.Line($"{Width.Type} slope = {Width.Broadcast("weight")};");
            }
        }

        private void EmitChannelsSlope(SourceWriter source, ChannelLoops loops)
        {
            if (!Shared(Plan))
            {
                source.Line($"{Width.Type} slope = {loops.Load("weight")};");
            }
        }
    }
}
