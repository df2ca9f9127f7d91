namespace NetGen;

/// <summary>How <see cref="GELUAttribute"/> computes the normal distribution: what PyTorch calls <c>approximate</c>.</summary>
public enum GeluApproximation
{
    /// <summary>By the error function: (1 + erf(x / √2)) / 2.</summary>
    None = 0,

    /// <summary>By the hyperbolic tangent: (1 + tanh(√(2/π) · (x + 0.044715 x³))) / 2, within 5e-4 of the other.</summary>
    Tanh = 1,
}
