namespace NetGen;

/// <summary>What <see cref="PadAttribute"/> makes a border of: what PyTorch calls <c>mode</c>.</summary>
public enum PadMode
{
    /// <summary>Of <see cref="PadAttribute.Value"/>, zero unless set.</summary>
    Constant = 0,

    /// <summary>Of the map in a mirror at its outer elements, which are not repeated: a border narrower than the map.</summary>
    Reflect = 1,

    /// <summary>Of the nearest element of the map.</summary>
    Replicate = 2,
}
