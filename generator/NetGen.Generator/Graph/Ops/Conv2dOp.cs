using NetGen.Generator.Collections;
using NetGen.Generator.Diagnostics;
using NetGen.Generator.Graph.FullyConvolutional;

namespace NetGen.Generator.Graph.Ops;

/// <summary>Cross-correlation over a feature map (PyTorch's <c>Conv2d</c>).</summary>
internal sealed record Conv2dOp(int OutChannels, Window2d Window, int Groups, bool HasBias) : Operator
{
    public override bool AcceptsActivation => true;

    public override bool AcceptsNormalization => true;

    public override GradientRule Gradient => new(ReadsInput: true, ReadsOutput: false);

    /// <summary>Whether it is declared as a convolution over sequences, maps of one row, whose weights have no axis of rows.</summary>
    public bool IsSequence { get; init; }

    /// <summary>How many groups the kernels take as one, with zeros for the weights between them; 1 as it is declared.</summary>
    public int MergedGroups { get; init; } = 1;

    /// <summary>
    /// Whether it stands for a matrix product with the map under its window. The weights keep that one's shape, [out, in · kh · kw], which has
    /// the same elements in the same order.
    /// </summary>
    public bool IsLinear { get; init; }

    public override string Description => (IsLinear ? "Linear as " : "") + (IsSequence ? "Conv1d " + Window.DescribeRow(1) : "Conv2d " + Window.Describe(1, 1)) + (Groups == 1 ? "" : $", groups {Groups}") + (HasBias ? "" : ", no bias");

    public override TensorShape InferShape(EquatableArray<TensorShape> inputs) =>
        new(OutChannels, Window.OutputHeight(inputs[0].Height), Window.OutputWidth(inputs[0].Width));

    public override EquatableArray<ParameterSpec> Parameters(EquatableArray<TensorShape> inputs)
    {
        int groupChannels = inputs[0].Channels / Groups;

        // Parameters that are too many come here to be counted.
        long taps = (long)Window.KernelH * Window.KernelW;
        long fanIn = groupChannels * taps;
        long fanOut = IsLinear ? OutChannels : OutChannels / Groups * taps;
        EquatableArray<int> shape = IsLinear ? EquatableArray.Of(OutChannels, (int)fanIn)
            : IsSequence ? EquatableArray.Of(OutChannels, groupChannels, Window.KernelW)
            : EquatableArray.Of(OutChannels, groupChannels, Window.KernelH, Window.KernelW);
        var weight = new ParameterSpec("weight", shape, fanIn, fanOut);
        return HasBias ? EquatableArray.Of(weight, new ParameterSpec("bias", EquatableArray.Of(OutChannels), 0, 0)) : EquatableArray.Of(weight);
    }

    public override long MultiplyAdds(EquatableArray<TensorShape> inputs) =>
        InferShape(inputs).Length * (inputs[0].Channels / Groups) * Window.KernelH * Window.KernelW;

    public override SlidingOperator Slide(SlidingValue input) => SlidingOperator.Windowed(this, Window);
}

/// <summary><c>[Conv2d]</c>.</summary>
internal sealed class Conv2dDefinition : OperatorDefinition
{
    public override string NameStem => "conv";

    public override Operator? Create(LayerArguments arguments, TensorShape? input, LayerProblems problems) =>
        Create(arguments, input, problems, Name, isSequence: false);

    /// <param name="layer">The name of the attribute.</param>
    /// <param name="isSequence">Whether it is over sequences, maps of one row.</param>
    public static Conv2dOp? Create(LayerArguments arguments, TensorShape? input, LayerProblems problems, string layer, bool isSequence)
    {
        int outChannels = SizeArguments.Positive("outChannels", arguments.Integer("outChannels", 0), problems);
        int groups = SizeArguments.Positive("Groups", arguments.Integer("Groups", 1), problems);
        bool groupsFit = outChannels > 0 && groups > 0 && CheckGroups(groups, outChannels, input, problems);
        Window2d? window = WindowArguments.ReadConvolution(layer, arguments, input, problems, isSequence);
        return groupsFit && window is not null
            ? new Conv2dOp(outChannels, window, groups, arguments.Flag("Bias", true)) { IsSequence = isSequence }
            : null;
    }

    /// <summary>Whether the groups divide the channels on both sides; reports the side that they do not.</summary>
    public static bool CheckGroups(int groups, int outChannels, TensorShape? input, LayerProblems problems)
    {
        if (input is { IsVector: false } shape && shape.Channels % groups != 0)
        {
            problems.Error(
                DiagnosticIds.GroupsDoNotDivideInput,
                TextOf.Integer(groups),
                TextOf.Integer(shape.Channels),
                TextOf.CommonDivisors(shape.Channels, outChannels));
            return false;
        }

        if (outChannels % groups != 0)
        {
            int below = outChannels / groups * groups;
            string remedy = below == 0 ? $"the fewest are {groups}" : $"{below} or {(long)below + groups} would fit";
            problems.Error(DiagnosticIds.GroupsDoNotDivideOutput, TextOf.Integer(groups), TextOf.Integer(outChannels), remedy);
            return false;
        }

        return true;
    }
}
