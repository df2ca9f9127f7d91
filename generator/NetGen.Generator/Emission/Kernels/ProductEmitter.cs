using NetGen.Generator.Schedule;
using NetGen.Generator.Schedule.Products;

namespace NetGen.Generator.Emission.Kernels;

/// <summary>Prints the kernel of a <see cref="ProductKernel"/>: a register tile of accumulators around the reduction loops.</summary>
internal sealed class ProductEmitter
{
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

    /// <summary>Whether the kernels of a space at one width take everything but their register tiles as arguments.</summary>
    public static bool TakesShape(StepWriter step, VectorWidth width, ProductSpace space) =>
        ProductKernel.For(space, width, step.Unroll).All(kernel => kernel.TakesShape);

    /// <summary>Writes calls that compute the whole space at one width.</summary>
    /// <param name="variables">Arguments of the kernels that are variables of the step.</param>
    public static void EmitCalls(
        StepWriter step,
        VectorWidth width,
        IReadOnlyList<ProductCall> calls,
        string left,
        string right,
        string destination,
        string bias = "",
        bool canShare = false,
        params string[] variables)
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
                call.Space.LeftKind == LeftOperandKind.One ? null : Start(left, names.Left, call.Left + region.LeftStart),
                Start(right, names.Right, call.Right + region.RightStart),
                call.Space.UsesBias ? Start(bias, BiasOperand, call.Bias + region.BiasStart(call.Space.Initial)) : null,
                Start(destination, names.Destination, call.Destination + region.DestinationStart));

            // Where a kernel serves layers of several shapes, so does the step.
            string Start(string reference, string operand, int floats) =>
                emitter._shape.TakesDepth ? step.At(reference, $"{operand}Start", floats) : Refs.At(reference, floats);

            int units = emitter.Range(emitter.TileLoops()).Units;
            string range = !takesRange ? "" : step.RangeArguments(emitter._shape.TakesDepth ? step.Argument("units", units) : $"{units}");
            step.Writer.Line($"{method}({arguments.List(call.Space, "ref ", "count")}{range}{emitter._shape.Arguments(step, variables)});");
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
        string ending = (_space.UsesBias ? ", bias" : "")
            + (_space.Store == StoreMode.Accumulate ? ", added to what is there" : "")
            + (_space.Activation is null ? "" : $", {_space.Activation.Description}")
            + (_shape.IsCut ? ", in parts of the depth" : "")
            + (_shape.FloatsAhead is null ? "" : $", {names.Right} fetched ahead");
        _writer.Line($"// {NameOf(_kernel).Replace('_', ' ')}{ending}: tile of {tiles} vectors of {_width.Lanes}{sets}; {cost}.");
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

    /// <summary>One loop over a range of units in place of the outer loops; the inner loops are as ever.</summary>
    private void EmitRange(ProductOperands refs)
    {
        List<TileLoop> loops = TileLoops();
        ProductRange range = Range(loops);
        range.Emit(_writer, () => EmitLoops(loops, range.Outer.Count, range.Outer.Aggregate(refs, Advance), EmitTile));
    }

    private ProductRange Range(List<TileLoop> loops) => new(_space, _shape, loops, hasLeftLoop: _tiles.Count == 1);

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
