using NetGen.Generator.Graph;

namespace NetGen.Generator.Schedule;

/// <summary>How a tensor's channels lie in memory.</summary>
internal enum TensorLayout
{
    /// <summary>[C][H][W] without gaps: what callers hold, and vectors.</summary>
    Dense,

    /// <summary>[C][H][pitch], the pitch a multiple of 16: vectors run along the width. For few channels.</summary>
    Planar,

    /// <summary>[C/16][H][W][16]: vectors run over channels. One block is one 512-bit vector, two of 256 or four of 128 bit.</summary>
    Blocked,
}

/// <summary>
/// Where the elements of one image's tensor lie, in floats from its start:
/// offset(c, y, x) = Origin + (c / B) · BlockStride + (c mod B) + y · RowStride + (x mod P) · PhaseStride + (x / P) · PixelStride,
/// with B = 16 channels a block in the blocked layout and 1 elsewhere, and P column phases.
/// </summary>
/// <param name="Shape">The logical shape; a flattened map keeps the map's.</param>
/// <param name="Floats">Floats of one image, a multiple of 16 for what lives in the arena.</param>
/// <param name="Origin">The place of element (0, 0, 0); behind the border in a padded copy.</param>
/// <param name="Phases">Column phases: a stride-2 kernel along the width reads even and odd columns each contiguously.</param>
internal sealed record TensorView(
    TensorShape Shape,
    TensorLayout Layout,
    int Floats,
    int Origin,
    int BlockStride,
    int RowStride,
    int PixelStride,
    int Phases = 1,
    int PhaseStride = 0)
{
    public const int Block = 16;

    public static int RoundUp(int value) => (value + Block - 1) / Block * Block;

    /// <summary>
    /// At least so many floats, an odd number of cache lines: at a power of two what lies in the same place of several parts of scratch memory would
    /// fall into the same few sets of the cache.
    /// </summary>
    public static int Skewed(int floats) => floats / Block % 2 == 0 ? floats + Block : floats;

    public int BlockChannels => Layout == TensorLayout.Blocked ? Block : 1;

    public int Blocks => (Shape.Channels + BlockChannels - 1) / BlockChannels;

    /// <summary>What a caller holds.</summary>
    public static TensorView Dense(TensorShape shape) =>
        new(shape, TensorLayout.Dense, (int)shape.Length, 0, shape.Height * shape.Width, shape.Width, 1);

    /// <summary>A vector in the arena.</summary>
    public static TensorView Vector(int length) => Vector(length, RoundUp(length));

    /// <summary>A vector in the arena with room behind it.</summary>
    public static TensorView Vector(int length, int floats) => new(TensorShape.Vector(length), TensorLayout.Dense, floats, 0, 1, 1, 1);

    /// <summary>A map in the arena in PyTorch's order.</summary>
    public static TensorView DenseInArena(TensorShape shape)
    {
        TensorView dense = Dense(shape);
        return dense with { Floats = RoundUp(dense.Floats) };
    }

    public static TensorView Planar(TensorShape shape) => Planar(shape, new Border(0, 0, 0, 0));

    /// <summary>Planar with a border of zeros around each channel, and columns dealt to phases.</summary>
    public static TensorView Planar(TensorShape shape, Border border, int phases = 1)
    {
        // Column 0 is the first of phase 0, so the left border takes whole columns of every phase.
        int left = (border.Left + phases - 1) / phases;
        int pitch = RoundUp(left + ((shape.Width + border.Right + phases - 1) / phases));
        int rowStride = pitch * phases;
        int plane = (border.Top + shape.Height + border.Bottom) * rowStride;
        return new(
            shape,
            TensorLayout.Planar,
            RoundUp(shape.Channels * plane),
            (border.Top * rowStride) + left,
            plane,
            rowStride,
            1,
            phases,
            pitch);
    }

    public static TensorView Blocked(TensorShape shape) => Blocked(shape, new Border(0, 0, 0, 0));

    /// <summary>Blocked with a border of zeros around each block.</summary>
    public static TensorView Blocked(TensorShape shape, Border border)
    {
        int rowStride = (border.Left + shape.Width + border.Right) * Block;
        int plane = (border.Top + shape.Height + border.Bottom) * rowStride;
        int blocks = (shape.Channels + Block - 1) / Block;
        return new(
            shape,
            TensorLayout.Blocked,
            blocks * plane,
            (border.Top * rowStride) + (border.Left * Block),
            plane,
            rowStride,
            Block);
    }

    /// <summary>Where element (c, y, x) lies; y and x may be in the border.</summary>
    public int Offset(int c, int y, int x)
    {
        int column = FloorDivide(x, Phases);
        return Origin + (c / BlockChannels * BlockStride) + (c % BlockChannels) + (y * RowStride)
            + ((x - (column * Phases)) * PhaseStride) + (column * PixelStride);
    }

    /// <summary>Whether the elements follow each other without gaps in the view's own order, so that a vector can be read in their place.</summary>
    public bool IsGapless =>
        Phases == 1
        && BlockStride == Shape.Height * Shape.Width * BlockChannels
        && RowStride == Shape.Width * BlockChannels
        && (Layout != TensorLayout.Blocked || Shape.Channels % Block == 0 || Shape.Height * Shape.Width == 1);

    /// <summary>Whether the elements follow each other in PyTorch's order.</summary>
    public bool IsInPyTorchOrder => IsGapless && (Layout != TensorLayout.Blocked || Shape.Height * Shape.Width == 1);

    private static int FloorDivide(int a, int b) => a >= 0 ? a / b : -((-a + b - 1) / b);
}

/// <summary>Rows and columns around a tensor.</summary>
internal readonly record struct Border(int Top, int Bottom, int Left, int Right);
