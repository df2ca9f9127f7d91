using System.Globalization;

namespace NetGen;

/// <summary>
/// The pen's way through each digit, in several hands a digit: SVG path data (absolute M, L and C) in a box 70 wide and 100 high, y down.
/// </summary>
internal static class DigitGlyphs
{
    private static readonly string[][] s_paths =
    [
        [
            "M 38 2 C 12 2 3 28 3 52 C 3 80 16 98 35 98 C 56 98 67 76 67 48 C 67 22 56 2 36 2",
            "M 46 8 C 20 0 6 26 5 54 C 5 82 18 98 34 98 C 55 98 66 74 66 48 C 66 22 54 6 40 4 C 33 3 29 9 28 15",
            "M 30 5 C 12 14 8 34 10 56 C 12 82 24 97 38 97 C 52 96 60 76 60 52 C 60 24 50 4 34 3 C 28 3 24 6 22 10",
        ],
        [
            "M 38 2 C 37 35 35 65 34 98",
            "M 18 24 C 26 18 34 10 40 2 C 39 35 38 70 38 98",
            "M 16 22 C 26 18 34 10 39 2 C 38 35 37 70 37 97 M 16 98 C 30 97 44 97 58 96",
            "M 42 2 C 34 30 32 66 36 98",
        ],
        [
            "M 8 24 C 12 8 24 2 36 2 C 54 2 62 14 60 28 C 57 50 26 72 6 97 C 28 94 46 95 66 95",
            "M 10 20 C 18 4 34 0 46 6 C 62 16 56 40 44 58 C 34 74 20 90 10 92 C 2 92 4 80 14 80 C 28 80 44 98 66 92",
            "M 10 12 C 24 2 46 -2 54 12 C 62 28 44 52 30 68 C 22 78 14 88 8 96 L 64 96",
            "M 8 32 C 8 12 24 2 38 3 C 56 6 58 24 50 40 C 40 60 22 78 10 94 C 20 86 36 88 46 94 C 54 98 62 96 67 88",
        ],
        [
            "M 8 14 C 18 2 30 0 40 2 C 60 6 60 38 30 46 C 66 46 70 92 34 98 C 20 99 8 92 4 84",
            "M 8 5 C 24 5 42 4 58 3 C 48 16 38 30 28 42 C 64 40 72 90 34 98 C 20 99 8 92 4 84",
            "M 12 10 C 30 -4 58 2 54 24 C 52 38 38 44 24 46 C 44 44 62 54 60 74 C 58 96 28 102 6 90",
            "M 14 16 C 20 0 54 -2 54 22 C 54 38 40 46 30 48 C 22 48 24 42 32 44 C 50 46 64 58 60 76 C 54 98 22 100 8 88",
        ],
        [
            "M 18 2 C 14 22 8 40 6 56 C 24 58 44 57 66 54 M 52 20 C 50 50 48 76 46 98",
            "M 46 98 C 48 66 50 34 52 2 C 36 24 20 44 4 66 C 26 66 46 66 68 64",
            "M 10 4 C 4 40 8 54 26 54 C 42 54 54 44 58 30 M 60 2 C 56 40 52 70 48 98",
            "M 14 4 C 12 24 10 38 8 52 C 24 54 40 52 56 48 M 58 4 C 56 36 54 66 54 98",
        ],
        [
            "M 22 4 C 20 18 16 32 14 44 C 34 34 64 42 62 70 C 60 94 28 104 6 90 M 22 4 C 36 6 50 5 62 3",
            "M 60 4 C 46 6 34 5 22 5 C 20 18 17 32 14 45 C 34 34 64 44 61 70 C 58 94 28 104 6 92",
            "M 58 8 C 40 -2 16 6 18 24 C 20 44 62 46 60 74 C 58 96 26 102 8 90",
            "M 18 8 C 18 20 16 32 18 42 C 38 40 58 50 56 72 C 54 92 32 100 10 96 M 16 8 C 32 8 48 6 66 2",
        ],
        [
            "M 52 2 C 26 14 6 44 6 70 C 6 90 20 98 34 98 C 52 98 62 86 60 72 C 58 54 36 50 22 60 C 14 66 8 74 8 80",
            "M 30 0 C 14 34 4 56 6 76 C 8 96 26 100 40 96 C 60 88 60 62 42 58 C 26 56 14 66 8 80",
            "M 44 3 C 22 22 10 48 10 72 C 10 94 30 102 46 94 C 62 84 60 62 44 60 C 32 60 20 72 16 86",
        ],
        [
            "M 6 8 C 24 6 44 6 62 4 C 50 34 38 64 30 98",
            "M 6 8 C 24 6 44 6 62 4 C 52 34 40 64 32 98 M 20 52 C 34 50 46 49 58 48",
            "M 6 22 C 6 14 8 8 10 6 C 28 10 48 8 64 4 C 54 30 36 60 34 98",
            "M 8 14 C 20 2 34 12 46 10 C 54 9 60 6 62 4 C 60 34 46 62 40 98",
        ],
        [
            "M 54 14 C 40 -4 10 0 12 24 C 14 46 58 52 60 76 C 62 102 10 104 8 78 C 8 54 52 44 56 22 C 57 17 56 15 53 13",
            "M 34 46 C 10 40 12 2 36 2 C 60 2 60 40 34 46 C 2 54 4 98 34 98 C 66 98 66 54 34 46",
            "M 56 8 C 36 -2 14 6 14 24 C 14 48 56 48 56 76 C 56 100 12 102 12 78 C 12 56 44 44 60 18",
            "M 38 4 C 16 2 12 32 30 44 C 46 54 60 64 54 82 C 48 100 18 100 14 82 C 12 64 36 54 48 38 C 58 24 54 6 38 4",
        ],
        [
            "M 58 22 C 50 0 12 0 8 30 C 6 54 46 58 58 26 C 60 18 60 12 59 8 C 58 40 56 70 52 98",
            "M 56 24 C 48 2 10 4 10 30 C 10 54 48 52 58 20 C 60 56 54 98 12 94",
            "M 54 18 C 40 -2 12 6 10 30 C 10 50 42 52 56 18 C 52 50 44 76 32 98",
            "M 40 3 C 18 2 10 20 12 34 C 18 54 54 46 56 22 C 56 10 50 4 38 3 M 56 18 C 58 46 54 74 50 98",
        ],
    ];

    private static readonly Glyph[][] s_glyphs = Array.ConvertAll(s_paths, hands => Array.ConvertAll(hands, Parse));

    /// <summary>The hands a digit is written in.</summary>
    public static ReadOnlySpan<Glyph> Of(int digit) => s_glyphs[digit];

    private static Glyph Parse(string path)
    {
        var strokes = new List<(float X, float Y)[]>();
        var points = new List<(float X, float Y)>();
        string[] words = path.Split(' ');
        char command = 'M';
        for (int i = 0; i < words.Length;)
        {
            if (char.IsAsciiLetter(words[i][0])) command = words[i++][0];
            if (command == 'M' && points.Count > 0)
            {
                strokes.Add([.. points]);
                points.Clear();
            }
            if (command == 'L')
            {
                // A straight line as a cubic with its inner points on the line: one kind of curve is enough.
                (float x, float y) = points[^1];
                (float toX, float toY) = Point(words, ref i);
                points.Add((x + (toX - x) / 3, y + (toY - y) / 3));
                points.Add((x + (toX - x) * 2 / 3, y + (toY - y) * 2 / 3));
                points.Add((toX, toY));
                continue;
            }
            for (int n = command == 'C' ? 3 : 1; n > 0; n--) points.Add(Point(words, ref i));
        }
        strokes.Add([.. points]);
        return new Glyph([.. strokes]);
    }

    private static (float X, float Y) Point(string[] words, ref int i)
    {
        float x = float.Parse(words[i++], CultureInfo.InvariantCulture);
        return (x, float.Parse(words[i++], CultureInfo.InvariantCulture));
    }
}

/// <summary>A digit in one hand: strokes of chained cubic Béziers (1 + 3n points each).</summary>
internal sealed record Glyph((float X, float Y)[][] Strokes);
