namespace NetGen;

/// <summary>
/// RMSprop (Tieleman and Hinton, 2012; PyTorch's RMSprop, not centred): g ← g + λp; v ← αv + (1 − α) g²; d = g / (√v + ε);
/// p ← p − η d, or with momentum b ← μb + d; p ← p − η b.
/// </summary>
public sealed class RmsProp : Optimizer
{
    /// <summary>Makes an optimizer with learning rate 0.01 and no momentum.</summary>
    public RmsProp()
        : base(1e-2f)
    {
    }

    /// <summary>Decay α of the squared gradients' running mean, from 0 to below 1; 0.99 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public double Alpha
    {
        get;
        init => field = Fraction(value, nameof(Alpha));
    } = 0.99;

    /// <summary>Added to the denominator; 1e-8 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive.</exception>
    public double Epsilon
    {
        get;
        init => field = Positive(value, nameof(Epsilon));
    } = 1e-8;

    /// <summary>Part μ of the last step that the next repeats, from 0 to below 1; 0 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public double Momentum
    {
        get;
        init => field = Fraction(value, nameof(Momentum));
    }

    /// <summary>Multiple λ of the parameters added to their gradients; 0 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or not finite.</exception>
    public double WeightDecay
    {
        get;
        init => field = NotNegative(value, nameof(WeightDecay));
    }

    private protected override int MomentCount => Momentum > 0 ? 2 : 1;

    private protected override void Update(in OptimizerSlice slice, float learningRate, long step)
    {
        if (Momentum > 0)
        {
            Lanes.Sweep(new MomentumSweep(slice, this, learningRate), slice.Length);
        }
        else
        {
            Lanes.Sweep(new PlainSweep(slice, this, learningRate), slice.Length);
        }
    }

    private readonly ref struct PlainSweep(in OptimizerSlice slice, RmsProp options, float learningRate) : ISweep
    {
        private readonly ref float _parameters = ref slice.Parameters;
        private readonly ref float _gradients = ref slice.Gradients;
        private readonly ref float _squares = ref slice.Moment(0);
        private readonly RmsProp _options = options;
        private readonly float _learningRate = learningRate;

        public nint Run<TLanes>(nint index, nint length)
            where TLanes : struct, ILanes<TLanes>
        {
            ref float parameters = ref _parameters;
            ref float gradients = ref _gradients;
            ref float squares = ref _squares;
            TLanes learningRate = TLanes.Create(_learningRate);
            TLanes alpha = TLanes.Create((float)_options.Alpha);
            TLanes rest = TLanes.Create((float)(1 - _options.Alpha));
            TLanes epsilon = TLanes.Create((float)_options.Epsilon);
            TLanes weightDecay = TLanes.Create((float)_options.WeightDecay);
            for (; index <= length - TLanes.Count; index += TLanes.Count)
            {
                TLanes parameter = TLanes.Load(ref parameters, index);
                TLanes gradient = TLanes.Load(ref gradients, index) + weightDecay * parameter;
                TLanes square = alpha * TLanes.Load(ref squares, index) + rest * gradient * gradient;
                square.Store(ref squares, index);
                (parameter - learningRate * gradient / (TLanes.Sqrt(square) + epsilon)).Store(ref parameters, index);
            }

            return index;
        }
    }

    private readonly ref struct MomentumSweep(in OptimizerSlice slice, RmsProp options, float learningRate) : ISweep
    {
        private readonly ref float _parameters = ref slice.Parameters;
        private readonly ref float _gradients = ref slice.Gradients;
        private readonly ref float _squares = ref slice.Moment(0);
        private readonly ref float _velocities = ref slice.Moment(1);
        private readonly RmsProp _options = options;
        private readonly float _learningRate = learningRate;

        public nint Run<TLanes>(nint index, nint length)
            where TLanes : struct, ILanes<TLanes>
        {
            ref float parameters = ref _parameters;
            ref float gradients = ref _gradients;
            ref float squares = ref _squares;
            ref float velocities = ref _velocities;
            TLanes learningRate = TLanes.Create(_learningRate);
            TLanes alpha = TLanes.Create((float)_options.Alpha);
            TLanes rest = TLanes.Create((float)(1 - _options.Alpha));
            TLanes epsilon = TLanes.Create((float)_options.Epsilon);
            TLanes momentum = TLanes.Create((float)_options.Momentum);
            TLanes weightDecay = TLanes.Create((float)_options.WeightDecay);
            for (; index <= length - TLanes.Count; index += TLanes.Count)
            {
                TLanes parameter = TLanes.Load(ref parameters, index);
                TLanes gradient = TLanes.Load(ref gradients, index) + weightDecay * parameter;
                TLanes square = alpha * TLanes.Load(ref squares, index) + rest * gradient * gradient;
                square.Store(ref squares, index);
                TLanes velocity = momentum * TLanes.Load(ref velocities, index) + gradient / (TLanes.Sqrt(square) + epsilon);
                velocity.Store(ref velocities, index);
                (parameter - learningRate * velocity).Store(ref parameters, index);
            }

            return index;
        }
    }
}
