using NetGen.Generator.Schedule;
using NetGen.Generator.Schedule.Products;

namespace NetGen.Generator.Emission.Kernels;

/// <summary>Prints the kernel of a <see cref="ProductKernel"/>: a register tile of accumulators around the reduction loops.</summary>
internal sealed class ProductEmitter
{
    /// <summary>Units that a range is counted in at least, if there are so many tiles: threads' shares differ by one.</summary>
    private const int EnoughUnits = 64;

    private const string BiasOperand = "bias";

    private readonly ProductKernel _kernel;
    private readonly ProductSpace _space;
    private readonly VectorWidth _width;
    private readonly SourceWriter _writer;
    private readonly IReadOnlyList<ProductKernel> _tiles;
    private readonly ProductShape _shape;

    private ProductEmitter(ProductKernel kernel, SourceWriter writer)
    {
        _kernel = kernel;
        _space = kernel.Space;
        _width = kernel.Width;
        _writer = writer;
        _tiles = kernel.Tiles;
        _shape = new ProductShape(kernel);
    }

    /// <summary>Writes calls that compute the whole space at the widest vectors that the machine has.</summary>
    /// <param name="calls">Products over the same operands.</param>
    /// <param name="canShare">Whether the calls stand in the step itself, where threads may share them.</param>
    public static void EmitCalls(
        StepWriter step,
        IReadOnlyList<ProductCall> calls,
        string left,
        string right,
        string destination,
        string bias = "",
        bool canShare = false) =>
        step.ForEachWidth(width => EmitCalls(step, width, calls, left, right, destination, bias, canShare));

    /// <summary>Writes calls that compute the whole space at one width.</summary>
    public static void EmitCalls(
        StepWriter step,
        VectorWidth width,
        IReadOnlyList<ProductCall> calls,
        string left,
        string right,
        string destination,
        string bias = "",
        bool canShare = false)
    {
        bool takesRange = canShare && step.TakesRanges;
        foreach (ProductCall call in calls)
        {
            foreach (ProductKernel kernel in ProductKernel.For(call.Space, width, step.Unroll))
            {
                step.UnrolledInstructions = Math.Max(step.UnrolledInstructions, kernel.UnrolledInstructions);
                EmitCall(call, kernel with { TakesRange = takesRange });
            }
        }

        void EmitCall(ProductCall call, ProductKernel kernel)
        {
            ProductRegion region = kernel.Region;
            string method = step.Kernels.GetOrAdd(
                kernel.Width, kernel.Relocatable,
                $"{NameOf(kernel)}_{string.Join("_", kernel.Tiles.Select(tile => $"{tile.Region.LeftTile}x{tile.Region.RightTile}"))}",
                (writer, name) => new ProductEmitter(kernel, writer).Emit(name));
            var emitter = new ProductEmitter(kernel, step.Writer);
            OperandNames names = call.Space.Operands;
            var arguments = new ProductOperands(
                Start(left, names.Left, call.Left + region.LeftStart),
                Start(right, names.Right, call.Right + region.RightStart),
                Start(bias, BiasOperand, call.Bias + region.BiasStart(call.Space.Initial)),
                Start(destination, names.Destination, call.Destination + region.DestinationStart));

            // Where a kernel serves layers of several shapes, so does the step.
            ElementRef Start(string reference, string operand, int floats) =>
                emitter._shape.TakesDepth ? step.At(reference, $"{operand}Start", floats) : Refs.At(reference, floats);

            string range = !takesRange ? "" : step.RangeArguments(
                emitter._shape.TakesDepth ? step.Argument("units", emitter.Units()) : $"{emitter.Units()}");
            step.Writer.Line($"{method}({arguments.List(call.Space, "ref ", "count")}{range}{emitter._shape.Arguments(step)});");
        }
    }

    private static string NameOf(ProductKernel kernel) => kernel.TakesShape ? kernel.Space.NameOfAnyShape!
        : kernel.TakesDepth ? kernel.Space.NameOfAnyDepth!
        : kernel.Space.Name;

    private void Emit(string method)
    {
        ProductRegion region = _kernel.Region;
        OperandNames names = _space.Operands;
        string sets = region.Sets > 1 ? $", {region.Sets} sets" : "";
        string tiles = string.Join(" and ", _tiles.Select(tile => $"{tile.Region.LeftTile} × {tile.Region.RightTile}"));
        string cost = _shape.TakesDepth
            ? $"{Literals.Grouped(_tiles.Sum(MultiplyAddsOfTile))} multiply-adds of vectors a tile and {_space.Reduction[0].Loops[0].Name}"
            : $"{Literals.Grouped(VectorMultiplyAdds)} multiply-adds of vectors a call";
        _writer.Line($"// {NameOf(_kernel).Replace('_', ' ')}: tile of {tiles} vectors of {_width.Lanes}{sets}; {cost}.");
        _writer.Line("[MethodImpl(MethodImplOptions.AggressiveOptimization)]");
        var operands = new ProductOperands(names.Left, names.Right, BiasOperand, names.Destination);
        string range = _kernel.TakesRange ? ", int first, int end" : "";
        using (_writer.Open($"internal static void {method}({operands.List(_space, "ref float ", "int count")}{range}{_shape.Parameters})"))
        {
            _shape.EmitDeclarations(_writer);
            operands = operands with
            {
                Left = _space.LeftKind == LeftOperandKind.One ? null : operands.Left,
                Bias = _space.UsesBias ? operands.Bias : null,
            };
            if (_shape.IsCut)
            {
                EmitParts(operands);
            }
            else
            {
                EmitTiles(operands);
            }
        }
    }

    /// <summary>All tiles take a part of the outermost reduction loop, then all take the next.</summary>
    private void EmitParts(ProductOperands refs)
    {
        using (_writer.Open($"for (int part = 0; part < {_shape.Parts}; part++)"))
        {
            _shape.EmitPartBounds(_writer);
            EmitTiles(refs);
        }
    }

    private void EmitTiles(ProductOperands refs)
    {
        if (_kernel.TakesRange)
        {
            EmitRange(refs);
        }
        else
        {
            EmitLoops(TileLoops(), 0, refs, EmitTile);
        }
    }

    /// <summary>What a range is counted in: the tiles of as many outer loops as make enough of them, loop around loop.</summary>
    private int Units() => TileLoops().Take(RangeLoops()).Aggregate(1, (units, loop) => units * loop.Extent);

    private int RangeLoops()
    {
        List<TileLoop> loops = TileLoops();
        int count = 0;
        if (_shape.TakesShape)
        {
            // Which they are must not depend on how many tiles there are. A batch has enough of them without the left axis.
            int most = _space.Batch.Any(loop => loop.Extent > 1) && _tiles.Count == 1 ? loops.Count - 1 : loops.Count;
            return loops.Take(most).TakeWhile(loop => loop.Name != _space.PartLoop?.Name).Count();
        }

        for (int units = 1; count < loops.Count && units < EnoughUnits && loops[count].Name != _space.PartLoop?.Name; count++)
        {
            units *= loops[count].Extent;
        }

        return count;
    }

    /// <summary>One loop over the range in place of the outer loops, whose variables follow from the unit; the inner loops are as ever.</summary>
    private void EmitRange(ProductOperands refs)
    {
        List<TileLoop> loops = TileLoops(), outer = loops.Take(RangeLoops()).ToList();

        // Variables that follow from the unit by divisions by constants; by others, which would cost a short tile 1 to 2%, they are counted.
        bool counts = _shape.TakesShape && outer.Count > 1;
        if (counts)
        {
            EmitVariables("first");
        }

        using (_writer.Open("for (int unit = first; unit < end; unit++)"))
        {
            if (!counts)
            {
                EmitVariables("unit");
            }

            EmitLoops(loops, outer.Count, outer.Aggregate(refs, Advance), EmitTile);
            if (counts)
            {
                EmitCount(outer.Count - 1);
            }
        }

        void EmitVariables(string unit)
        {
            for (int i = 0; i < outer.Count; i++)
            {
                string? inside = UnitsOf(outer.Skip(i + 1)), around = UnitsOf(outer.Skip(i));
                string rest = i == 0 || around is null ? unit : $"{unit} % {around}";
                _writer.Line($"int {outer[i].Name} = {(inside is null ? rest : i == 0 ? $"{unit} / {inside}" : $"({rest}) / {inside}")};");
            }
        }

        void EmitCount(int i)
        {
            _writer.Line($"{outer[i].Name}++;");
            if (i > 0)
            {
                using SourceWriter.Block wrap = _writer.Open($"if ({outer[i].Name} == {outer[i].Bound})");
                _writer.Line($"{outer[i].Name} = 0;");
                EmitCount(i - 1);
            }
        }
    }

    /// <summary>The iterations of some loops, as source; null where there is one.</summary>
    private static string? UnitsOf(IEnumerable<TileLoop> loops)
    {
        int constant = 1;
        var factors = new List<string>();
        foreach (TileLoop loop in loops)
        {
            if (loop.Bound == $"{loop.Extent}")
            {
                constant *= loop.Extent;
            }
            else
            {
                factors.Add(loop.Bound);
            }
        }

        if (constant > 1)
        {
            factors.Add($"{constant}");
        }

        return factors.Count switch { 0 => null, 1 => factors[0], _ => $"({string.Join(" * ", factors)})" };
    }

    private long MultiplyAddsOfTile(ProductKernel tile) =>
        tile.MultiplyAddsPerStep * _space.Steps(_width) / _space.Reduction[0].Loops[0].Extent;

    private long VectorMultiplyAdds =>
        _space.Batch.Aggregate(1L, (product, loop) => product * loop.Extent)
        * _tiles.Sum(tile => tile.Region.Left.Concat(tile.Region.Right).Aggregate(1L, (product, segment) => product * segment.Trips * segment.Tile))
        * _space.Steps(_width);

    /// <summary>
    /// The loops around the tile: the batch, then the right axes, so that what they read stays in cache over the left ones. Where tiles of several
    /// sizes share the right operand the left axes' loops are around each of them.
    /// </summary>
    private List<TileLoop> TileLoops()
    {
        List<TileLoop> loops = _space.Batch.Select(_shape.Of).Concat(_kernel.Region.Right.Select(_shape.OfRight)).ToList();
        if (_tiles.Count == 1)
        {
            loops.AddRange(LeftLoops(_kernel.Region, 0));
        }

        return WithoutSingle(loops);
    }

    private List<TileLoop> LeftLoops(ProductRegion region, int size) => WithoutSingle(region.Left.Select(segment => _shape.OfLeft(segment, size)));

    private static List<TileLoop> WithoutSingle(IEnumerable<TileLoop> loops) => loops.Where(loop => loop.Extent != 1 || loop.IsKept).ToList();

    private void EmitTile(ProductOperands refs)
    {
        if (_tiles.Count == 1)
        {
            new ReductionEmitter(_kernel, _shape, _writer).Emit(refs);
            return;
        }

        for (int size = 0; size < _tiles.Count; size++)
        {
            ProductKernel tile = _tiles[size];
            using SourceWriter.Block block = _writer.Open();
            EmitLoops(LeftLoops(tile.Region, size), 0, AtStart(refs, tile.Region, size), inside => new ReductionEmitter(tile, _shape, _writer).Emit(inside));
        }
    }

    /// <summary>The operands where a region begins, whose vectors along the right axes are the kernel's.</summary>
    private ProductOperands AtStart(ProductOperands refs, ProductRegion region, int size)
    {
        ProductRegion first = _kernel.Region;
        Axis axis = region.Left[0].Axis;
        return refs with
        {
            Left = At(refs.Left, _space.Operands.Left, region.LeftStart - first.LeftStart, axis.OperandStep),
            Bias = _space.Initial == InitialValue.BiasAlongLeft
                ? At(refs.Bias, BiasOperand, region.BiasStart(_space.Initial) - first.BiasStart(_space.Initial), axis.BiasStep)
                : refs.Bias,
            Destination = At(refs.Destination, _space.Operands.Destination, region.DestinationStart - first.DestinationStart, axis.DestinationStep)!,
        };

        string? At(string? reference, string operand, int start, int step)
        {
            if (reference is null || start == 0)
            {
                return reference;
            }

            string rest = ProductOperands.InLoop(operand, "rest");
            _writer.Line($"ref float {rest} = ref {(_shape.TakesShape ? Refs.At(reference, _shape.StartOf(size, step)) : Refs.At(reference, start))};");
            return rest;
        }
    }

    private void EmitLoops(List<TileLoop> loops, int depth, ProductOperands refs, Action<ProductOperands> inside)
    {
        if (depth == loops.Count)
        {
            inside(refs);
            return;
        }

        TileLoop loop = loops[depth];
        using (_writer.Open($"for (int {loop.Name} = 0; {loop.Name} < {loop.Bound}; {loop.Name}++)"))
        {
            EmitLoops(loops, depth + 1, Advance(refs, loop), inside);
        }
    }

    private ProductOperands Advance(ProductOperands refs, TileLoop loop) => new(
        ProductOperands.Advance(_writer, refs.Left, _space.Operands.Left, loop.Name, loop.LeftStep),
        ProductOperands.Advance(_writer, refs.Right, _space.Operands.Right, loop.Name, loop.RightStep)!,
        ProductOperands.Advance(_writer, refs.Bias, BiasOperand, loop.Name, loop.BiasStep),
        ProductOperands.Advance(_writer, refs.Destination, _space.Operands.Destination, loop.Name, loop.DestinationStep)!);
}
