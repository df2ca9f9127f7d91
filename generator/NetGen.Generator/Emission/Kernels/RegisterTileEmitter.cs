using NetGen.Generator.Graph;
using NetGen.Generator.Schedule;
using NetGen.Generator.Schedule.Products;

namespace NetGen.Generator.Emission.Kernels;

/// <summary>Writes what a product kernel does with its accumulators: their initial values, the reduction steps, the stores.</summary>
internal sealed class RegisterTileEmitter
{
    private readonly ProductSpace _space;
    private readonly VectorWidth _width;
    private readonly SourceWriter _writer;
    private readonly Element[] _left;
    private readonly Element[] _right;
    private readonly ProductShape _shape;
    private bool _hasDestinationBlocks;

    /// <summary>A vector of zeros. Naming its type instead takes the C# compiler twice as long for the line.</summary>
    private const string Nothing = "default";

    public RegisterTileEmitter(ProductKernel kernel, ProductShape shape, SourceWriter writer)
    {
        _shape = shape;
        _space = kernel.Space;
        _width = kernel.Width;
        _writer = writer;
        _left = Elements(kernel.Region.Left, isRight: false);
        _right = Elements(kernel.Region.Right, isRight: true);
        Sets = kernel.Region.Sets;
    }

    /// <summary>Copies of the accumulators that successive steps take in turn.</summary>
    public int Sets { get; }

    /// <summary>Writes the initial values; from a reduction's second part on they are what the part before has left in the result.</summary>
    /// <param name="isFirst">The condition that a part is the first; null where the reduction is not cut.</param>
    public void EmitInitialValues(string? bias, string destination, string? isFirst)
    {
        if (isFirst is not null)
        {
            DeclareDestinationBlocks(destination);
        }

        for (int set = 0; set < Sets; set++)
        {
            ForEachSum((l, r) =>
            {
                string value = isFirst is not null ? _width.Load(DestinationAt(destination, l, r)) : set == 0 ? InitialValue(l, r, bias) : Nothing;
                _writer.Line($"{_width.Type} {Sum(set, l, r)} = {value};");
            });
        }

        bool adds = _space.Store == StoreMode.Accumulate;
        if (isFirst is null || (adds && bias is null))
        {
            return;
        }

        using SourceWriter.Block first = _writer.Open($"if ({isFirst})");
        for (int r = 0; r < _right.Length; r++)
        {
            string value = bias is null ? Nothing : Local(true, $"bias{r}", _width.Load(Refs.At(bias, _right[r].Bias)));
            for (int l = 0; l < _left.Length; l++)
            {
                _writer.Line($"{Sum(0, l, r)} {(adds ? "+=" : "=")} {value};");
            }
        }
    }

    /// <summary>
    /// Writes reduction steps at constant offsets from the operands' references: each loads the right vectors and multiplies every
    /// left element with all of them.
    /// </summary>
    /// <param name="isBody">Whether they are all of a loop's body: a single step then declares its vectors there.</param>
    public void EmitSteps(IReadOnlyList<(long Left, long Right)> offsets, string? left, string right, bool isBody = false)
    {
        using SourceWriter.Block? block = _right.Any(element => element.Depths > 0) && !isBody ? _writer.Open() : null;
        foreach (int depths in _right.Select(element => element.Depths).Where(depths => depths > 0).Distinct())
        {
            _writer.Line($"ref float {RightOf(right, depths)} = ref {Refs.At(right, _shape.RightFloatsOf(depths))};");
        }

        for (int step = 0; step < offsets.Count; step++)
        {
            if (_space.LeftKind == LeftOperandKind.One)
            {
                EmitSumStep(step % Sets, offsets[step].Right, right);
            }
            else
            {
                EmitProductStep(step % Sets, offsets[step], left!, right, hasScope: !(isBody && offsets.Count == 1));
            }
        }
    }

    /// <summary>Writes the stores; those of a reduction's parts before the last are sums that go on.</summary>
    /// <param name="isLast">The condition that a part is the last; null where the reduction is not cut.</param>
    public void EmitStores(string destination, string? isLast)
    {
        DeclareDestinationBlocks(destination);
        ActivationOperator? activation = _space.Activation;
        if (isLast is not null && activation is not null)
        {
            using SourceWriter.Block last = _writer.Open($"if ({isLast})");
            ForEachSum((l, r) => _writer.Line($"{Sum(0, l, r)} = {ActivationEmitter.Apply(activation, _width, Sum(0, l, r))};"));
        }

        ForEachSum((l, r) =>
        {
            string sum = string.Join(" + ", Enumerable.Range(0, Sets).Select(set => Sum(set, l, r)));
            string value = Sets == 1 ? sum : $"({sum})";
            ElementRef at = DestinationAt(destination, l, r);
            _writer.Line(_space.Store switch
            {
                _ when isLast is not null => _width.Store(sum, at),
                StoreMode.AccumulateLaneSum => $"{at} += {_width.Class}.Sum({sum});",
                StoreMode.Accumulate => _width.Store(ActivationEmitter.Apply(activation, _width, $"({_width.Load(at)} + {value})"), at),
                _ => _width.Store(ActivationEmitter.Apply(activation, _width, value), at),
            });
        });
    }

    private void ForEachSum(Action<int, int> write)
    {
        for (int l = 0; l < _left.Length; l++)
        {
            for (int r = 0; r < _right.Length; r++)
            {
                write(l, r);
            }
        }
    }

    private ElementRef DestinationAt(string destination, int l, int r) =>
        Refs.At(DestinationOf(destination, _right[r].DestinationBlocks), _left[l].Destination + _right[r].Destination);

    private static string DestinationOf(string destination, int blocks) => blocks == 0 ? destination : $"{destination}{blocks}";

    /// <summary>Declares references to the tile's blocks of the result, unless they are constants away, once.</summary>
    private void DeclareDestinationBlocks(string destination)
    {
        if (_hasDestinationBlocks)
        {
            return;
        }

        _hasDestinationBlocks = true;
        foreach (int blocks in _right.Select(element => element.DestinationBlocks).Where(blocks => blocks > 0).Distinct())
        {
            _writer.Line($"ref float {DestinationOf(destination, blocks)} = ref {Refs.At(destination, _shape.DestinationFloatsOf(blocks))};");
        }
    }

    private string InitialValue(int l, int r, string? bias) => _space.Initial switch
    {
        Schedule.Products.InitialValue.BiasAlongRight => l == 0 ? _width.Load(Refs.At(bias!, _right[r].Bias)) : Sum(0, 0, r),
        Schedule.Products.InitialValue.BiasAlongLeft => r == 0 ? _width.Broadcast(Refs.At(bias!, _left[l].Bias)) : Sum(0, l, 0),
        _ => Nothing,
    };

    private void EmitSumStep(int set, long offset, string right)
    {
        for (int r = 0; r < _right.Length; r++)
        {
            _writer.Line($"{Sum(set, 0, r)} += {_width.Load(RightAt(right, _right[r], offset))};");
        }
    }

    /// <summary>
    /// A vector that only one multiply-add uses stays an operand in memory: a right one where there is one left element, a broadcast
    /// inside the multiply-add where there is one right vector.
    /// </summary>
    private void EmitProductStep(int set, (long Left, long Right) offset, string left, string right, bool hasScope)
    {
        bool sharesRight = _left.Length > 1, sharesLeft = _right.Length > 1;
        hasScope &= sharesRight || sharesLeft;
        SourceWriter.Block block = hasScope ? _writer.Open() : default;
        var vectors = new string[_right.Length];
        for (int r = 0; r < _right.Length; r++)
        {
            vectors[r] = Local(sharesRight, $"v{r}", _width.Load(RightAt(right, _right[r], offset.Right)));
            if (sharesRight && _shape.FloatsAhead is { } floatsAhead && _right[r].Operand % TensorView.Block == 0)
            {
                _writer.Line($"TensorMoves.Prefetch(ref {RightAt(right, _right[r], offset.Right, floatsAhead)});");
            }
        }

        for (int l = 0; l < _left.Length; l++)
        {
            ElementRef at = Refs.At(left, offset.Left + _left[l].Operand);
            string element = Local(
                sharesLeft, $"s{l}", _space.LeftKind == LeftOperandKind.Vector ? _width.Load(at) : _width.Broadcast(at));
            for (int r = 0; r < _right.Length; r++)
            {
                _writer.Line($"{Sum(set, l, r)} = {_width.MultiplyAdd(vectors[r], element, Sum(set, l, r))};");
            }
        }

        if (hasScope)
        {
            block.Dispose();
        }
    }

    private static ElementRef RightAt(string right, Element element, long offset, string? ahead = null) =>
        new(RightOf(right, element.Depths), ahead, offset + element.Operand);

    private static string RightOf(string right, int depths) => depths == 0 ? right : $"{right}{depths}";

    private string Local(bool shared, string name, string value)
    {
        if (!shared)
        {
            return value;
        }

        _writer.Line($"{_width.Type} {name} = {value};");
        return name;
    }

    private static string Sum(int set, int left, int right) => set == 0 ? $"sum{left}_{right}" : $"sum{left}_{right}_{set}";

    /// <summary>The offsets of a tile's elements, the last axis running fastest.</summary>
    private Element[] Elements(IEnumerable<AxisSegment> segments, bool isRight)
    {
        var elements = new List<Element> { new(0, 0, 0, 0, 0) };
        foreach (AxisSegment segment in segments)
        {
            Axis axis = segment.Axis;
            bool overDepth = isRight && _shape.IsStepOf(axis);
            int blocks = isRight ? _shape.DestinationBlocksOf(axis) : 0;
            elements = elements
                .SelectMany(element => Enumerable.Range(0, segment.Tile).Select(i => new Element(
                    element.Operand + (overDepth ? 0 : i * axis.OperandStep),
                    element.Depths + (overDepth ? i : 0),
                    element.Destination + (blocks > 0 ? 0 : i * axis.DestinationStep),
                    element.DestinationBlocks + (i * blocks),
                    element.Bias + (i * axis.BiasStep))))
                .ToList();
        }

        return elements.ToArray();
    }

    /// <param name="Depths">Steps over a depth that is an argument, which are added to the place in the operand.</param>
    /// <param name="DestinationBlocks">Blocks of a length that is an argument, which are added to the place in the result.</param>
    private readonly record struct Element(int Operand, int Depths, int Destination, int DestinationBlocks, int Bias);
}
