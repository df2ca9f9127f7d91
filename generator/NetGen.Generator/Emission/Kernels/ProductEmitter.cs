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
    private readonly RegisterTileEmitter _tile;

    private ProductEmitter(ProductKernel kernel, SourceWriter writer)
    {
        _kernel = kernel;
        _space = kernel.Space;
        _width = kernel.Width;
        _writer = writer;
        _tile = new RegisterTileEmitter(kernel, writer);
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
                kernel.Relocatable,
                $"{call.Space.Name}_{region.LeftTile}x{region.RightTile}_{kernel.Width}",
                (writer, name) => new ProductEmitter(kernel, writer).Emit(name));
            var arguments = new Operands(
                Refs.At(left, call.Left + region.LeftStart),
                Refs.At(right, call.Right + region.RightStart),
                Refs.At(bias, call.Bias + region.BiasStart(call.Space.Initial)),
                Refs.At(destination, call.Destination + region.DestinationStart));
            string range = takesRange ? step.RangeArguments(new ProductEmitter(kernel, step.Writer).Units()) : "";
            step.Writer.Line($"{method}({Arguments(call.Space, arguments, "ref ", "count")}{range});");
        }
    }

    private void Emit(string method)
    {
        ProductRegion region = _kernel.Region;
        OperandNames names = _space.Operands;
        string sets = region.Sets > 1 ? $", {region.Sets} sets" : "";
        _writer.Line($"// {_space.Name.Replace('_', ' ')}: tile of {region.LeftTile} × {region.RightTile} vectors of {_width.Lanes}{sets};"
            + $" {Literals.Grouped(VectorMultiplyAdds)} multiply-adds of vectors a call.");
        _writer.Line("[MethodImpl(MethodImplOptions.AggressiveOptimization)]");
        var operands = new Operands(names.Left, names.Right, BiasOperand, names.Destination);
        string range = _kernel.TakesRange ? ", int first, int end" : "";
        using (_writer.Open($"private static void {method}({Arguments(_space, operands, "ref float ", "int count")}{range})"))
        {
            operands = operands with
            {
                Left = _space.LeftKind == LeftOperandKind.One ? null : operands.Left,
                Bias = _space.UsesBias ? operands.Bias : null,
            };
            if (_kernel.TakesRange)
            {
                EmitRange(operands);
            }
            else
            {
                EmitLoops(TileLoops(), 0, operands);
            }
        }
    }

    /// <summary>What a range is counted in: the tiles of as many outer loops as make enough of them, loop around loop.</summary>
    private int Units() => TileLoops().Take(RangeLoops()).Aggregate(1, (units, loop) => units * loop.Extent);

    private int RangeLoops()
    {
        List<TileLoop> loops = TileLoops();
        int count = 0;
        for (int units = 1; count < loops.Count && units < EnoughUnits; count++)
        {
            units *= loops[count].Extent;
        }

        return count;
    }

    /// <summary>One loop over the range in place of the outer loops, whose variables follow from the unit; the inner loops are as ever.</summary>
    private void EmitRange(Operands refs)
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

            EmitLoops(loops, outer, refs);
        }
    }

    /// <summary>The operands that a space has, in the order of a kernel's parameters.</summary>
    private static string Arguments(ProductSpace space, Operands operands, string prefix, string count)
    {
        var list = new List<string>();
        if (space.LeftKind != LeftOperandKind.One)
        {
            list.Add(prefix + operands.Left);
        }

        list.Add(prefix + operands.Right);
        if (space.UsesBias)
        {
            list.Add(prefix + operands.Bias);
        }

        list.Add(prefix + operands.Destination);
        if (space.UsesCount)
        {
            list.Add(count);
        }

        return string.Join(", ", list);
    }

    private long VectorMultiplyAdds =>
        _space.Batch.Aggregate(1L, (product, loop) => product * loop.Extent)
        * _kernel.Region.Left.Concat(_kernel.Region.Right).Aggregate(1L, (product, segment) => product * segment.Trips * segment.Tile)
        * _space.Steps(_width);

    /// <summary>The loops around the tile: the batch, then the right axes, so that what they read stays in cache over the left ones.</summary>
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
                segment.Tile * segment.Axis.DestinationStep));
        }

        foreach (AxisSegment segment in _kernel.Region.Left)
        {
            loops.Add(new TileLoop(
                segment.Axis.Name,
                $"{segment.Trips}",
                segment.Trips,
                segment.Tile * segment.Axis.OperandStep,
                0,
                segment.Tile * segment.Axis.BiasStep * (_space.Initial == InitialValue.BiasAlongLeft ? 1 : 0),
                segment.Tile * segment.Axis.DestinationStep));
        }

        return loops.Where(loop => loop.Extent != 1 || loop.Bound == "count").ToList();
    }

    private void EmitLoops(List<TileLoop> loops, int depth, Operands refs)
    {
        if (depth == loops.Count)
        {
            EmitTile(refs);
            return;
        }

        TileLoop loop = loops[depth];
        using (_writer.Open($"for (int {loop.Name} = 0; {loop.Name} < {loop.Bound}; {loop.Name}++)"))
        {
            EmitLoops(loops, depth + 1, Advance(refs, loop));
        }
    }

    private Operands Advance(Operands refs, TileLoop loop) => new(
        Advance(refs.Left, _space.Operands.Left, loop.Name, loop.LeftStep),
        Advance(refs.Right, _space.Operands.Right, loop.Name, loop.RightStep)!,
        Advance(refs.Bias, BiasOperand, loop.Name, loop.BiasStep),
        Advance(refs.Destination, _space.Operands.Destination, loop.Name, loop.DestinationStep)!);

    /// <summary>An operand's reference one loop further in; the same one where the loop does not move it.</summary>
    private string? Advance(string? reference, string operand, string loop, int step)
    {
        if (reference is null || step == 0)
        {
            return reference;
        }

        string inner = InLoop(operand, loop);
        _writer.Line($"ref float {inner} = ref {Refs.At(reference, Refs.Times(loop, step))};");
        return inner;
    }

    private void EmitTile(Operands refs)
    {
        _tile.EmitInitialValues(refs.Bias);
        foreach (ReductionNest nest in _space.Reduction)
        {
            int rolled = nest.Loops.Count - _kernel.UnrolledLoops(nest);
            List<ReductionLoop> loops = nest.Loops.Select(loop => loop.InVectors(_width)).ToList();
            List<(long Left, long Right)> steps = [(nest.LeftStart, nest.RightStart)];
            foreach (ReductionLoop loop in loops.Skip(rolled))
            {
                steps = Repeat(steps, loop, loop.Extent);
            }

            EmitReductionLoops(loops.Take(rolled).ToList(), refs.Left, refs.Right, steps);
        }

        _tile.EmitStores(refs.Destination);
    }

    /// <summary>The rolled loops, outermost first, around the steps that are left.</summary>
    private void EmitReductionLoops(
        List<ReductionLoop> loops, string? left, string right, List<(long Left, long Right)> steps)
    {
        loops = loops.SkipWhile(loop => loop is { Extent: 1, IsCount: false }).ToList();
        if (loops.Count == 0)
        {
            _tile.EmitSteps(steps, left, right);
        }
        else if (loops.Skip(1).All(loop => loop is { Extent: 1, IsCount: false }))
        {
            EmitInnermostLoop(loops[0], left, right, steps);
        }
        else
        {
            EmitOuterLoop(loops, left, right, steps);
        }
    }

    private void EmitOuterLoop(
        List<ReductionLoop> loops, string? left, string right, List<(long Left, long Right)> steps)
    {
        ReductionLoop loop = loops[0];
        string bound = loop.IsCount ? "count" : $"{loop.Extent}";
        using (_writer.Open($"for (int {loop.Name} = 0; {loop.Name} < {bound}; {loop.Name}++)"))
        {
            string? innerLeft = Advance(left, _space.Operands.Left, loop.Name, loop.LeftStep);
            string innerRight = Advance(right, _space.Operands.Right, loop.Name, loop.RightStep)!;
            EmitReductionLoops(loops.Skip(1).ToList(), innerLeft, innerRight, steps);
        }
    }

    /// <summary>The innermost loop steps its references: two additions, no multiplication.</summary>
    private void EmitInnermostLoop(
        ReductionLoop loop, string? left, string right, List<(long Left, long Right)> steps)
    {
        int factor = _kernel.IterationsPerPass(loop, steps.Count);
        using (_writer.Open())
        {
            string? movingLeft = Moving(left, _space.Operands.Left, loop.LeftStep);
            string movingRight = Moving(right, _space.Operands.Right, loop.RightStep)!;
            using (_writer.Open($"for (int {loop.Name} = 0; {loop.Name} < {(loop.IsCount ? "count" : $"{loop.Extent / factor}")}; {loop.Name}++)"))
            {
                _tile.EmitSteps(Repeat(steps, loop, factor), movingLeft, movingRight);
                Step(movingLeft, loop.LeftStep);
                Step(movingRight, loop.RightStep);
            }

            if (!loop.IsCount && loop.Extent % factor > 0)
            {
                _tile.EmitSteps(Repeat(steps, loop, loop.Extent % factor), movingLeft, movingRight);
            }
        }

        string? Moving(string? reference, string operand, int step)
        {
            if (reference is null || step == 0)
            {
                return reference;
            }

            string moving = InLoop(operand, loop.Name);
            _writer.Line($"ref float {moving} = ref {reference};");
            return moving;
        }

        void Step(string? reference, int step)
        {
            if (reference is not null && step != 0)
            {
                _writer.Line($"{reference} = ref Unsafe.Add(ref {reference}, {(long)step * factor});");
            }
        }
    }

    /// <summary>A loop's iterations written out: every step once for each, the loop's outermost.</summary>
    private static List<(long Left, long Right)> Repeat(List<(long Left, long Right)> steps, ReductionLoop loop, int iterations) =>
        Enumerable.Range(0, iterations)
            .SelectMany(i => steps.Select(step => (step.Left + ((long)i * loop.LeftStep), step.Right + ((long)i * loop.RightStep))))
            .ToList();

    /// <summary>What an operand's reference is called inside a loop: <c>sourceRow</c>.</summary>
    private static string InLoop(string operand, string loop) => operand + char.ToUpperInvariant(loop[0]) + loop.Substring(1);

    /// <summary>The operands' references at some depth of the loops; null for an operand that the space does not have.</summary>
    private sealed record Operands(string? Left, string Right, string? Bias, string Destination);

    private sealed record TileLoop(string Name, string Bound, int Extent, int LeftStep, int RightStep, int BiasStep, int DestinationStep);
}
