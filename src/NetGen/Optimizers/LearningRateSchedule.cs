namespace NetGen;

/// <summary>
/// A factor of <see cref="Optimizer.LearningRate"/> for every step. Steps are optimizer steps: an epoch has as many as it has batches.
/// </summary>
/// <example><c>LearningRateSchedule.Cosine(epochs * batches).WithWarmUp(100)</c></example>
public abstract class LearningRateSchedule
{
    /// <summary>The learning rate as it is.</summary>
    public static LearningRateSchedule Constant { get; } = new ConstantSchedule();

    /// <summary>The factor of a step.</summary>
    /// <param name="stepIndex">The step's number, from 0.</param>
    /// <returns>A finite factor of at least 0; with any other one the trainer refuses the step.</returns>
    public abstract double Factor(long stepIndex);

    /// <summary>The learning rate falls by a factor every so many steps (PyTorch's StepLR).</summary>
    /// <param name="steps">Steps between two falls.</param>
    /// <param name="gamma">The factor.</param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="steps"/> is not positive, or <paramref name="gamma"/> is negative or not finite.
    /// </exception>
    public static LearningRateSchedule Step(long steps, double gamma = 0.1)
    {
        CheckSteps(steps, nameof(steps));
        return gamma >= 0 && double.IsFinite(gamma)
            ? new StepSchedule(steps, gamma)
            : throw new ArgumentOutOfRangeException(
                nameof(gamma), gamma, "The factor between two falls must be 0 or a positive number, such as 0.1.");
    }

    /// <summary>The learning rate falls along half a cosine and then stays (PyTorch's CosineAnnealingLR, without its rise afterwards).</summary>
    /// <param name="steps">Steps until the final factor is reached.</param>
    /// <param name="finalFactor">The factor at the end, from 0 to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="steps"/> is not positive, or <paramref name="finalFactor"/> is out of range.
    /// </exception>
    public static LearningRateSchedule Cosine(long steps, double finalFactor = 0)
    {
        CheckSteps(steps, nameof(steps));
        return finalFactor is >= 0 and <= 1
            ? new CosineSchedule(steps, finalFactor)
            : throw new ArgumentOutOfRangeException(nameof(finalFactor), finalFactor, "The final factor must be from 0 to 1.");
    }

    /// <summary>
    /// This schedule behind a linear warm-up: step k of n takes k / n of the first rate, and then this schedule begins.
    /// </summary>
    /// <param name="steps">Steps n of the warm-up.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="steps"/> is not positive.</exception>
    public LearningRateSchedule WithWarmUp(long steps)
    {
        CheckSteps(steps, nameof(steps));
        return new WarmUpSchedule(steps, this);
    }

    private static void CheckSteps(long steps, string name)
    {
        if (steps <= 0)
        {
            throw new ArgumentOutOfRangeException(name, steps, "The number of steps must be at least 1.");
        }
    }

    private sealed class ConstantSchedule : LearningRateSchedule
    {
        public override double Factor(long stepIndex) => 1;
    }

    private sealed class StepSchedule(long steps, double gamma) : LearningRateSchedule
    {
        public override double Factor(long stepIndex) => Math.Pow(gamma, stepIndex / steps);
    }

    private sealed class CosineSchedule(long steps, double finalFactor) : LearningRateSchedule
    {
        public override double Factor(long stepIndex) => stepIndex >= steps
            ? finalFactor
            : finalFactor + (1 - finalFactor) * (1 + Math.Cos(Math.PI * stepIndex / steps)) / 2;
    }

    private sealed class WarmUpSchedule(long steps, LearningRateSchedule next) : LearningRateSchedule
    {
        public override double Factor(long stepIndex) => stepIndex < steps
            ? next.Factor(0) * (stepIndex + 1) / steps
            : next.Factor(stepIndex - steps);
    }
}
