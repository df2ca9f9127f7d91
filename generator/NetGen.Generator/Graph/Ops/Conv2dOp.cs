using NetGen.Generator.Collections;

namespace NetGen.Generator.Graph.Ops;

/// <summary>Cross-correlation over a feature map (PyTorch's <c>Conv2d</c>).</summary>
internal sealed record Conv2dOp(int OutChannels, Window2d Window, int Groups, bool HasBias) : Operator
{
    public override string NameStem => "conv";

    public override bool AcceptsActivation => true;

    public override GradientRule Gradient => new(ReadsInput: true, ReadsOutput: false);

    public override string Description => "Conv2d";

    public override TensorShape InferShape(EquatableArray<TensorShape> inputs) =>
        new(OutChannels, Window.OutputHeight(inputs[0].Height), Window.OutputWidth(inputs[0].Width));

    public override EquatableArray<ParameterSpec> Parameters(EquatableArray<TensorShape> inputs)
    {
        int groupChannels = inputs[0].Channels / Groups;
        int fanIn = groupChannels * Window.KernelH * Window.KernelW;
        int fanOut = OutChannels / Groups * Window.KernelH * Window.KernelW;
        var weight = new ParameterSpec("weight", EquatableArray.Of(OutChannels, groupChannels, Window.KernelH, Window.KernelW), fanIn, fanOut);
        return HasBias ? EquatableArray.Of(weight, new ParameterSpec("bias", EquatableArray.Of(OutChannels), 0, 0)) : EquatableArray.Of(weight);
    }

    public override long MultiplyAdds(EquatableArray<TensorShape> inputs) =>
        InferShape(inputs).Length * (inputs[0].Channels / Groups) * Window.KernelH * Window.KernelW;
}
