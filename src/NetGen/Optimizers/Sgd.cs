namespace NetGen;

/// <summary>
/// Stochastic gradient descent, with momentum if asked for (PyTorch's SGD without dampening): g ← g + λp; b ← μb + g; p ← p − η b, or with
/// Nesterov's momentum p ← p − η (g + μb).
/// </summary>
public sealed class Sgd : Optimizer
{
    /// <summary>Makes an optimizer with learning rate 0.001 and no momentum.</summary>
    public Sgd()
        : base(1e-3f)
    {
    }

    /// <summary>Part μ of the last step that the next repeats, from 0 to below 1; 0 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public double Momentum
    {
        get;
        init => field = Fraction(value, nameof(Momentum));
    }

    /// <summary>Whether the gradient is taken after the momentum's step; needs <see cref="Momentum"/>.</summary>
    public bool Nesterov { get; init; }

    /// <summary>Multiple λ of the parameters added to their gradients; 0 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or not finite.</exception>
    public double WeightDecay
    {
        get;
        init => field = NotNegative(value, nameof(WeightDecay));
    }

    private protected override int MomentCount => Momentum > 0 ? 1 : 0;

    private protected override void Validate()
    {
        if (Nesterov && Momentum == 0)
        {
            throw new InvalidOperationException("Nesterov needs a momentum: set Momentum, for instance to 0.9.");
        }
    }

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

    private readonly ref struct PlainSweep(in OptimizerSlice slice, Sgd options, float learningRate) : ISweep
    {
        private readonly ref float _parameters = ref slice.Parameters;
        private readonly ref float _gradients = ref slice.Gradients;
        private readonly Sgd _options = options;
        private readonly float _learningRate = learningRate;

        public nint Run<TLanes>(nint index, nint length)
            where TLanes : struct, ILanes<TLanes>
        {
            ref float parameters = ref _parameters;
            ref float gradients = ref _gradients;
            TLanes learningRate = TLanes.Create(_learningRate);
            TLanes weightDecay = TLanes.Create((float)_options.WeightDecay);
            for (; index <= length - TLanes.Count; index += TLanes.Count)
            {
                TLanes parameter = TLanes.Load(ref parameters, index);
                TLanes gradient = TLanes.Load(ref gradients, index) + weightDecay * parameter;
                (parameter - learningRate * gradient).Store(ref parameters, index);
            }

            return index;
        }
    }

    private readonly ref struct MomentumSweep(in OptimizerSlice slice, Sgd options, float learningRate) : ISweep
    {
        private readonly ref float _parameters = ref slice.Parameters;
        private readonly ref float _gradients = ref slice.Gradients;
        private readonly ref float _velocities = ref slice.Moment(0);
        private readonly Sgd _options = options;
        private readonly float _learningRate = learningRate;

        public nint Run<TLanes>(nint index, nint length)
            where TLanes : struct, ILanes<TLanes>
        {
            ref float parameters = ref _parameters;
            ref float gradients = ref _gradients;
            ref float velocities = ref _velocities;
            TLanes learningRate = TLanes.Create(_learningRate);
            TLanes momentum = TLanes.Create((float)_options.Momentum);
            TLanes weightDecay = TLanes.Create((float)_options.WeightDecay);
            bool nesterov = _options.Nesterov;
            for (; index <= length - TLanes.Count; index += TLanes.Count)
            {
                TLanes parameter = TLanes.Load(ref parameters, index);
                TLanes gradient = TLanes.Load(ref gradients, index) + weightDecay * parameter;
                TLanes velocity = momentum * TLanes.Load(ref velocities, index) + gradient;
                velocity.Store(ref velocities, index);
                TLanes direction = nesterov ? gradient + momentum * velocity : velocity;
                (parameter - learningRate * direction).Store(ref parameters, index);
            }

            return index;
        }
    }
}
