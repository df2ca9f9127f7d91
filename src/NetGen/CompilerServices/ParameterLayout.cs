using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace NetGen.CompilerServices;

/// <summary>
/// Where one named tensor lies in the flat parameter block: a bijection from PyTorch's row-major order onto places in the block.
/// </summary>
/// <remarks>
/// Element (i₀, i₁, …) lies at offset + Σ A(axis, i). An axis is a list of pairs (extent, stride), least significant digit first:
/// A is the sum of digit · stride, where the digits are i in the mixed radix of the extents, and the last digit takes what is left.
/// A convolution's output channels blocked by 16 are <c>[16, 1, int.MaxValue, blockStride]</c>, a plain axis <c>[int.MaxValue, stride]</c>.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed partial class ParameterLayout
{
    private readonly int[][] _axes;
    private readonly double _initialBound;
    private readonly double _initialMean;
    private int[][]? _placesOfAxes;

    /// <summary>Describes one tensor.</summary>
    /// <param name="name">PyTorch's name of it.</param>
    /// <param name="shape">PyTorch's shape of it, outermost extent first.</param>
    /// <param name="offset">Place of its first element in the block.</param>
    /// <param name="initialBound">Initial values are uniform within this distance of the mean; 0 makes them constant.</param>
    /// <param name="axes">For each extent of the shape its digits.</param>
    /// <param name="initialMean">Mean of the initial values.</param>
    /// <exception cref="ArgumentException">The axes do not fit the shape.</exception>
    internal ParameterLayout(string name, int[] shape, int offset, double initialBound, int[][] axes, double initialMean = 0)
    {
        if (axes.Length != shape.Length)
        {
            throw Unfit(name, shape);
        }

        int length = 1;
        for (int i = 0; i < shape.Length; i++)
        {
            if (axes[i].Length == 0 || axes[i].Length % 2 != 0)
            {
                throw Unfit(name, shape);
            }

            length = checked(length * shape[i]);
        }

        Name = name;
        Shape = shape;
        Length = length;
        Offset = offset;
        _axes = axes;
        _initialBound = initialBound;
        _initialMean = initialMean;
    }

    private static ArgumentException Unfit(string name, int[] shape) =>
        new($"{name} has {shape.Length} extents; each needs an axis of (extent, stride) pairs.");

    /// <summary>Reads a network's parameters from the table in its emitted code.</summary>
    /// <param name="table">The table, a line for each parameter.</param>
    /// <exception cref="FormatException">The table is another version's.</exception>
    public static ParameterLayout[] ReadTable(string table)
    {
        ArgumentNullException.ThrowIfNull(table);
        return ParameterTable.Read(table);
    }

    internal string Name { get; }

    internal int[] Shape { get; }

    /// <summary>Place of the first element in the block.</summary>
    internal int Offset { get; }

    /// <summary>Number of elements.</summary>
    internal int Length { get; }

    /// <summary>Copies elements out of the block.</summary>
    /// <param name="block">The parameter block.</param>
    /// <param name="first">Row-major index of the first element to copy.</param>
    /// <param name="destination">Receives as many elements as it is long.</param>
    internal void CopyTo(ReadOnlySpan<float> block, int first, Span<float> destination)
    {
        while (!destination.IsEmpty)
        {
            int count = CountAlike(first, destination.Length, out bool inBands);
            if (inBands)
            {
                CopyBandsTo(block, first, destination[..count]);
            }
            else
            {
                CopyRowsTo(block, first, destination[..count]);
            }

            first += count;
            destination = destination[count..];
        }
    }

    /// <summary>Copies elements into the block.</summary>
    /// <param name="block">The parameter block.</param>
    /// <param name="first">Row-major index of the first element to copy.</param>
    /// <param name="source">The elements.</param>
    internal void CopyFrom(Span<float> block, int first, ReadOnlySpan<float> source)
    {
        while (!source.IsEmpty)
        {
            int count = CountAlike(first, source.Length, out bool inBands);
            if (inBands)
            {
                CopyBandsFrom(block, first, source[..count]);
            }
            else
            {
                CopyRowsFrom(block, first, source[..count]);
            }

            first += count;
            source = source[count..];
        }
    }

    /// <summary>Writes the initial values, a function of the seed, the parameter's index and the element's row-major index alone.</summary>
    internal void Initialize(Span<float> block, int seed, int index)
    {
        ulong key = CounterRandom.Key(seed, (ulong)index);
        float[] values = new float[Math.Min(Length, ChunkLength)];
        for (int first = 0; first < Length; first += values.Length)
        {
            Span<float> chunk = values.AsSpan(0, Math.Min(values.Length, Length - first));
            Draw(key, first, chunk);
            CopyFrom(block, first, chunk);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Draw(ulong key, int first, Span<float> values)
    {
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = (float)(_initialMean + _initialBound * (2 * CounterRandom.Uniform(key, (ulong)(first + i)) - 1));
        }
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Name} [{string.Join(", ", Shape)}]";

    private void CopyRowsTo(ReadOnlySpan<float> block, int first, Span<float> destination)
    {
        Rows rows = new(this, first, destination.Length);
        while (rows.MoveNext())
        {
            Gather(block[rows.Base..], rows.Places, destination.Slice(rows.Done, rows.Places.Length));
        }
    }

    private void CopyRowsFrom(Span<float> block, int first, ReadOnlySpan<float> source)
    {
        Rows rows = new(this, first, source.Length);
        while (rows.MoveNext())
        {
            Scatter(source.Slice(rows.Done, rows.Places.Length), rows.Places, block[rows.Base..]);
        }
    }

    // What runs once a row stays as the JIT first compiles it, which takes less time than the copies of a small network's rows.

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Gather(ReadOnlySpan<float> block, ReadOnlySpan<int> places, Span<float> row)
    {
        for (int i = 0; i < row.Length; i++)
        {
            row[i] = block[places[i]];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Scatter(ReadOnlySpan<float> row, ReadOnlySpan<int> places, Span<float> block)
    {
        for (int i = 0; i < row.Length; i++)
        {
            block[places[i]] = row[i];
        }
    }

    private int[][] PlacesOfAxes()
    {
        int[][] places = new int[_axes.Length][];
        for (int axis = 0; axis < places.Length; axis++)
        {
            places[axis] = new int[Shape[axis]];
            for (int i = 0; i < places[axis].Length; i++)
            {
                places[axis][i] = Place(_axes[axis], i);
            }
        }

        return places;
    }

    private static int Place(int[] digits, int index)
    {
        int place = 0;
        for (int digit = 0; digit < digits.Length - 2; digit += 2)
        {
            place += index % digits[digit] * digits[digit + 1];
            index /= digits[digit];
        }

        return place + index * digits[^1];
    }

    /// <summary>
    /// Walks a range of elements in row-major order, a row (or the part of one in the range) at a time. A row lies along the last axis with more
    /// than one element, so that a 1×1 convolution's are as long as others'.
    /// </summary>
    private ref struct Rows
    {
        private static readonly int[] s_scalar = [0];

        private readonly int[][] _places;
        private readonly int[] _index;
        private readonly int _rowAxis;
        private readonly int _length;
        private int _column;

        public Rows(ParameterLayout layout, int first, int length)
        {
            _places = layout._placesOfAxes ??= layout.PlacesOfAxes();
            _rowAxis = _places.Length - 1;
            while (_rowAxis > 0 && _places[_rowAxis].Length == 1)
            {
                _rowAxis--;
            }

            _index = new int[_places.Length];
            _length = length;
            Base = layout.Offset;
            for (int axis = _rowAxis; axis >= 0 && length > 0; axis--)
            {
                _index[axis] = first % _places[axis].Length;
                first /= _places[axis].Length;
                if (axis < _rowAxis)
                {
                    Base += _places[axis][_index[axis]];
                }
            }

            _column = _rowAxis >= 0 ? _index[_rowAxis] : 0;
        }

        /// <summary>Elements before this row in the range.</summary>
        public int Done { get; private set; }

        /// <summary>Place of the row in the block.</summary>
        public int Base { get; private set; }

        /// <summary>Places of the row's elements, from <see cref="Base"/>.</summary>
        public ReadOnlySpan<int> Places { get; private set; }

        public bool MoveNext()
        {
            Done += Places.Length;
            if (Done >= _length)
            {
                return false;
            }

            if (!Places.IsEmpty)
            {
                _column = 0;
                NextRow();
            }

            ReadOnlySpan<int> row = _rowAxis >= 0 ? _places[_rowAxis] : s_scalar;
            Places = row.Slice(_column, Math.Min(row.Length - _column, _length - Done));
            return true;
        }

        private void NextRow()
        {
            for (int axis = _rowAxis - 1; axis >= 0; axis--)
            {
                int[] places = _places[axis];
                Base -= places[_index[axis]];
                _index[axis] = _index[axis] + 1 < places.Length ? _index[axis] + 1 : 0;
                Base += places[_index[axis]];
                if (_index[axis] != 0)
                {
                    return;
                }
            }
        }
    }
}
