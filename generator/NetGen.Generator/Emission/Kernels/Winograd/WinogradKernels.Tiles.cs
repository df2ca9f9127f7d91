using NetGen.Generator.Schedule;

namespace NetGen.Generator.Emission.Kernels.Winograd;

/// <content>The loops over blocks of channels, tiles and lanes around the transforms.</content>
internal sealed partial class WinogradKernels
{
    private SourceWriter.Block OpenKernel(string what, string signature)
    {
        _writer.Line($"// {what}, 16 channels of a tile at a time.");
        _writer.Line("[MethodImpl(MethodImplOptions.AggressiveOptimization)]");
        return _writer.Open($"internal static void {signature}");
    }

    /// <summary>
    /// Opens the loops over blocks and tiles, in which <c>plane</c> is the block's map, (<c>y</c>, <c>x</c>) the tile's first pixel there, and
    /// <see cref="TilePoints"/> the first of the tile's points.
    /// </summary>
    /// <param name="tile">The side of a tile of points.</param>
    /// <param name="declareStrides">Declares how far points are apart.</param>
    /// <param name="map">The first block's map.</param>
    /// <param name="side">Pixels from one tile to the next.</param>
    private Nested OpenTiles(int tile, Action<int> declareStrides, string map, int side, int top, int left)
    {
        var blocks = new List<SourceWriter.Block>();
        declareStrides(tile);
        blocks.Add(_writer.Open("for (int block = firstBlock; block < endBlock; block++)"));
        _writer.Line($"ref float plane = ref {Refs.At(map, "block * planeFloats")};");
        _writer.Line($"ref float {TilePoints} = ref {Refs.At("points", "block * blockFloats")};");
        _writer.Line($"int y = {Origin($"firstTile / tileColumns * {side}", top)}, x = {Origin($"firstTile % tileColumns * {side}", left)};");
        blocks.Add(_writer.Open("for (int tile = firstTile; tile < endTile; tile++)"));
        return new Nested(blocks, () =>
        {
            _writer.Line($"{TilePoints} = ref {Refs.At(TilePoints, TensorView.Block)};");
            _writer.Line($"x += {side};");
            using (_writer.Open($"if (x == {Origin($"tileColumns * {side}", left)})"))
            {
                _writer.Line($"x = {-left};");
                _writer.Line($"y += {side};");
            }
        });

        static string Origin(string place, int padding) => padding == 0 ? place : $"({place}) - {padding}";
    }

    /// <summary>Writes what is done to all 16 channels of a pixel, or of a point, for as many at a time as a vector has lanes.</summary>
    private void ForEachLane(Action body)
    {
        if (_width.Lanes == TensorView.Block)
        {
            body();
            return;
        }

        using (_writer.Open($"for (int lane = 0; lane < {TensorView.Block}; lane += {_width.Lanes})"))
        {
            body();
        }
    }

    /// <summary>Declares how far the rows of a tile of pixels are from the first, multiples of <c>row1</c>.</summary>
    private void DeclareRows(int side)
    {
        for (int row = 2; row < side; row++)
        {
            _writer.Line($"nint row{row} = row1 * {row};");
        }
    }

    /// <summary>Open blocks of source, the innermost of which ends with some lines.</summary>
    private sealed class Nested(List<SourceWriter.Block> blocks, Action writeEnd) : IDisposable
    {
        public void Dispose()
        {
            writeEnd();
            for (int i = blocks.Count - 1; i >= 0; i--)
            {
                blocks[i].Dispose();
            }
        }
    }
}
