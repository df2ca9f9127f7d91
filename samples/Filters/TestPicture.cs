using NetGen;

namespace Samples;

/// <summary>A picture with what filters react to: edges of all directions, thin lines, a slope, a texture.</summary>
internal static class TestPicture
{
    public static RgbImage Draw(int side)
    {
        var image = new RgbImage(side, side);
        for (int y = 0; y < side; y++)
        {
            for (int x = 0; x < side; x++)
            {
                (double u, double v) = ((x + 0.5) / side, (y + 0.5) / side);
                Span<byte> pixel = image.Pixels.Slice(3 * (y * side + x), 3);
                (pixel[0], pixel[1], pixel[2]) = Colour(u, v);
            }
        }
        return image;
    }

    private static (byte Red, byte Green, byte Blue) Colour(double u, double v)
    {
        double distance = Math.Sqrt((u - 0.3) * (u - 0.3) + (v - 0.3) * (v - 0.3));
        if (distance < 0.2) return (220, 70, 50);
        if (u > 0.6 && v < 0.5) return (int)(u * 32) % 2 == (int)(v * 32) % 2 ? ((byte)240, (byte)240, (byte)220) : ((byte)30, (byte)60, (byte)120);
        if (v > 0.6 && u < 0.5) return Math.Abs((u + v) * 24 % 2 - 1) < 0.15 ? ((byte)20, (byte)20, (byte)20) : ((byte)230, (byte)200, (byte)80);
        byte slope = (byte)(60 + 150 * v);
        return (slope, (byte)(slope * 0.9), (byte)(255 - slope));
    }
}
