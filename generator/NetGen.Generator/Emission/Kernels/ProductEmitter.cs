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
    private readonly ProductDepth _depth;

    private ProductEmitter(ProductKernel kernel, SourceWriter writer)
    {
        _kernel = kernel;
        _space = kernel.Space;
        _width = kernel.Width;
        _writer = writer;
        _tiles = kernel.Tiles;
        _depth = new ProductDepth(kernel);
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
            var arguments = new ProductOperands(
                Refs.At(left, call.Left + region.LeftStart),
                Refs.At(right, call.Right + region.RightStart),
                Refs.At(bias, call.Bias + region.BiasStart(call.Space.Initial)),
                Refs.At(destination, call.Destination + region.DestinationStart));
            var emitter = new ProductEmitter(kernel, step.Writer);
            string range = takesRange ? step.RangeArguments(emitter.Units()) : "";
            step.Writer.Line($"{method}({arguments.List(call.Space, "ref ", "count")}{range}{emitter._depth.Arguments(step)});");
        }
    }

    private static string NameOf(ProductKernel kernel) => kernel.TakesDepth ? kernel.Space.NameOfAnyDepth! : kernel.Space.Name;

    private void Emit(string method)
    {
        ProductRegion region = _kernel.Region;
        OperandNames names = _space.Operands;
        string sets = region.Sets > 1 ? $", {region.Sets} sets" : "";
        string tiles = string.Join(" and ", _tiles.Select(tile => $"{tile.Region.LeftTile} × {tile.Region.RightTile}"));
        string cost = _depth.IsArgument
            ? $"{Literals.Grouped(_tiles.Sum(MultiplyAddsOfTile))} multiply-adds of vectors a tile and {_space.Reduction[0].Loops[0].Name}"
            : $"{Literals.Grouped(VectorMultiplyAdds)} multiply-adds of vectors a call";
        _writer.Line($"// {NameOf(_kernel).Replace('_', ' ')}: tile of {tiles} vectors of {_width.Lanes}{sets}; {cost}.");
        _writer.Line("[MethodImpl(MethodImplOptions.AggressiveOptimization)]");
        var operands = new ProductOperands(names.Left, names.Right, BiasOperand, names.Destination);
        string range = _kernel.TakesRange ? ", int first, int end" : "";
        using (_writer.Open($"internal static void {method}({operands.List(_space, "ref float ", "int count")}{range}{_depth.Parameters})"))
        {
            _depth.EmitDeclarations(_writer);
            operands = operands with
            {
                Left = _space.LeftKind == LeftOperandKind.One ? null : operands.Left,
                Bias = _space.UsesBias ? operands.Bias : null,
            };
            if (_depth.IsCut)
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
        using (_writer.Open($"for (int part = 0; part < {_depth.Parts}; part++)"))
        {
            _depth.EmitPartBounds(_writer);
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
        for (int units = 1; count < loops.Count && units < EnoughUnits && loops[count].Name != _space.PartLoop?.Name; count++)
        {
            units *= loops[count].Extent;
        }

        return count;
    }

    /// <summary>One loop over the range in place of the outer loops, whose variables follow from the unit; the inner loops are as ever.</summary>
    private void EmitRange(ProductOperands refs)
    {
        List<TileLoop> loops = TileLoops();
        int outer = RangeLoops(), inside = Units();
        using (_writer.Open("for (int unit = first; unit < end; unit++)"))
        {
            for (int i = 0; i < outer; i++)
            {
                TileLoop loop = loops[i];
                int units = inside;
                inside /= loop.Extent;
                string rest = i == 0 ? "unit" : $"unit % {units}";
                _writer.Line($"int {loop.Name} = {(inside == 1 ? rest : i == 0 ? $"unit / {inside}" : $"({rest}) / {inside}")};");
                refs = Advance(refs, loop);
            }

            EmitLoops(loops, outer, refs, EmitTile);
        }
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
        List<TileLoop> loops = _space.Batch
            .Select(loop => new TileLoop(loop.Name, loop.IsCount ? "count" : $"{loop.Extent}", loop.Extent, loop.LeftStep, loop.RightStep, loop.BiasStep, loop.DestinationStep))
            .ToList();
        foreach (AxisSegment segment in _kernel.Region.Right)
        {
            loops.Add(new TileLoop(
                segment.Axis.Name,
                $"{segment.Trips}",
                segment.Trips,
                0,
                segment.Tile * segment.Axis.OperandStep,
                segment.Tile * segment.Axis.BiasStep * (_space.Initial == InitialValue.BiasAlongRight ? 1 : 0),
                segment.Tile * segment.Axis.DestinationStep)
            {
                RightSteps = _depth.IsStepOf(segment.Axis) ? segment.Tile : null,
            });
        }

        if (_tiles.Count == 1)
        {
            loops.AddRange(LeftLoops(_kernel.Region));
        }

        return WithoutSingle(loops);
    }

    private List<TileLoop> LeftLoops(ProductRegion region) => WithoutSingle(region.Left.Select(segment => new TileLoop(
        segment.Axis.Name,
        $"{segment.Trips}",
        segment.Trips,
        segment.Tile * segment.Axis.OperandStep,
        0,
        segment.Tile * segment.Axis.BiasStep * (_space.Initial == InitialValue.BiasAlongLeft ? 1 : 0),
        segment.Tile * segment.Axis.DestinationStep)));

    private static List<TileLoop> WithoutSingle(IEnumerable<TileLoop> loops) => loops.Where(loop => loop.Extent != 1 || loop.Bound == "count").ToList();

    private void EmitTile(ProductOperands refs)
    {
        if (_tiles.Count == 1)
        {
            new ReductionEmitter(_kernel, _depth, _writer).Emit(refs);
            return;
        }

        foreach (ProductKernel tile in _tiles)
        {
            using SourceWriter.Block block = _writer.Open();
            EmitLoops(LeftLoops(tile.Region), 0, AtStart(refs, tile.Region), inside => new ReductionEmitter(tile, _depth, _writer).Emit(inside));
        }
    }

    /// <summary>The operands where a region begins, whose vectors along the right axes are the kernel's.</summary>
    private ProductOperands AtStart(ProductOperands refs, ProductRegion region)
    {
        ProductRegion first = _kernel.Region;
        return refs with
        {
            Left = At(refs.Left, _space.Operands.Left, region.LeftStart - first.LeftStart),
            Bias = _space.Initial == InitialValue.BiasAlongLeft
                ? At(refs.Bias, BiasOperand, region.BiasStart(_space.Initial) - first.BiasStart(_space.Initial))
                : refs.Bias,
            Destination = At(refs.Destination, _space.Operands.Destination, region.DestinationStart - first.DestinationStart)!,
        };

        string? At(string? reference, string operand, int start)
        {
            if (reference is null || start == 0)
            {
                return reference;
            }

            string rest = ProductOperands.InLoop(operand, "rest");
            _writer.Line($"ref float {rest} = ref {Refs.At(reference, start)};");
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
        loop.RightSteps is int steps
            ? ProductOperands.Advance(_writer, refs.Right, _space.Operands.Right, loop.Name, $"{loop.Name} * {_depth.RightFloatsOf(steps)}")!
            : ProductOperands.Advance(_writer, refs.Right, _space.Operands.Right, loop.Name, loop.RightStep)!,
        ProductOperands.Advance(_writer, refs.Bias, BiasOperand, loop.Name, loop.BiasStep),
        ProductOperands.Advance(_writer, refs.Destination, _space.Operands.Destination, loop.Name, loop.DestinationStep)!);

    private sealed record TileLoop(string Name, string Bound, int Extent, int LeftStep, int RightStep, int BiasStep, int DestinationStep)
    {
        /// <summary>The steps over a depth that is an argument, which the right operand goes on by; null where it goes on by a constant.</summary>
        public int? RightSteps { get; init; }
    }
}
