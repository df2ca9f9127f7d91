using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Ops;
using NetGen.Generator.Schedule;

namespace NetGen.Generator.Emission.Kernels;

/// <summary>
/// Multiplies values that lie alike, and numbers for each of their channels. The gradient of each is that of the product times the others;
/// of a number, the sum of these over its channel.
/// </summary>
internal sealed class MultiplyEmitter : OperatorEmitter<MultiplyOp>
{
    public override TensorView ChooseInputView(IReadOnlyList<JoinedInput> inputs, int input)
    {
        TensorView view = inputs[input].View;
        if (inputs[input].Shape != inputs[0].Shape)
        {
            return view.IsInPyTorchOrder ? view
                : inputs[input].Shape.IsVector ? TensorView.DenseInArena(view.Shape)
                : TensorView.Blocked(view.Shape);
        }

        // Inputs of the product's shape come first.
        JoinedInput[] alike = [.. inputs.TakeWhile(other => other.Shape == inputs[0].Shape)];
        return alike.All(other => other.View == view) ? view : JoinLayout.InputView(alike, input);
    }

    public override TensorView ChooseView(Node node, TensorView input, TensorShape output) =>
        output.IsVector && input.IsInPyTorchOrder ? TensorView.Vector(output.Channels) : input;

    public override bool CanShare(NodePlan plan) => WorkSharing.PaysToMove(plan.Output);

    public override string Inspection(Node node, string arguments) => $"Multiply({arguments})";

    public override void EmitForward(Step step, StepWriter writer)
    {
        NodePlan plan = step.Plan;
        ActivationOperator? activation = plan.Node.Activation;
        writer.ForEachImage(step, [("output", "destination", step.Output.ImageStride)], inputs => EmitProduct(
            writer, plan, Factors(plan, inputs), "output", ActivationEmitter.InRegisters(activation), canShare: true));
        ActivationEmitter.EmitPass(writer, activation, step);
    }

    public override void EmitBackward(Step step, StepWriter writer)
    {
        NodePlan plan = step.Plan;
        ActivationEmitter.EmitGradientPass(writer, plan.Node.Activation, plan.Output.Floats);
        Place?[] gradients = [step.InputGradient, .. step.Others.Select(other => other.Gradient)];
        var references = new List<(string, string, int)> { ("outputGradient", "destinationGradient", step.OutputGradient!.ImageStride) };
        for (int input = 0; input < gradients.Length; input++)
        {
            if (gradients[input] is { } gradient)
            {
                references.Add(($"inputGradient{input + 1}", input == 0 ? "sourceGradient" : $"sourceGradient{input + 1}", gradient.ImageStride));
            }
        }

        writer.ForEachImage(step, references, inputs =>
        {
            PaddingEmitter.EmitClearColumns(writer, plan.Output, "outputGradient");
            PaddingEmitter.EmitClearLanes(writer, plan.Output, "outputGradient");
            Factor[] factors = Factors(plan, inputs);
            for (int input = 0; input < factors.Length; input++)
            {
                if (gradients[input] is null)
                {
                    continue;
                }

                Factor[] others = [new("outputGradient", IsGate: false), .. factors.Where((_, i) => i != input)];
                string gradient = $"inputGradient{input + 1}";
                if (factors[input].IsGate)
                {
                    GatedProduct.EmitSumCall(writer, plan.Output, others, gradient, plan.Others[input - 1].View);
                }
                else
                {
                    EmitProduct(writer, plan, others, gradient);
                }
            }
        });
    }

    private static void EmitProduct(
        StepWriter writer, NodePlan plan, Factor[] factors, string destination, ActivationOperator? activation = null, bool canShare = false)
    {
        if (factors.Any(factor => factor.IsGate))
        {
            GatedProduct.EmitCall(writer, plan.Output, factors, destination, activation, canShare);
        }
        else
        {
            string[] references = [.. factors.Select(factor => factor.Reference)];
            ElementwiseFold.EmitCall(writer, Fold.Product, references, destination, plan.Output.Floats, activation, canShare);
        }
    }

    private static Factor[] Factors(NodePlan plan, IReadOnlyList<string> inputs) =>
        [.. inputs.Select((input, i) => new Factor(input, i > 0 && plan.Others[i - 1].Shape != plan.InputShape))];
}
