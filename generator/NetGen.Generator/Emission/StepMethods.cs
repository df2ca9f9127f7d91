using System.Text.RegularExpressions;
using NetGen.Generator.Collections;
using NetGen.Generator.Declaration;
using NetGen.Generator.Graph;
using NetGen.Generator.Schedule;

namespace NetGen.Generator.Emission;

/// <summary>
/// Writes the steps' methods, and the calls of them. Steps that do the same on memory of their own, or differ in numbers that are arguments, have
/// one method, which bears the name of the first: layers of equal shape or of equal maps, and a layer in inference and in training.
/// </summary>
internal sealed class StepMethods(NetworkSchedule schedule)
{
    private readonly Dictionary<Node, long> _keptLoops = new();

    private readonly Dictionary<string, (string Name, string Layer)> _methods = new(StringComparer.Ordinal);
    private readonly SourceWriter _sources = new();

    // One algorithm's kernels are not compiled with what another's need.
    private readonly HashSet<Type> _algorithmsOfSums =
        [.. schedule.Inference.Steps.Where(step => step.Plan is { Addend: not null, Choice: not null }).Select(step => step.Plan.Choice!.GetType())];

    /// <summary>The kernels that the steps call.</summary>
    public KernelLibrary Kernels { get; } = new();

    /// <summary>The layers with a kernel that the code budget kept loops in, and what unrolling them would come to.</summary>
    public IEnumerable<(Node Layer, long Instructions)> KeptLoops => _keptLoops.Select(kept => (kept.Key, kept.Value));

    /// <summary>The methods written so far.</summary>
    public string Sources => _sources.ToString();

    /// <summary>Writes the forward step's method, if it is not there, and the call of it.</summary>
    /// <param name="isShared">Whether threads share the step; the program then has <c>share</c>.</param>
    public void EmitForward(SourceWriter program, Step step, string count, bool training, bool isShared)
    {
        NodePlan plan = step.Plan;
        OperatorEmitter emitter = OperatorEmitters.For(plan.Node.Operator);
        var references = new References();
        references.Add("source", step.Input);
        references.AddOthers("source", step.Others.Select(other => other.Input));
        references.Add("destination", step.Output);
        references.AddBlock("parameters", step.FirstParameter);
        references.AddBlock("packed", step.Packed);
        references.AddScratch("scratch", step.Scratch);
        references.AddScratch("partScratch", step.PartScratch);
        WorkSplit split = isShared ? WorkSplit.Shared : schedule.Inference.IsShared ? WorkSplit.Whole : WorkSplit.None;
        Emit(program, step, references, count, "", training && emitter.ReadsFrame, split, emitter.EmitForward);
    }

    /// <summary>Writes the first half of a training step that joins the micro-batches.</summary>
    public void EmitForwardStatistics(SourceWriter program, Step step, string count)
    {
        OperatorEmitter emitter = OperatorEmitters.For(step.Plan.Node.Operator);
        var references = new References();
        references.Add("source", step.Input);
        references.AddScratch("scratch", step.Scratch);
        Emit(program, step, references, count, "Statistics", readsFrame: false, WorkSplit.None, emitter.EmitForwardStatistics);
    }

    /// <summary>The same backward.</summary>
    public void EmitBackwardStatistics(SourceWriter program, Step step, string count)
    {
        OperatorEmitter emitter = OperatorEmitters.For(step.Plan.Node.Operator);
        References references = BackwardReferences(step);
        Emit(program, step, references, count, "BackwardStatistics", emitter.ReadsFrame, WorkSplit.None, emitter.EmitBackwardStatistics);
    }

    public void EmitBackward(SourceWriter program, Step step, string count)
    {
        OperatorEmitter emitter = OperatorEmitters.For(step.Plan.Node.Operator);
        References references = BackwardReferences(step);
        Emit(program, step, references, count, "Backward", emitter.ReadsFrame, WorkSplit.None, emitter.EmitBackward);
    }

    public void EmitPack(SourceWriter program, Step step)
    {
        OperatorEmitter emitter = OperatorEmitters.For(step.Plan.Node.Operator);
        if (emitter.PackedFloats(step.Plan) > 0)
        {
            var references = new References();
            references.AddBlock("parameters", step.FirstParameter);
            references.Add("statistics", Refs.At("parameters", step.FirstStatistic));
            references.AddBlock("packed", step.Packed);
            Emit(program, step, references, null, "Pack", readsFrame: false, WorkSplit.None, emitter.EmitPack);
        }
    }

    private static References BackwardReferences(Step step)
    {
        NodePlan plan = step.Plan;
        GradientRule rule = plan.Node.Operator.Gradient;
        var references = new References();
        references.Add("source", rule.ReadsInput ? step.Input : null);
        references.AddOthers("source", step.Others.Select(other => rule.ReadsInput ? other.Input : null));
        references.Add("destination", rule.ReadsOutput || plan.Node.Activation is not null ? step.Output : null);
        references.Add("destinationGradient", step.OutputGradient);
        references.Add("sourceGradient", step.InputGradient);
        references.AddOthers("sourceGradient", step.Others.Select(other => other.Gradient));
        references.AddBlock("parameters", step.FirstParameter);
        references.AddBlock("gradients", step.FirstParameter);
        references.AddBlock("packed", step.Packed);
        references.AddScratch("scratch", step.Scratch);
        return references;
    }

    private void Emit(
        SourceWriter program,
        Step step,
        References references,
        string? count,
        string suffix,
        bool readsFrame,
        WorkSplit split,
        Action<Step, StepWriter> emitBody)
    {
        var body = new SourceWriter();
        var writer = new StepWriter(body, Kernels, schedule.Unroll, split)
        {
            IsOfOneImage = split == WorkSplit.Shared && step.Plan.Images == 1,
            HasSumsInPlace = step.Plan.Choice is { } choice && _algorithmsOfSums.Contains(choice.GetType()),
        };
        emitBody(step.Relative, writer);
        string text = body.ToString();
        if (count is null && text.Length == 0)
        {
            // What the step reads is derived elsewhere.
            return;
        }

        NoteKeptLoops(step.Plan.Node, writer.UnrolledInstructions);
        references.KeepNamed(text);
        string stem = MethodName(step.Plan.Node.Name) + suffix;
        var parameters = references.Names.Select(name => $"ref float {name}").ToList();
        var arguments = references.Arguments.ToList();
        if (count is not null && Names(text, "count"))
        {
            parameters.Add("int count");
            arguments.Add(count);
        }

        foreach (StepArgument argument in writer.Arguments)
        {
            parameters.Add($"{argument.Type} {argument.Name}");
            arguments.Add($"{argument.Name}: {argument.Value}");
        }

        if (readsFrame)
        {
            parameters.Add("in TrainingFrame frame");
            arguments.Add("in frame");
        }

        if (split == WorkSplit.Shared)
        {
            parameters.Add("in WorkShare share");
            arguments.Add("in share");
        }

        string key = $"({string.Join(", ", parameters)})\n{text}";
        if (!_methods.TryGetValue(key, out (string Name, string Layer) method))
        {
            method = (Kernels.Reserve(Kernels.IsTaken(stem) && step.Plan.Images > 1 ? $"{stem}Batch" : stem), step.Plan.Node.Name);
            _methods.Add(key, method);
            _sources.Line($"// {Describe(step.Plan, suffix)}");
            _sources.Line("[MethodImpl(MethodImplOptions.AggressiveOptimization)]");
            using (_sources.Open($"private static void {method.Name}({string.Join(", ", parameters)})"))
            {
                _sources.Lines(text.TrimEnd('\n'));
            }

            _sources.Line();
        }

        string layer = method.Layer == step.Plan.Node.Name ? "" : $" // {step.Plan.Node.Name}";
        program.Line($"{method.Name}({string.Join(", ", arguments)});{layer}");
    }

    private static bool Names(string text, string variable) => Regex.IsMatch(text, $@"\b{variable}\b");

    private void NoteKeptLoops(Node layer, long instructions)
    {
        if (instructions > CodeBudget.KernelInstructions)
        {
            _keptLoops[layer] = Math.Max(instructions, _keptLoops.TryGetValue(layer, out long known) ? known : 0);
        }
    }

    private static string Describe(NodePlan plan, string suffix)
    {
        Node node = plan.Node;
        string operation = node.Operator.Description
            + (node.Normalization is null ? "" : $", {node.Normalization.Operator.Description} folded in")
            + (plan.Addend is null ? "" : ", added to what is there")
            + (node.Activation is null ? "" : $", {node.Activation.Description}")
            + (plan.Pool is null ? "" : $", {plan.Pool.Description}");
        string direction = suffix switch
        {
            "Backward" => $"gradients of {plan.OutputShape} → {string.Join(", ", plan.InputShapes)}",
            "BackwardStatistics" => $"what the gradients of {plan.OutputShape} need to know of the batch",
            "Statistics" => $"statistics of {string.Join(", ", plan.InputShapes)}",
            "Pack" => "weights repacked",
            _ => $"{string.Join(", ", plan.InputShapes)} → {plan.OutputShape}",
        };
        long multiplyAdds = node.Operator.MultiplyAdds(plan.InputShapes);
        string cost = multiplyAdds > 0 && suffix.Length == 0 ? $"; {Literals.Grouped(multiplyAdds)} multiply-adds an image" : "";
        return $"{node.Name}: {direction}, {operation}{cost}.";
    }

    /// <summary>A layer's name as a method's: <c>features.0</c> is <c>Features_0</c>.</summary>
    private static string MethodName(string layer)
    {
        char[] letters = layer.Select(letter => char.IsLetterOrDigit(letter) ? letter : '_').ToArray();
        letters[0] = char.ToUpperInvariant(letters[0]);
        return (char.IsDigit(letters[0]) ? "Layer" : "") + new string(letters);
    }

    /// <summary>The references that a step's method takes, in their order, and what is passed for them.</summary>
    private sealed class References
    {
        private readonly List<(string Name, string Argument)> _references = new();

        public IEnumerable<string> Names => _references.Select(reference => reference.Name);

        public IEnumerable<string> Arguments => _references.Select(reference => $"ref {reference.Argument}");

        public void Add(string name, Place? place)
        {
            if (place is not null)
            {
                _references.Add((name, place.Memory switch
                {
                    Memory.CallersInput => "input",
                    Memory.CallersOutput => "output",
                    Memory.CallersInputGradients => "inputGradients",
                    Memory.Features => Refs.At("features", place.Offset),
                    _ => Refs.At("arena", place.Offset),
                }));
            }
        }

        /// <summary>The other inputs of a join: <c>source2</c> is the second.</summary>
        public void AddOthers(string name, IEnumerable<Place?> places)
        {
            int number = 2;
            foreach (Place? place in places)
            {
                Add($"{name}{number++}", place);
            }
        }

        public void Add(string name, string argument) => _references.Add((name, argument));

        /// <param name="offset">Where the step's part of the block begins.</param>
        public void AddBlock(string name, int offset) => Add(name, Refs.At(name, offset));

        /// <param name="offset">Its place in the arena; null for the memory that the thread brings.</param>
        public void AddScratch(string name, int? offset) => Add(name, offset is { } place ? Refs.At("arena", place) : "scratch");

        /// <summary>Leaves out what a method does not name.</summary>
        public void KeepNamed(string body) => _references.RemoveAll(reference => !StepMethods.Names(body, reference.Name));
    }
}
