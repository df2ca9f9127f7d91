using NetGen.Generator.Collections;
using NetGen.Generator.Diagnostics;
using NetGen.Generator.Graph.FullyConvolutional;

namespace NetGen.Generator.Graph.Ops;

/// <summary>A map made larger by whole factors (PyTorch's <c>Upsample</c>).</summary>
internal sealed record UpsampleOp(int ScaleH, int ScaleW, UpsampleForm Form, bool AlignCorners) : Operator
{
    public override GradientRule Gradient => new(ReadsInput: false, ReadsOutput: false);

    public override string Description => $"Upsample {TextOf.Pair(ScaleH, ScaleW)}"
        + (Form == UpsampleForm.Bilinear ? ", bilinear" : "") + (AlignCorners ? ", corners aligned" : "");

    // What is too large comes here to be measured.
    public override TensorShape InferShape(EquatableArray<TensorShape> inputs) => new(
        inputs[0].Channels,
        (int)Math.Min((long)inputs[0].Height * ScaleH, int.MaxValue),
        (int)Math.Min((long)inputs[0].Width * ScaleW, int.MaxValue));

    public override SlidingOperator Slide(SlidingValue input) => AlignCorners
        ? SlidingOperator.Refuse("aligns the corners of a window's map, which the image's lacks; leave AlignCorners out")
        : new(this) { Scale = new(ScaleH, ScaleW), SeesNeighbours = Form != UpsampleForm.Nearest };
}

/// <summary>Where the elements come from; the values are those of <c>NetGen.UpsampleMode</c>.</summary>
internal enum UpsampleForm
{
    Nearest = 0,
    Bilinear = 1,
}

/// <summary><c>[Upsample]</c>.</summary>
internal sealed class UpsampleDefinition : OperatorDefinition
{
    public override string NameStem => "upsample";

    public override Operator? Create(LayerArguments arguments, TensorShape? input, LayerProblems problems)
    {
        SizePair? scale = SizeArguments.Positional("scale", "scaleHeight", "scaleWidth", arguments, problems);
        var form = (UpsampleForm)arguments.Integer("Mode", (int)UpsampleForm.Nearest);
        bool alignCorners = arguments.Flag("AlignCorners", false);
        if (form is not (UpsampleForm.Nearest or UpsampleForm.Bilinear))
        {
            problems.Error(DiagnosticIds.UnknownMode, TextOf.Integer((int)form), "UpsampleMode.Nearest or UpsampleMode.Bilinear");
            form = UpsampleForm.Nearest;
        }
        else if (alignCorners && form == UpsampleForm.Nearest)
        {
            problems.Error(DiagnosticIds.CornersOfNearest);
        }

        bool isMap = WindowArguments.RequireFeatureMap(Name, input, problems);
        return scale is { } s && isMap ? new UpsampleOp(s.Height, s.Width, form, alignCorners) : null;
    }
}
