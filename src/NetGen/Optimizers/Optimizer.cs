using System.Globalization;
using NetGen.CompilerServices;

namespace NetGen;

/// <summary>
/// Turns gradients into new parameters. Formulas and defaults are PyTorch's. An optimizer keeps the moments of one network's parameters:
/// each trainer takes an optimizer of its own.
/// </summary>
/// <remarks>Properties other than <see cref="LearningRate"/> are set once, in the object initializer.</remarks>
public abstract class Optimizer
{
    private AlignedBuffer[]? _moments;

    private protected Optimizer(float learningRate) => LearningRate = learningRate;

    /// <summary>The step size, which may change between steps; a schedule multiplies it.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or not finite.</exception>
    public float LearningRate
    {
        get;
        set => field = (float)NotNegative(value, nameof(LearningRate));
    }

    /// <summary>How many values it keeps for each parameter value.</summary>
    private protected abstract int MomentCount { get; }

    /// <summary>What all moments begin with.</summary>
    private protected virtual float InitialMoment => 0;

    /// <summary>Throws if the properties contradict each other.</summary>
    private protected virtual void Validate()
    {
    }

    /// <summary>Updates a range of the parameter block.</summary>
    private protected abstract void Update(in OptimizerSlice slice, float learningRate, long step);

    /// <summary>Allocates the moments.</summary>
    /// <param name="length">Floats in the parameter block.</param>
    internal void Attach(int length)
    {
        Validate();
        AlignedBuffer[] moments = new AlignedBuffer[MomentCount];
        for (int i = 0; i < moments.Length; i++)
        {
            moments[i] = new AlignedBuffer(length);
            moments[i].Span.Fill(InitialMoment);
        }

        if (Interlocked.CompareExchange(ref _moments, moments, null) is not null)
        {
            throw new InvalidOperationException(
                $"This {GetType().Name} already belongs to a trainer and keeps the moments of its network. Make a new one for each trainer.");
        }
    }

    /// <summary>
    /// Updates the parameters from <paramref name="start"/> to <paramref name="end"/>. Elements do not depend on each other, so that
    /// threads may share a step; all of them give the same step number.
    /// </summary>
    internal void Update(ref float parameters, ref float gradients, int start, int end, float learningRate, long step) =>
        Update(new OptimizerSlice(ref parameters, ref gradients, _moments!, start, end - start), learningRate, step);

    private protected static double NotNegative(double value, string name) => value >= 0 && double.IsFinite(value)
        ? value
        : throw new ArgumentOutOfRangeException(name, value, $"{name} is {Text(value)}; it must be 0 or a positive number.");

    private protected static double Positive(double value, string name) => (float)value > 0 && double.IsFinite(value)
        ? value
        : throw new ArgumentOutOfRangeException(name, value, $"{name} is {Text(value)}; it must be a positive number, such as 1e-8.");

    private protected static double Fraction(double value, string name) => value is >= 0 and < 1
        ? value
        : throw new ArgumentOutOfRangeException(name, value, $"{name} is {Text(value)}; it must be at least 0 and less than 1.");

    private static string Text(double value) => value.ToString(CultureInfo.InvariantCulture);
}
