namespace NetGen;

/// <summary>Where the elements come from that <see cref="UpsampleAttribute"/> makes: what PyTorch calls <c>mode</c>.</summary>
public enum UpsampleMode
{
    /// <summary>From the one element that they lie in.</summary>
    Nearest = 0,

    /// <summary>From the four elements around them, by distance; beyond the outer centres from those alone.</summary>
    Bilinear = 1,
}
