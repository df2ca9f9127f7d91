namespace NetGen;

/// <summary>
/// The step that Adam and AdamW share: g ← g + λp (Adam) or p ← p (1 − ηλ) (AdamW); m ← β₁m + (1 − β₁) g; v ← β₂v + (1 − β₂) g²;
/// p ← p − η / (1 − β₁ᵗ) · m / (√v / √(1 − β₂ᵗ) + ε).
/// </summary>
internal readonly ref struct AdamSweep : ISweep
{
    private readonly ref float _parameters;
    private readonly ref float _gradients;
    private readonly ref float _firstMoments;
    private readonly ref float _secondMoments;
    private readonly double _beta1;
    private readonly double _beta2;
    private readonly float _epsilon;
    private readonly float _stepSize;
    private readonly float _secondCorrection;

    public AdamSweep(in OptimizerSlice slice, float learningRate, long step, double beta1, double beta2, double epsilon)
    {
        _parameters = ref slice.Parameters;
        _gradients = ref slice.Gradients;
        _firstMoments = ref slice.Moment(0);
        _secondMoments = ref slice.Moment(1);
        _beta1 = beta1;
        _beta2 = beta2;
        _epsilon = (float)epsilon;
        _stepSize = (float)(learningRate / (1 - Math.Pow(beta1, step)));
        _secondCorrection = (float)Math.Sqrt(1 - Math.Pow(beta2, step));
    }

    /// <summary>Multiple of the parameters added to their gradients.</summary>
    public float GradientDecay { get; init; }

    /// <summary>Factor of the parameters before the step.</summary>
    public float ParameterFactor { get; init; } = 1;

    public nint Run<TLanes>(nint index, nint length)
        where TLanes : struct, ILanes<TLanes>
    {
        ref float parameters = ref _parameters;
        ref float gradients = ref _gradients;
        ref float firstMoments = ref _firstMoments;
        ref float secondMoments = ref _secondMoments;
        TLanes beta1 = TLanes.Create((float)_beta1);
        TLanes rest1 = TLanes.Create((float)(1 - _beta1));
        TLanes beta2 = TLanes.Create((float)_beta2);
        TLanes rest2 = TLanes.Create((float)(1 - _beta2));
        TLanes epsilon = TLanes.Create(_epsilon);
        TLanes stepSize = TLanes.Create(_stepSize);
        TLanes secondCorrection = TLanes.Create(_secondCorrection);
        TLanes gradientDecay = TLanes.Create(GradientDecay);
        TLanes parameterFactor = TLanes.Create(ParameterFactor);
        for (; index <= length - TLanes.Count; index += TLanes.Count)
        {
            TLanes parameter = TLanes.Load(ref parameters, index);
            TLanes gradient = TLanes.Load(ref gradients, index) + gradientDecay * parameter;
            TLanes first = beta1 * TLanes.Load(ref firstMoments, index) + rest1 * gradient;
            TLanes second = beta2 * TLanes.Load(ref secondMoments, index) + rest2 * gradient * gradient;
            first.Store(ref firstMoments, index);
            second.Store(ref secondMoments, index);
            TLanes denominator = TLanes.Sqrt(second) / secondCorrection + epsilon;
            (parameterFactor * parameter - stepSize * first / denominator).Store(ref parameters, index);
        }

        return index;
    }
}
