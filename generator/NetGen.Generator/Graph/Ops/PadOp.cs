using NetGen.Generator.Collections;
using NetGen.Generator.Diagnostics;
using NetGen.Generator.Graph.FullyConvolutional;

namespace NetGen.Generator.Graph.Ops;

/// <summary>A border around a map.</summary>
/// <param name="Value">Every element of a constant border; 0 otherwise.</param>
internal sealed record PadOp(int Top, int Bottom, int Left, int Right, PadForm Form, double Value) : Operator
{
    public override GradientRule Gradient => new(ReadsInput: false, ReadsOutput: false);

    public override string Description
    {
        get
        {
            string size = Top == Bottom && Left == Right ? TextOf.Pair(Top, Left) : $"{Top}+{Bottom}×{Left}+{Right}";
            string of = Form switch
            {
                PadForm.Reflect => ", reflected",
                PadForm.Replicate => ", replicated",
                _ => Value == 0 ? "" : $", of {TextOf.Number(Value)}",
            };
            return $"Pad {size}{of}";
        }
    }

    public override TensorShape InferShape(EquatableArray<TensorShape> inputs) =>
        inputs[0] with { Height = Top + inputs[0].Height + Bottom, Width = Left + inputs[0].Width + Right };

    public override SlidingOperator Slide(SlidingValue input) => new(this) { SeesNeighbours = Top + Bottom + Left + Right > 0 };
}

/// <summary>What a border is made of; the values are those of <c>NetGen.PadMode</c>.</summary>
internal enum PadForm
{
    Constant = 0,
    Reflect = 1,
    Replicate = 2,
}

/// <summary><c>[Pad]</c>.</summary>
internal sealed class PadDefinition : OperatorDefinition
{
    private static readonly string[] s_sides = ["top", "bottom", "left", "right"];

    public override string NameStem => "pad";

    public override Operator? Create(LayerArguments arguments, TensorShape? input, LayerProblems problems)
    {
        int[]? sizes = ReadSizes(arguments, problems);
        var form = (PadForm)arguments.Integer("Mode", (int)PadForm.Constant);
        double value = arguments.Number("Value", 0);
        if (form is not (PadForm.Constant or PadForm.Reflect or PadForm.Replicate))
        {
            problems.Error(DiagnosticIds.UnknownMode, TextOf.Integer((int)form), "PadMode.Constant, PadMode.Reflect or PadMode.Replicate");
            form = PadForm.Constant;
        }
        else if (form != PadForm.Constant && arguments.IsSet("Value"))
        {
            problems.Error(DiagnosticIds.ContradictoryArguments, "Value", "Mode");
            value = 0;
        }

        if (double.IsNaN(value) || float.IsInfinity((float)value))
        {
            problems.Error(DiagnosticIds.PadValueNotFinite, TextOf.Number(value));
            value = 0;
        }

        bool isMap = WindowArguments.RequireFeatureMap(Name, input, problems);
        return sizes is not null && isMap && input is { } shape && CheckSizes(sizes, form, shape, problems)
            ? new PadOp(sizes[0], sizes[1], sizes[2], sizes[3], form, value)
            : null;
    }

    private static int[]? ReadSizes(LayerArguments arguments, LayerProblems problems)
    {
        string[] names = arguments.IsSet("size") ? ["size"] : s_sides;
        bool bad = false;
        foreach (string name in names.Where(name => arguments.Integer(name, 0) < 0))
        {
            problems.Error(DiagnosticIds.NegativePadding, name, TextOf.Integer(arguments.Integer(name, 0)));
            bad = true;
        }

        return bad ? null : s_sides.Select(side => arguments.Integer(names.Length == 1 ? "size" : side, 0)).ToArray();
    }

    private static bool CheckSizes(int[] sizes, PadForm form, TensorShape input, LayerProblems problems)
    {
        if (!WindowArguments.CheckPaddedSize(input, (long)sizes[0] + sizes[1], (long)sizes[2] + sizes[3], problems))
        {
            return false;
        }

        int height = Math.Max(sizes[0], sizes[1]), width = Math.Max(sizes[2], sizes[3]);
        if (form != PadForm.Reflect || (height < input.Height && width < input.Width))
        {
            return true;
        }

        problems.Error(
            DiagnosticIds.ReflectionTooWide,
            TextOf.Pair(height, width),
            FormattableString.Invariant($"{input.Height}×{input.Width}"),
            TextOf.Pair(input.Height - 1, input.Width - 1));
        return false;
    }
}
