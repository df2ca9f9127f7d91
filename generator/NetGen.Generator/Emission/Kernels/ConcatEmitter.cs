using NetGen.Generator.Collections;
using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Ops;
using NetGen.Generator.Schedule;

namespace NetGen.Generator.Emission.Kernels;

/// <summary>Copies each value that is not computed there to its channels of the result, and the gradients back.</summary>
internal sealed class ConcatEmitter : OperatorEmitter<ConcatOp>
{
    public override TensorView ChooseInputView(IReadOnlyList<JoinedInput> inputs, int input) => JoinLayout.InputView(inputs, input);

    public override TensorView ChooseView(Node node, TensorView input, TensorShape output) => ChannelSelection.ViewOf(input, output);

    public override bool IsView(NodePlan plan) => plan.IsAllInPlace;

    public override IReadOnlyList<int?> PlacesInResult(NodePlan plan)
    {
        Slice[] slices = Slices(plan).ToArray();
        int[] floats = plan.Others.Select(other => other.View.Floats).Prepend(plan.Input.Floats).ToArray();
        return slices.Select((slice, i) => Fits(slice, floats[i], end: i + 1 < slices.Length ? slices[i + 1].Start : plan.Output.Floats) ? slice.Start : (int?)null).ToArray();

        // Kernels write whole blocks, matrix products whole panels, and begin at a block.
        static bool Fits(Slice slice, int written, int end) => slice is { Shift: 0, EndsWithinBlock: false }
            && slice.Start % TensorView.Block == 0
            && slice.Start + written <= end
            && slice.Input == slice.Output with { Floats = slice.Input.Floats };
    }

    public override bool CanShare(NodePlan plan) => WorkSharing.PaysToMove(plan.Output);

    public override string Inspection(Node node, string arguments) => $"Concat({arguments})";

    public override void EmitForward(Step step, StepWriter writer) => writer.ForEachImage(step, [("output", "destination", step.Output.ImageStride)], inputs =>
    {
        foreach (Slice[] together in WithSharedBlocks(Slices(step.Plan)))
        {
            Slice first = together[0];
            string output = Refs.At("output", first.Start);
            if (together.Length > 1)
            {
                int channels = together.Sum(slice => slice.Input.Shape.Channels);
                TensorShape shape = first.Output.Shape with { Channels = channels };
                ChannelSelection.EmitCall(
                    writer,
                    together.Select(slice => slice.Input).ToEquatableArray(),
                    [.. together.Select(slice => inputs[slice.Number - 1])],
                    Enumerable.Range(0, channels).ToEquatableArray(),
                    first.Output with { Shape = shape, Floats = TensorView.Blocked(shape).Floats },
                    output);
            }
            else if (!IsInPlace(step.Plan, first))
            {
                CopyEmitter.EmitCall(writer, first.Input, inputs[first.Number - 1], first.Output, output, canShare: true);
            }
        }
    });

    public override void EmitBackward(Step step, StepWriter writer)
    {
        Place?[] gradients = [step.InputGradient, .. step.Others.Select(other => other.Gradient)];
        foreach (Slice slice in Slices(step.Plan))
        {
            if (gradients[slice.Number - 1] is { } gradient)
            {
                writer.ForEachImage(
                    [
                        ("outputGradient", "destinationGradient", step.OutputGradient!.ImageStride),
                        ("inputGradient", slice.Number == 1 ? "sourceGradient" : $"sourceGradient{slice.Number}", gradient.ImageStride),
                    ],
                    () => EmitGradient(slice));
            }
        }

        void EmitGradient(Slice slice)
        {
            if (slice.HasWholeBlocks)
            {
                CopyEmitter.EmitCall(writer, slice.Output, Refs.At("outputGradient", slice.Start), slice.Input, "inputGradient");
            }
            else
            {
                EquatableArray<int> channels = Enumerable.Range(slice.FirstChannel, slice.Input.Shape.Channels).ToEquatableArray();
                ChannelSelection.EmitCall(writer, EquatableArray.Of(step.Plan.Output), ["outputGradient"], channels, slice.Input, "inputGradient");
            }
        }
    }

    private static bool IsInPlace(NodePlan plan, Slice slice) => plan.InPlace.Count > 0 && plan.InPlace[slice.Number - 1] != NodePlan.Elsewhere;

    /// <summary>The slices in sequences of which each begins at a block, since its first does not begin within the last block of another.</summary>
    private static IEnumerable<Slice[]> WithSharedBlocks(IEnumerable<Slice> slices)
    {
        var together = new List<Slice>();
        foreach (Slice slice in slices)
        {
            together.Add(slice);
            if (!slice.EndsWithinBlock)
            {
                yield return together.ToArray();
                together.Clear();
            }
        }
    }

    private static IEnumerable<Slice> Slices(NodePlan plan)
    {
        int channel = 0;
        TensorView output = plan.Output;
        TensorView[] inputs = [plan.Input, .. plan.Others.Select(other => other.View)];
        for (int i = 0; i < inputs.Length; i++)
        {
            // A flattened map in PyTorch's order is a vector.
            TensorView input = output.Shape.IsVector ? TensorView.Vector((int)inputs[i].Shape.Length) : inputs[i];
            int start = channel / output.BlockChannels * output.BlockStride;
            bool isLast = i == inputs.Length - 1;

            // What lies behind rows or behind the last element is cleared with the copy; lanes behind the last channel come from the input.
            int floats = output.Layout == TensorLayout.Blocked ? (int)input.Shape.Length
                : isLast ? output.Floats - start
                : input.Shape.Channels * output.BlockStride;
            yield return new Slice(
                i + 1,
                channel,
                input,
                output with { Shape = input.Shape, Floats = floats },
                start,
                channel % output.BlockChannels,
                (channel + input.Shape.Channels) % output.BlockChannels > 0 && !isLast);
            channel += input.Shape.Channels;
        }
    }

    /// <summary>One input's part of the result.</summary>
    /// <param name="Number">The input's number, from 1.</param>
    /// <param name="FirstChannel">The channel of the result which is its first.</param>
    /// <param name="Start">Floats to the block that its channels begin in.</param>
    /// <param name="Shift">The channel of that block which is its first.</param>
    /// <param name="EndsWithinBlock">Whether another input's channels begin in its last block.</param>
    private sealed record Slice(int Number, int FirstChannel, TensorView Input, TensorView Output, int Start, int Shift, bool EndsWithinBlock)
    {
        /// <summary>Whether it shares no block with another, nor has lanes besides its channels.</summary>
        public bool HasWholeBlocks => Shift == 0 && Input.Shape.Channels % Output.BlockChannels == 0;
    }
}
