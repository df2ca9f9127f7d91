namespace NetGen;

/// <summary>
/// A border around a feature map, C×H×W to C×(top + H + bottom)×(left + W + right) (PyTorch's <c>ZeroPad2d</c>, <c>ConstantPad2d</c>,
/// <c>ReflectionPad2d</c> and <c>ReplicationPad2d</c>, which name the sides in another order).
/// </summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class PadAttribute : LayerAttribute
{
    /// <summary>A border that is as wide on every side.</summary>
    /// <param name="size">Rows above and below the map, and columns left and right of it.</param>
    public PadAttribute(int size)
        : this(size, size, size, size)
    {
    }

    /// <summary>A border of any width on each side.</summary>
    /// <param name="top">Rows above the map.</param>
    /// <param name="bottom">Rows below the map.</param>
    /// <param name="left">Columns left of the map.</param>
    /// <param name="right">Columns right of the map.</param>
    public PadAttribute(int top, int bottom, int left, int right)
    {
        Top = top;
        Bottom = bottom;
        Left = left;
        Right = right;
    }

    /// <summary>Rows above the map.</summary>
    public int Top { get; }

    /// <summary>Rows below the map.</summary>
    public int Bottom { get; }

    /// <summary>Columns left of the map.</summary>
    public int Left { get; }

    /// <summary>Columns right of the map.</summary>
    public int Right { get; }

    /// <summary>What the border is made of. The default is <see cref="PadMode.Constant"/>.</summary>
    public PadMode Mode { get; set; }

    /// <summary>Every element of a constant border. The default is 0.</summary>
    public double Value { get; set; }
}
