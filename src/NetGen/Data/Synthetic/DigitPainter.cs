namespace NetGen;

/// <summary>
/// Draws digits as a hand with a pen would: a glyph's curves, disturbed, warped, slanted and turned, swept by a soft round pen of changing
/// width, on paper with a little noise.
/// </summary>
/// <remarks>
/// Only additions, multiplications, divisions and square roots in single precision, which IEEE 754 rounds alike everywhere: the bytes are
/// the same on every platform. The warp follows Simard, Steinkraus, Platt: Best Practices for Convolutional Neural Networks Applied to
/// Visual Document Analysis, 2003, with a spline over a coarse grid for the smooth field.
/// </remarks>
internal sealed class DigitPainter
{
    public const int Side = 28;

    private const int SegmentsPerCurve = 10, PressureSpan = 6;
    private const int WarpGrid = 5;

    // The glyphs' box; a unit of the drawing is its height.
    private const float BoxWidth = 70, BoxHeight = 100;

    private readonly float[] _ink = new float[Side * Side];
    private readonly float[] _blurred = new float[Side * Side];
    private readonly float[] _warpX = new float[WarpGrid * WarpGrid], _warpY = new float[WarpGrid * WarpGrid];
    private readonly List<PenPoint> _pen = [];

    /// <summary>Draws one digit.</summary>
    /// <param name="digit">0 … 9.</param>
    /// <param name="random">The stream that decides everything else.</param>
    /// <param name="pixels">28×28, 0 = paper, 255 = ink.</param>
    public void Draw(int digit, ref RandomStream random, Span<byte> pixels)
    {
        ReadOnlySpan<Glyph> hands = DigitGlyphs.Of(digit);
        Glyph glyph = hands[random.NextInt(hands.Length)];
        _pen.Clear();
        FillWarp(ref random);
        foreach ((float X, float Y)[] stroke in glyph.Strokes) Trace(stroke, ref random);
        Place(ref random);
        Sweep();
        Develop(ref random, pixels);
    }

    private void FillWarp(ref RandomStream random)
    {
        float strength = random.NextSingle(0.05f, 0.19f);
        for (int i = 0; i < _warpX.Length; i++)
        {
            _warpX[i] = strength * Bell(ref random);
            _warpY[i] = strength * Bell(ref random);
        }
    }

    /// <summary>Turns a stroke's curves into points of the pen's way, in units of the box's height around its middle.</summary>
    private void Trace((float X, float Y)[] stroke, ref RandomStream random)
    {
        Span<float> x = stackalloc float[stroke.Length], y = stackalloc float[stroke.Length];
        for (int i = 0; i < stroke.Length; i++)
        {
            x[i] = (stroke[i].X - BoxWidth / 2) / BoxHeight + 0.036f * Bell(ref random);
            y[i] = (stroke[i].Y - BoxHeight / 2) / BoxHeight + 0.036f * Bell(ref random);
        }

        float fromPressure = Pressure(ref random), toPressure = Pressure(ref random);
        int step = 0;
        for (int c = 0; c + 3 < stroke.Length; c += 3)
            for (int s = c == 0 ? 0 : 1; s <= SegmentsPerCurve; s++, step++)
            {
                if (step == PressureSpan)
                {
                    step = 0;
                    (fromPressure, toPressure) = (toPressure, Pressure(ref random));
                }
                float t = s * (1f / SegmentsPerCurve);
                (float px, float py) = Warp(Cubic(x.Slice(c, 4), t), Cubic(y.Slice(c, 4), t));
                float pressure = fromPressure + (toPressure - fromPressure) * (step * (1f / PressureSpan));
                _pen.Add(new PenPoint(px, py, pressure, StartsStroke: c == 0 && s == 0));
            }
    }

    /// <summary>Size, width, slant and rotation, and the place on the paper; from here on the unit is the pixel.</summary>
    private void Place(ref RandomStream random)
    {
        float height = random.NextSingle(16f, 21f);
        float width = height * random.NextSingle(0.7f, 1.4f);
        float slant = random.NextSingle(-0.25f, 0.55f);
        float penRadius = random.NextSingle(0.7f, 1.75f);

        // Rotation by the half angle's tangent: cosine and sine from the rational parametrization, no library function involved.
        float t = 0.11f * Bell(ref random);
        float cosine = (1 - t * t) / (1 + t * t), sine = 2 * t / (1 + t * t);

        float left = float.MaxValue, right = float.MinValue, top = float.MaxValue, bottom = float.MinValue;
        for (int i = 0; i < _pen.Count; i++)
        {
            PenPoint p = _pen[i];
            float sx = (p.X - slant * p.Y) * width, sy = p.Y * height;
            float x = sx * cosine - sy * sine, y = sx * sine + sy * cosine;
            _pen[i] = p with { X = x, Y = y, Radius = p.Radius * penRadius };
            left = Math.Min(left, x);
            right = Math.Max(right, x);
            top = Math.Min(top, y);
            bottom = Math.Max(bottom, y);
        }

        // The ink keeps a pixel's distance to the border: what is too large shrinks, the shift takes only what room is left.
        const float most = Side - 2;
        float extent = Math.Max(right - left, bottom - top) + 2 * penRadius;
        float shrink = extent > most ? most / extent : 1;
        float roomX = Math.Max(0, (most - (right - left + 2 * penRadius) * shrink) / 2);
        float roomY = Math.Max(0, (most - (bottom - top + 2 * penRadius) * shrink) / 2);
        float shiftX = Math.Clamp(3 * Bell(ref random), -roomX, roomX), shiftY = Math.Clamp(3 * Bell(ref random), -roomY, roomY);
        float centreX = (left + right) / 2 * shrink - shiftX, centreY = (top + bottom) / 2 * shrink - shiftY;
        for (int i = 0; i < _pen.Count; i++)
        {
            PenPoint p = _pen[i];
            _pen[i] = p with { X = p.X * shrink - centreX + Side / 2f, Y = p.Y * shrink - centreY + Side / 2f };
        }
    }

    /// <summary>Blackens what the pen passes: a pixel takes the most of any segment near it.</summary>
    private void Sweep()
    {
        Array.Clear(_ink);
        for (int i = 1; i < _pen.Count; i++)
            if (!_pen[i].StartsStroke) SweepSegment(_pen[i - 1], _pen[i]);
    }

    private void SweepSegment(PenPoint a, PenPoint b)
    {
        float dx = b.X - a.X, dy = b.Y - a.Y;
        float lengthSquared = dx * dx + dy * dy;
        float reach = Math.Max(a.Radius, b.Radius) + 0.5f;
        int firstX = FirstPixel(Math.Min(a.X, b.X) - reach), lastX = LastPixel(Math.Max(a.X, b.X) + reach);
        int firstY = FirstPixel(Math.Min(a.Y, b.Y) - reach), lastY = LastPixel(Math.Max(a.Y, b.Y) + reach);
        for (int row = firstY; row <= lastY; row++)
            for (int column = firstX; column <= lastX; column++)
            {
                float px = column + 0.5f - a.X, py = row + 0.5f - a.Y;
                float t = lengthSquared > 0 ? Math.Clamp((px * dx + py * dy) / lengthSquared, 0, 1) : 0;
                float ex = px - t * dx, ey = py - t * dy;
                float distance = MathF.Sqrt(ex * ex + ey * ey);
                float cover = a.Radius + t * (b.Radius - a.Radius) + 0.5f - distance;
                ref float ink = ref _ink[row * Side + column];
                if (cover > ink) ink = Math.Min(cover, 1);
            }
    }

    /// <summary>Softens the edges, sets the ink's strength, adds the noise and rounds to bytes.</summary>
    private void Develop(ref RandomStream random, Span<byte> pixels)
    {
        float softness = random.NextSingle(0, 0.16f);
        float strength = random.NextSingle(0.8f, 1.15f);
        float paperNoise = random.NextSingle(-0.12f, 0.16f), inkNoise = random.NextSingle(0, 0.25f);
        if (paperNoise < 0) paperNoise = 0;

        Blur(softness);
        for (int i = 0; i < pixels.Length; i++)
        {
            float ink = _blurred[i] * strength * (1 - inkNoise * random.NextSingle());
            ink += paperNoise * (random.NextSingle() - 0.5f);
            pixels[i] = (byte)(Math.Clamp(ink, 0, 1) * 255 + 0.5f);
        }
    }

    /// <summary>Gives a share of every pixel's ink to its four neighbours; less is taken than given, or thin strokes would fade.</summary>
    private void Blur(float softness)
    {
        for (int row = 0; row < Side; row++)
            for (int column = 0; column < Side; column++)
            {
                int i = row * Side + column;
                float around = 0;
                if (row > 0) around += _ink[i - Side];
                if (row < Side - 1) around += _ink[i + Side];
                if (column > 0) around += _ink[i - 1];
                if (column < Side - 1) around += _ink[i + 1];
                _blurred[i] = _ink[i] * (1 - 3 * softness) + around * softness;
            }
    }

    /// <summary>Moves a point by the warp's smooth field: a quadratic B-spline over the grid.</summary>
    private (float X, float Y) Warp(float x, float y)
    {
        // The grid's inner cells span the box and a margin, −0.6 … 0.6.
        float u = Math.Clamp((x + 0.6f) / 1.2f, 0, 0.999f) * (WarpGrid - 2), v = Math.Clamp((y + 0.6f) / 1.2f, 0, 0.999f) * (WarpGrid - 2);
        int column = (int)u, row = (int)v;
        Span<float> wx = stackalloc float[3], wy = stackalloc float[3];
        Spline(u - column, wx);
        Spline(v - row, wy);
        float shiftX = 0, shiftY = 0;
        for (int r = 0; r < 3; r++)
            for (int c = 0; c < 3; c++)
            {
                int i = (row + r) * WarpGrid + column + c;
                float weight = wy[r] * wx[c];
                shiftX += weight * _warpX[i];
                shiftY += weight * _warpY[i];
            }
        return (x + shiftX, y + shiftY);
    }

    private static void Spline(float t, Span<float> weights)
    {
        weights[0] = 0.5f * (1 - t) * (1 - t);
        weights[1] = 0.5f + t * (1 - t);
        weights[2] = 0.5f * t * t;
    }

    private static float Cubic(ReadOnlySpan<float> p, float t)
    {
        float s = 1 - t;
        return s * s * s * p[0] + 3 * s * s * t * p[1] + 3 * s * t * t * p[2] + t * t * t * p[3];
    }

    private static float Pressure(ref RandomStream random) => random.NextSingle(0.75f, 1.15f);

    /// <summary>A bell-shaped value in −1.5 … 1.5 with variance ¼: the sum of three uniform ones.</summary>
    private static float Bell(ref RandomStream random) => random.NextSingle() + random.NextSingle() + random.NextSingle() - 1.5f;

    private static int FirstPixel(float at) => Math.Clamp((int)at, 0, Side - 1);

    private static int LastPixel(float at) => Math.Clamp((int)at + 1, 0, Side - 1);

    private readonly record struct PenPoint(float X, float Y, float Radius, bool StartsStroke);
}
