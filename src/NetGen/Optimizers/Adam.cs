namespace NetGen;

/// <summary>
/// Adam (Kingma and Ba, "Adam: A method for stochastic optimization", ICLR 2015; PyTorch's Adam). Weight decay is added to the gradients;
/// <see cref="AdamW"/> keeps it apart.
/// </summary>
public sealed class Adam : Optimizer
{
    /// <summary>Makes an optimizer with learning rate 0.001.</summary>
    public Adam()
        : base(1e-3f)
    {
    }

    /// <summary>Decay of the gradients' running mean, from 0 to below 1; 0.9 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public double Beta1
    {
        get;
        init => field = Fraction(value, nameof(Beta1));
    } = 0.9;

    /// <summary>Decay of the squared gradients' running mean, from 0 to below 1; 0.999 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public double Beta2
    {
        get;
        init => field = Fraction(value, nameof(Beta2));
    } = 0.999;

    /// <summary>Added to the denominator; 1e-8 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive.</exception>
    public double Epsilon
    {
        get;
        init => field = Positive(value, nameof(Epsilon));
    } = 1e-8;

    /// <summary>Multiple of the parameters added to their gradients; 0 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or not finite.</exception>
    public double WeightDecay
    {
        get;
        init => field = NotNegative(value, nameof(WeightDecay));
    }

    private protected override int MomentCount => 2;

    private protected override void Update(in OptimizerSlice slice, float learningRate, long step) =>
        Lanes.Sweep(new AdamSweep(slice, learningRate, step, Beta1, Beta2, Epsilon) { GradientDecay = (float)WeightDecay }, slice.Length);
}
