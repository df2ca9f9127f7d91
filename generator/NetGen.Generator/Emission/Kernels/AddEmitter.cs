using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Ops;
using NetGen.Generator.Schedule;

namespace NetGen.Generator.Emission.Kernels;

/// <summary>Adds values that lie alike, buffer by buffer; the gradient of each is that of the sum.</summary>
internal sealed class AddEmitter : OperatorEmitter<AddOp>
{
    public override TensorView ChooseInputView(IReadOnlyList<JoinedInput> inputs, int input) =>
        inputs.All(other => other.View == inputs[0].View) ? inputs[0].View : JoinLayout.InputView(inputs, input);

    public override TensorView ChooseView(Node node, TensorView input, TensorShape output) =>
        output.IsVector && input.IsInPyTorchOrder ? TensorView.Vector(output.Channels) : input;

    public override bool CanShare(NodePlan plan) => WorkSharing.PaysToMove(plan.Output);

    public override string Inspection(Node node, string arguments) => $"Add({arguments})";

    public override void EmitForward(Step step, StepWriter writer)
    {
        ActivationOperator? activation = step.Plan.Node.Activation;
        writer.ForEachImage(step, [("output", "destination", step.Output.ImageStride)], inputs => ElementwiseFold.EmitCall(
            writer, Fold.Sum, inputs, "output", step.Plan.Output.Floats, ActivationEmitter.InRegisters(activation), canShare: true));
        ActivationEmitter.EmitPass(writer, activation, step);
    }

    public override void EmitBackward(Step step, StepWriter writer)
    {
        int floats = step.Plan.Output.Floats;
        ActivationEmitter.EmitGradientPass(writer, step.Plan.Node.Activation, floats);
        EmitCopy("sourceGradient", step.InputGradient);
        for (int other = 0; other < step.Others.Count; other++)
        {
            EmitCopy($"sourceGradient{other + 2}", step.Others[other].Gradient);
        }

        void EmitCopy(string name, Place? gradient)
        {
            if (gradient is not null)
            {
                writer.ForEachImage(
                    [("outputGradient", "destinationGradient", step.OutputGradient!.ImageStride), ("inputGradient", name, gradient.ImageStride)],
                    () => CopyEmitter.EmitSpanCopy(writer.Writer, "outputGradient", "inputGradient", floats));
            }
        }
    }
}
