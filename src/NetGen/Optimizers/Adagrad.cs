namespace NetGen;

/// <summary>
/// Adagrad (Duchi, Hazan and Singer, "Adaptive subgradient methods for online learning and stochastic optimization", JMLR 2011; PyTorch's
/// Adagrad): g ← g + λp; s ← s + g²; p ← p − η / (1 + (t − 1) δ) · g / (√s + ε).
/// </summary>
public sealed class Adagrad : Optimizer
{
    /// <summary>Makes an optimizer with learning rate 0.01.</summary>
    public Adagrad()
        : base(1e-2f)
    {
    }

    /// <summary>How fast the learning rate falls (δ): after 1 / δ steps it is half; 0 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or not finite.</exception>
    public double LearningRateDecay
    {
        get;
        init => field = NotNegative(value, nameof(LearningRateDecay));
    }

    /// <summary>What the sums of squared gradients begin with; 0 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or not finite.</exception>
    public double InitialAccumulator
    {
        get;
        init => field = NotNegative(value, nameof(InitialAccumulator));
    }

    /// <summary>Added to the denominator; 1e-10 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive.</exception>
    public double Epsilon
    {
        get;
        init => field = Positive(value, nameof(Epsilon));
    } = 1e-10;

    /// <summary>Multiple λ of the parameters added to their gradients; 0 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or not finite.</exception>
    public double WeightDecay
    {
        get;
        init => field = NotNegative(value, nameof(WeightDecay));
    }

    private protected override int MomentCount => 1;

    private protected override float InitialMoment => (float)InitialAccumulator;

    private protected override void Update(in OptimizerSlice slice, float learningRate, long step) =>
        Lanes.Sweep(new AdagradSweep(slice, this, (float)(learningRate / (1 + (step - 1) * LearningRateDecay))), slice.Length);

    private readonly ref struct AdagradSweep(in OptimizerSlice slice, Adagrad options, float learningRate) : ISweep
    {
        private readonly ref float _parameters = ref slice.Parameters;
        private readonly ref float _gradients = ref slice.Gradients;
        private readonly ref float _sums = ref slice.Moment(0);
        private readonly Adagrad _options = options;
        private readonly float _learningRate = learningRate;

        public nint Run<TLanes>(nint index, nint length)
            where TLanes : struct, ILanes<TLanes>
        {
            ref float parameters = ref _parameters;
            ref float gradients = ref _gradients;
            ref float sums = ref _sums;
            TLanes learningRate = TLanes.Create(_learningRate);
            TLanes epsilon = TLanes.Create((float)_options.Epsilon);
            TLanes weightDecay = TLanes.Create((float)_options.WeightDecay);
            for (; index <= length - TLanes.Count; index += TLanes.Count)
            {
                TLanes parameter = TLanes.Load(ref parameters, index);
                TLanes gradient = TLanes.Load(ref gradients, index) + weightDecay * parameter;
                TLanes sum = TLanes.Load(ref sums, index) + gradient * gradient;
                sum.Store(ref sums, index);
                (parameter - learningRate * gradient / (TLanes.Sqrt(sum) + epsilon)).Store(ref parameters, index);
            }

            return index;
        }
    }
}
