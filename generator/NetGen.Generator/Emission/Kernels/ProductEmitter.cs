using NetGen.Generator.Graph;
using NetGen.Generator.Schedule;
using NetGen.Generator.Schedule.Products;

namespace NetGen.Generator.Emission.Kernels;

/// <summary>Prints the kernel of a <see cref="ProductKernel"/>: a register tile of accumulators around the reduction loops.</summary>
internal sealed class ProductEmitter
{
    private readonly ProductKernel _kernel;
    private readonly ProductSpace _space;
    private readonly VectorWidth _width;
    private readonly SourceWriter _writer;
    private readonly (string Label, int Operand, int Destination, int Bias)[] _left;
    private readonly (string Label, int Operand, int Destination, int Bias)[] _right;

    private ProductEmitter(ProductKernel kernel, SourceWriter writer)
    {
        _kernel = kernel;
        _space = kernel.Space;
        _width = kernel.Width;
        _writer = writer;
        _left = Elements(kernel.Region.Left);
        _right = Elements(kernel.Region.Right);
    }

    /// <summary>Writes calls that compute the whole space at the widest vectors that the machine has.</summary>
    /// <param name="calls">Products over the same operands.</param>
    public static void EmitCalls(
        StepWriter step, IReadOnlyList<ProductCall> calls, string left, string right, string destination, string bias = "")
    {
        step.ForEachWidth(width =>
        {
            foreach (ProductCall call in calls)
            foreach (ProductKernel kernel in ProductKernel.For(call.Space, width, step.Unroll))
            {
                ProductSpace space = call.Space;
                string name = step.Kernels.GetOrAdd(
                    kernel.Relocatable,
                    $"{space.Name}_{kernel.Region.LeftTile}x{kernel.Region.RightTile}_{width}",
                    (writer, method) => new ProductEmitter(kernel, writer).Emit(method));
                var arguments = new List<string>();
                if (space.LeftKind != LeftOperandKind.One)
                {
                    arguments.Add($"ref {Refs.At(left, call.Left + kernel.Region.LeftStart)}");
                }

                arguments.Add($"ref {Refs.At(right, call.Right + kernel.Region.RightStart)}");
                if (space.UsesBias)
                {
                    arguments.Add($"ref {Refs.At(bias, call.Bias + kernel.Region.BiasStart)}");
                }

                arguments.Add($"ref {Refs.At(destination, call.Destination + kernel.Region.DestinationStart)}");
                if (space.UsesCount)
                {
                    arguments.Add("count");
                }

                step.Writer.Line($"{name}({string.Join(", ", arguments)});");
            }
        });
    }

    private void Emit(string method)
    {
        OperandNames names = _space.Operands;
        _writer.Line($"// {_space.Name.Replace('_', ' ')}: tile of {_kernel.Region.LeftTile} × {_kernel.Region.RightTile} vectors of {_width.Lanes}"
            + (_kernel.Region.Sets > 1 ? $", {_kernel.Region.Sets} sets" : "") + $"; {Literals.Grouped(MultiplyAdds)} multiply-adds a call.");
        _writer.Line("[MethodImpl(MethodImplOptions.AggressiveOptimization)]");
        var parameters = new List<string>();
        if (_space.LeftKind != LeftOperandKind.One)
        {
            parameters.Add($"ref float {names.Left}");
        }

        parameters.Add($"ref float {names.Right}");
        if (_space.UsesBias)
        {
            parameters.Add("ref float bias");
        }

        parameters.Add($"ref float {names.Destination}");
        if (_space.UsesCount)
        {
            parameters.Add("int count");
        }

        using (_writer.Open($"private static void {method}({string.Join(", ", parameters)})"))
        {
            var refs = new Operands(
                _space.LeftKind == LeftOperandKind.One ? null : names.Left, names.Right, _space.UsesBias ? "bias" : null, names.Destination);
            EmitLoops(TileLoops(), 0, refs);
        }
    }

    private long MultiplyAdds =>
        _space.Batch.Aggregate(1L, (product, loop) => product * loop.Extent)
        * _kernel.Region.Left.Concat(_kernel.Region.Right).Aggregate(1L, (product, segment) => product * segment.Trips * segment.Tile)
        * _width.Lanes
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
            refs = new Operands(
                Advance(refs.Left, loop.Name, loop.LeftStep),
                Advance(refs.Right, loop.Name, loop.RightStep)!,
                Advance(refs.Bias, loop.Name, loop.BiasStep),
                Advance(refs.Destination, loop.Name, loop.DestinationStep)!);
            EmitLoops(loops, depth + 1, refs);
        }
    }

    /// <summary>A reference one loop further in; the same one where the loop does not move it.</summary>
    private string? Advance(string? reference, string loop, int step)
    {
        if (reference is null || step == 0)
        {
            return reference;
        }

        string inner = $"{reference}{Capitalized(loop)}";
        _writer.Line($"ref float {inner} = ref {Refs.At(reference, Refs.Times(loop, step))};");
        return inner;
    }

    private void EmitTile(Operands refs)
    {
        EmitInitialValues(refs);
        foreach (ReductionNest nest in _space.Reduction)
        {
            EmitNest(nest, refs);
        }

        EmitStores(refs);
    }

    private void EmitInitialValues(Operands refs)
    {
        for (int set = 0; set < _kernel.Region.Sets; set++)
        {
            foreach (var (left, l) in Indexed(_left))
            {
                foreach (var (right, r) in Indexed(_right))
                {
                    string initial = set > 0 ? _width.Zero : _space.Initial switch
                    {
                        InitialValue.BiasAlongRight => l == 0
                            ? _width.Load(Refs.At(refs.Bias!, right.Bias))
                            : Sum(0, 0, r),
                        InitialValue.BiasAlongLeft => r == 0
                            ? _width.Broadcast(Refs.At(refs.Bias!, left.Bias))
                            : Sum(0, l, 0),
                        _ => _width.Zero,
                    };
                    _writer.Line($"{_width.Type} {Sum(set, l, r)} = {initial};");
                }
            }
        }
    }

    private void EmitNest(ReductionNest nest, Operands refs)
    {
        int rolled = nest.Loops.Count - _kernel.UnrolledLoops(nest);
        List<ReductionLoop> loops = nest.Loops.Select(loop => loop.InVectors(_width)).ToList();
        EmitReductionLoops(nest, loops.Take(rolled).ToList(), refs.Left, refs.Right, Unroll(loops.Skip(rolled)));
    }

    /// <summary>The rolled loops, outermost first, around the steps that are left.</summary>
    private void EmitReductionLoops(
        ReductionNest nest, List<ReductionLoop> loops, string? left, string right, List<(long Left, long Right)> steps)
    {
        loops = loops.SkipWhile(loop => loop is { Extent: 1, IsCount: false }).ToList();
        if (loops.Count == 0)
        {
            EmitSteps(nest, steps, left, right);
        }
        else if (loops.Skip(1).All(loop => loop is { Extent: 1, IsCount: false }))
        {
            EmitInnermostLoop(nest, loops[0], left, right, steps);
        }
        else
        {
            EmitOuterLoop(nest, loops, left, right, steps);
        }
    }

    private void EmitOuterLoop(
        ReductionNest nest, List<ReductionLoop> loops, string? left, string right, List<(long Left, long Right)> steps)
    {
        ReductionLoop loop = loops[0];
        string bound = loop.IsCount ? "count" : $"{loop.Extent}";
        using (_writer.Open($"for (int {loop.Name} = 0; {loop.Name} < {bound}; {loop.Name}++)"))
        {
            string? innerLeft = Advance(left, loop.Name, loop.LeftStep);
            string innerRight = Advance(right, loop.Name, loop.RightStep)!;
            EmitReductionLoops(nest, loops.Skip(1).ToList(), innerLeft, innerRight, steps);
        }
    }

    /// <summary>The innermost loop steps its references: two additions, no multiplication.</summary>
    private void EmitInnermostLoop(
        ReductionNest nest, ReductionLoop loop, string? left, string right, List<(long Left, long Right)> steps)
    {
        int factor = loop.IsCount ? 1 : Math.Min((_kernel.Region.Sets + steps.Count - 1) / steps.Count, loop.Extent);
        using (_writer.Open())
        {
            string? movingLeft = Moving(left, loop.LeftStep);
            string movingRight = Moving(right, loop.RightStep)!;
            using (_writer.Open($"for (int {loop.Name} = 0; {loop.Name} < {(loop.IsCount ? "count" : $"{loop.Extent / factor}")}; {loop.Name}++)"))
            {
                EmitSteps(nest, Repeat(steps, loop, factor), movingLeft, movingRight);
                Step(movingLeft, loop.LeftStep);
                Step(movingRight, loop.RightStep);
            }

            if (!loop.IsCount && loop.Extent % factor > 0)
            {
                EmitSteps(nest, Repeat(steps, loop, loop.Extent % factor), movingLeft, movingRight);
            }
        }

        string? Moving(string? reference, int step)
        {
            if (reference is null || step == 0)
            {
                return reference;
            }

            string moving = $"{reference}{Capitalized(loop.Name)}";
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

    private static List<(long Left, long Right)> Repeat(List<(long Left, long Right)> copies, ReductionLoop loop, int factor) =>
        Enumerable.Range(0, factor)
            .SelectMany(i => copies.Select(copy => (copy.Left + ((long)i * loop.LeftStep), copy.Right + ((long)i * loop.RightStep))))
            .ToList();

    private static List<(long Left, long Right)> Unroll(IEnumerable<ReductionLoop> loops)
    {
        var copies = new List<(long Left, long Right)> { (0, 0) };
        foreach (ReductionLoop loop in loops)
        {
            copies = copies
                .SelectMany(copy => Enumerable.Range(0, loop.Extent)
                    .Select(i => (copy.Left + ((long)i * loop.LeftStep), copy.Right + ((long)i * loop.RightStep))))
                .ToList();
        }

        return copies;
    }

    /// <summary>One reduction step after the other: load the right vectors, then each left element against all of them.</summary>
    private void EmitSteps(ReductionNest nest, List<(long Left, long Right)> steps, string? left, string right)
    {
        for (int step = 0; step < steps.Count; step++)
        {
            int set = step % _kernel.Region.Sets;
            long leftOffset = nest.LeftStart + steps[step].Left, rightOffset = nest.RightStart + steps[step].Right;
            if (_space.LeftKind == LeftOperandKind.One)
            {
                foreach (var (element, r) in Indexed(_right))
                {
                    _writer.Line($"{Sum(set, 0, r)} += {_width.Load(Refs.At(right, rightOffset + element.Operand))};");
                }

                continue;
            }

            // A right vector that only one left element meets is an operand in memory; a left element that only one right vector
            // meets likewise (a broadcast inside the multiply-add).
            bool shareRight = _left.Length > 1, shareLeft = _right.Length > 1;
            bool scoped = shareRight || shareLeft;
            SourceWriter.Block block = scoped ? _writer.Open() : default;
            var vectors = new string[_right.Length];
            foreach (var (element, r) in Indexed(_right))
            {
                string load = _width.Load(Refs.At(right, rightOffset + element.Operand));
                vectors[r] = shareRight ? $"v{r}" : load;
                if (shareRight)
                {
                    _writer.Line($"{_width.Type} v{r} = {load};");
                }
            }

            foreach (var (element, l) in Indexed(_left))
            {
                string at = Refs.At(left!, leftOffset + element.Operand);
                string value = _space.LeftKind == LeftOperandKind.Vector ? _width.Load(at) : _width.Broadcast(at);
                if (shareLeft)
                {
                    _writer.Line($"{_width.Type} s{l} = {value};");
                    value = $"s{l}";
                }

                foreach (var (_, r) in Indexed(_right))
                {
                    _writer.Line($"{Sum(set, l, r)} = {_width.MultiplyAdd(vectors[r], value, Sum(set, l, r))};");
                }
            }

            if (scoped)
            {
                block.Dispose();
            }
        }
    }

    private void EmitStores(Operands refs)
    {
        foreach (var (left, l) in Indexed(_left))
        {
            foreach (var (right, r) in Indexed(_right))
            {
                string sum = string.Join(" + ", Enumerable.Range(0, _kernel.Region.Sets).Select(set => Sum(set, l, r)));
                bool single = _kernel.Region.Sets == 1;
                string at = Refs.At(refs.Destination, left.Destination + right.Destination);
                switch (_space.Store)
                {
                    case StoreMode.AccumulateLaneSum:
                        _writer.Line($"{at} += {_width.Class}.Sum({sum});");
                        break;
                    case StoreMode.Accumulate:
                        _writer.Line($"({_width.Load(at)} + {(single ? sum : $"({sum})")}).StoreUnsafe(ref {at});");
                        break;
                    default:
                        string value = ActivationEmitter.Apply(_space.Activation, _width, single ? sum : $"({sum})");
                        _writer.Line($"{value}.StoreUnsafe(ref {at});");
                        break;
                }
            }
        }
    }

    private static string Sum(int set, int left, int right) => set == 0 ? $"sum{left}_{right}" : $"sum{left}_{right}_{set}";

    private static (string Label, int Operand, int Destination, int Bias)[] Elements(IEnumerable<AxisSegment> segments)
    {
        var elements = new List<(string Label, int Operand, int Destination, int Bias)> { ("", 0, 0, 0) };
        foreach (AxisSegment segment in segments)
        {
            elements = elements
                .SelectMany(element => Enumerable.Range(0, segment.Tile).Select(i => (
                    $"{element.Label}_{i}",
                    element.Operand + (i * segment.Axis.OperandStep),
                    element.Destination + (i * segment.Axis.DestinationStep),
                    element.Bias + (i * segment.Axis.BiasStep))))
                .ToList();
        }

        return elements.ToArray();
    }

    private static IEnumerable<(T Item, int Index)> Indexed<T>(T[] items) => items.Select((item, index) => (item, index));

    private static string Capitalized(string name) => char.ToUpperInvariant(name[0]) + name.Substring(1);

    /// <summary>The operands' references at some depth of the loops; null for an operand that the space does not have.</summary>
    private sealed record Operands(string? Left, string Right, string? Bias, string Destination);

    private sealed record TileLoop(string Name, string Bound, int Extent, int LeftStep, int RightStep, int BiasStep, int DestinationStep);
}
