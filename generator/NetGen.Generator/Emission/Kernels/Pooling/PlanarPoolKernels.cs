using NetGen.Generator.Schedule;
using NetGen.Generator.Schedule.Pooling;

namespace NetGen.Generator.Emission.Kernels.Pooling;

/// <summary>
/// Prints pools over planes. Vectors run along the width: first down the windows' rows, then across their columns, which a stride of 2
/// deals to even and odd lanes. Windows that are clipped, large or further apart take the way through a row of scratch memory, in
/// which padding holds what changes no result.
/// </summary>
internal sealed class PlanarPoolKernels
{
    /// <summary>Elements of a window at most that are loaded anew for each vector of windows that has them.</summary>
    private const int MostDirectTaps = 9;

    private readonly PoolKernel _kernel;
    private readonly PoolGeometry _geometry;
    private readonly PoolReduction _reduction;
    private readonly VectorWidth _width;
    private readonly SourceWriter _writer;

    private PlanarPoolKernels(SourceWriter writer, PoolKernel kernel)
    {
        _writer = writer;
        _kernel = kernel;
        _geometry = kernel.Geometry;
        _reduction = kernel.Reduction;
        _width = kernel.Width;
    }

    /// <summary>Floats of scratch memory: a row with its padding, and after it each column's factor where they differ.</summary>
    public static int ScratchFloats(PoolGeometry geometry, PoolReduction reduction) => IsDirect(geometry) ? 0
        : RowFloats(geometry) + (reduction.IsUniform(geometry) ? 0 : TensorView.RoundUp(geometry.Columns.Outputs));

    public static void EmitForward(SourceWriter writer, string method, PoolKernel kernel) =>
        new PlanarPoolKernels(writer, kernel).EmitForward(method);

    private static bool IsDirect(PoolGeometry geometry) =>
        !geometry.Rows.IsClipped && !geometry.Columns.IsClipped && geometry.Columns.Stride <= 2 && geometry.Taps <= MostDirectTaps;

    // The last vector across the columns may begin at the last element.
    private static int RowFloats(PoolGeometry geometry) => TensorView.RoundUp(
        Math.Max(geometry.Columns.Span, geometry.Columns.PadBefore + TensorView.RoundUp(geometry.Columns.Size))) + TensorView.Block;

    private void EmitForward(string method)
    {
        bool direct = IsDirect(_geometry);
        _writer.Line(_kernel.Describe(gradient: false));
        _writer.Line("[MethodImpl(MethodImplOptions.AggressiveOptimization)]");
        using (_writer.Open($"internal static void {method}(ref float input, ref float output{(direct ? "" : ", ref float scratch")}{_kernel.RangeParameters})"))
        {
            if (!direct)
            {
                EmitScratch();
            }

            using (_writer.Open(_kernel.PlaneLoop("c")))
            {
                EmitChannel("map", "input", _geometry.Input);
                EmitChannel("result", "output", _geometry.Output);
                _kernel.ForEachRow(_writer, needsBounds: !direct, () =>
                {
                    _writer.Line($"ref float row = ref {Refs.At("result", $"oy * {_geometry.Output.RowStride}")};");
                    if (direct)
                    {
                        int stride = _geometry.Rows.Stride * _geometry.Input.RowStride;
                        _writer.Line($"ref float window = ref {Refs.At("map", $"oy * {stride}")};");
                        EmitAcross(DirectColumns);
                    }
                    else
                    {
                        EmitDown();
                        EmitRowScale();
                        EmitAcross((index, step, offset) => _width.Load(Refs.At("scratch", index, step, offset)));
                    }
                });
            }
        }
    }

    private void EmitChannel(string name, string @base, TensorView view) =>
        _writer.Line($"ref float {name} = ref {Refs.At(@base, Refs.Times("c", view.BlockStride), view.Origin)};");

    private void EmitScratch()
    {
        int floats = RowFloats(_geometry);
        _writer.Line($"MemoryMarshal.CreateSpan(ref scratch, {floats}).Fill({_reduction.Identity});");
        if (!_reduction.IsUniform(_geometry))
        {
            _writer.Line($"ref float columnScales = ref {Refs.At("scratch", floats)};");
            using (_writer.Open($"for (int ox = 0; ox < {_geometry.Columns.Outputs}; ox++)"))
            {
                _writer.Line($"{Refs.At("columnScales", "ox")} = 1f / {_reduction.Count(_geometry.Columns, "ox")};");
            }
        }
    }

    private void EmitRowScale()
    {
        if (!_reduction.IsUniform(_geometry))
        {
            _writer.Line($"float rowScale = 1f / {_reduction.Count(_geometry.Rows, "oy")};");
        }
    }

    /// <summary>The rows of the windows become one row in scratch memory, behind the padding on the left.</summary>
    private void EmitDown()
    {
        int columns = _geometry.Columns.Size, stride = _geometry.Input.RowStride;
        Lanes.ForEachVector(_writer, _width, columns, "x", (index, offset, count) =>
        {
            _writer.Line($"ref float column = ref {Refs.At("map", $"(top * {stride}){(index is null ? "" : $" + {index}")}", offset)};");
            EmitTap(true, _width.Load("column"));
            if (!_geometry.Rows.IsClipped && _kernel.IsSmall(_geometry.Rows.Kernel))
            {
                for (int kh = 1; kh < _geometry.Rows.Kernel; kh++)
                {
                    EmitTap(false, _width.Load(Refs.At("column", kh * stride)));
                }
            }
            else
            {
                using (_writer.Open("for (int y = 1; y < bottom - top; y++)"))
                {
                    EmitTap(false, _width.Load(Refs.At("column", $"y * {stride}")));
                }
            }

            string inside = Lanes.First(_width, count, "value", _width.Broadcast(_reduction.Identity));
            _writer.Line(_width.Store(inside, Refs.At("scratch", index, 1, offset + _geometry.Columns.PadBefore)));
        });
    }

    /// <summary>A vector of columns, their rows already combined.</summary>
    private string DirectColumns(string? index, int step, int offset)
    {
        string Row(int kh) => _width.Load(Refs.At("window", index, step, offset + (kh * _geometry.Input.RowStride)));
        return Enumerable.Range(1, _geometry.Rows.Kernel - 1)
            .Aggregate(Row(0), (value, kh) => _reduction.Combine(_width, value, Row(kh)));
    }

    /// <summary>The columns of the windows become the result's.</summary>
    /// <param name="columns">Vectors of columns from an index times a step plus an offset on.</param>
    private void EmitAcross(Func<string?, int, int, string> columns)
    {
        bool unrolls = _kernel.UnrollsColumns;

        // What is direct has few columns, and no row in scratch memory to take single elements from.
        if (_geometry.Columns.IsAdaptive || _geometry.Columns.Stride > 2 || (_geometry.Columns.Stride == 2 && !unrolls && !IsDirect(_geometry)))
        {
            EmitAcrossByElement();
            return;
        }

        Lanes.ForEachVector(_writer, _width, _geometry.Columns.Outputs, "ox", (index, offset, count) =>
        {
            if (_geometry.Columns.Stride == 2)
            {
                EmitPairs(columns, index, offset, count);
            }
            else if (unrolls)
            {
                for (int tap = 0; tap < _geometry.Columns.Kernel; tap++)
                {
                    EmitTap(tap == 0, columns(index, 1, offset + tap));
                }
            }
            else
            {
                EmitTap(true, columns(index, 1, offset));
                using (_writer.Open($"for (int kw = 1; kw < {_geometry.Columns.Kernel}; kw++)"))
                {
                    EmitTap(false, columns(index is null ? "kw" : $"{index} + kw", 1, offset));
                }
            }

            string scaled = Scaled(_width.Load(Refs.At("columnScales", index, 1, offset)));
            _writer.Line(_width.Store(scaled, Refs.At("row", index, 1, offset)));
        });
    }

    private void EmitAcrossByElement()
    {
        using (_writer.Open($"for (int ox = 0; ox < {_geometry.Columns.Outputs}; ox++)"))
        {
            if (_geometry.Columns.IsAdaptive)
            {
                PoolKernel.EmitBounds(_writer, _geometry.Columns, clipped: true, "ox", "left", "right");
                _writer.Line($"float value = {Refs.At("scratch", "left")};");
                using (_writer.Open("for (int x = left + 1; x < right; x++)"))
                {
                    _writer.Line($"value = {_reduction.CombineScalars("value", Refs.At("scratch", "x"))};");
                }

                EmitResult();
                return;
            }

            _writer.Line($"ref float columns = ref {Refs.At("scratch", Refs.Times("ox", _geometry.Columns.Stride))};");
            _writer.Line($"float value = {Refs.At("columns", 0)};");
            if (_kernel.UnrollsColumns)
            {
                for (int kw = 1; kw < _geometry.Columns.Kernel; kw++)
                {
                    _writer.Line($"value = {_reduction.CombineScalars("value", Refs.At("columns", kw))};");
                }
            }
            else
            {
                using (_writer.Open($"for (int kw = 1; kw < {_geometry.Columns.Kernel}; kw++)"))
                {
                    _writer.Line($"value = {_reduction.CombineScalars("value", Refs.At("columns", "kw"))};");
                }
            }

            EmitResult();
        }

        void EmitResult() => _writer.Line($"{Refs.At("row", "ox")} = {Scaled(Refs.At("columnScales", "ox"))};");
    }

    private string Scaled(string columnScale) => !_reduction.IsUniform(_geometry) ? $"(value * {columnScale} * rowScale)"
        : _kernel.Scale is { } scale ? $"(value * {scale})"
        : "value";

    /// <summary>At stride 2 columns of even distance from the window's first are even lanes, the others odd ones.</summary>
    private void EmitPairs(Func<string?, int, int, string> columns, string? index, int offset, int count)
    {
        int kernel = _geometry.Columns.Kernel;

        // No vector is loaded that has none of the windows' columns: it could lie outside the arena.
        string high = count > _width.Lanes / 2 ? "high" : "low";
        for (int tap = 0; tap < kernel; tap += 2)
        {
            if (tap == 0)
            {
                EmitPair(tap, declares: true);
            }
            else
            {
                using (_writer.Open())
                {
                    EmitPair(tap, declares: false);
                }
            }
        }

        void EmitPair(int tap, bool declares)
        {
            string suffix = declares ? "" : $"{tap}";
            string low = $"low{suffix}";
            string other = $"{high}{suffix}";
            _writer.Line($"{_width.Type} {low} = {columns(index, 2, (2 * offset) + tap)};");
            if (high == "high")
            {
                _writer.Line($"{_width.Type} {other} = {columns(index, 2, (2 * offset) + tap + _width.Lanes)};");
            }

            EmitTap(declares, $"VectorLanes.Evens({low}, {other})");
            if (tap + 1 < kernel)
            {
                EmitTap(false, $"VectorLanes.Odds({low}, {other})");
            }
        }
    }

    private void EmitTap(bool first, string vector) => _writer.Line(first
        ? $"{_width.Type} value = {vector};"
        : $"value = {_reduction.Combine(_width, "value", vector)};");
}
