using NetGen.Generator.Graph;
using NetGen.Generator.Schedule;

namespace NetGen.Generator.Emission;

/// <summary>
/// Writes the steps of one operator. A step's method has these references, as far as the operator needs them: <c>source</c> and
/// <c>destination</c>, the first image of each; <c>destinationGradient</c> and <c>sourceGradient</c>; <c>parameters</c>,
/// <c>gradients</c> and <c>packed</c>, the starts of those blocks; <c>scratch</c> and <c>partScratch</c>; <c>count</c>, the number of images;
/// and <c>share</c>, where threads share the step. A join's other inputs are <c>source2</c>, <c>source3</c> and so on, their gradients
/// <c>sourceGradient2</c>.
/// </summary>
internal abstract class OperatorEmitter : OperatorLowering
{
    /// <summary>Whether its training steps also get <c>frame</c>, for what changes from step to step.</summary>
    public virtual bool ReadsFrame => false;

    /// <summary>
    /// Whether its training steps come in two halves: the first leaves in <c>scratch</c> what it finds in each image, and when the trainer has
    /// merged that for the whole batch, the second goes on.
    /// </summary>
    public virtual bool JoinsMicroBatches => false;

    /// <summary>Writes the first half of a training step forward: <c>source</c> and <c>scratch</c>.</summary>
    public virtual void EmitForwardStatistics(Step step, StepWriter writer)
    {
    }

    public abstract void EmitForward(Step step, StepWriter writer);

    /// <summary>Writes the first half of a training step backward.</summary>
    public virtual void EmitBackwardStatistics(Step step, StepWriter writer)
    {
    }

    /// <summary>Writes what turns the result's gradient into the input's and adds the parameters' to theirs.</summary>
    public abstract void EmitBackward(Step step, StepWriter writer);

    /// <summary>
    /// The call of <c>Inspection</c> that computes the operator's result from the values it reads, for operators that may be left without a
    /// step: another step takes them in, or their inputs are computed in place.
    /// </summary>
    /// <param name="node">What was declared.</param>
    /// <param name="arguments">The layer and those that it reads.</param>
    /// <exception cref="NotSupportedException">The operator always has a step.</exception>
    public virtual string Inspection(Node node, string arguments) =>
        throw new NotSupportedException($"Nothing computes {node.Operator.Description} of {node.Name} outside a prediction.");

    /// <summary>Writes what repacks the weights for a step, if <see cref="OperatorLowering.PackedFloats"/> says so.</summary>
    public virtual void EmitPack(Step step, StepWriter writer)
    {
    }
}

/// <inheritdoc/>
internal abstract class OperatorEmitter<TOperator> : OperatorEmitter
    where TOperator : Operator
{
    public sealed override Type OperatorType => typeof(TOperator);
}
