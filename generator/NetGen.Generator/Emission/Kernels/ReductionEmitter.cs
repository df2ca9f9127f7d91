using NetGen.Generator.Schedule;
using NetGen.Generator.Schedule.Products;

namespace NetGen.Generator.Emission.Kernels;

/// <summary>Prints one register tile of a product: its initial values, the reduction loops, its stores.</summary>
/// <param name="shape">How the kernel names the numbers of its shape.</param>
internal sealed class ReductionEmitter(ProductKernel kernel, ProductShape shape, SourceWriter writer)
{
    private readonly ProductKernel _kernel = kernel;
    private readonly ProductSpace _space = kernel.Space;
    private readonly VectorWidth _width = kernel.Width;
    private readonly ProductShape _shape = shape;
    private readonly SourceWriter _writer = writer;
    private readonly RegisterTileEmitter _tile = new(kernel, shape, writer);

    public void Emit(ProductOperands refs)
    {
        string? partLoop = _shape.IsCut ? "part" : _space.PartLoop?.Name;
        _tile.EmitInitialValues(refs.Bias, refs.Destination, partLoop is null ? null : $"{partLoop} == 0");

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

        _tile.EmitStores(refs.Destination, _shape.IsCut ? _shape.IsLastPart : null);
    }

    /// <summary>The rolled loops, outermost first, around the steps that are left.</summary>
    private void EmitReductionLoops(
        List<ReductionLoop> loops, string? left, string right, List<(long Left, long Right)> steps)
    {
        loops = loops.SkipWhile(loop => loop is { Extent: 1, IsCount: false } && !(_shape.TakesShape && IsDepth(loop))).ToList();
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

    /// <summary>Whether a loop runs over the depth, of which a kernel may take a part, or any number.</summary>
    private bool IsDepth(ReductionLoop loop) => (_shape.IsCut || _shape.TakesDepth) && loop.Name == _space.Reduction[0].Loops[0].Name;

    private void EmitOuterLoop(
        List<ReductionLoop> loops, string? left, string right, List<(long Left, long Right)> steps)
    {
        ReductionLoop loop = loops[0];
        bool isDepth = IsDepth(loop);
        string first = isDepth && _shape.IsCut ? _shape.First : "0", bound = isDepth ? _shape.End : loop.IsCount ? "count" : $"{loop.Extent}";
        string? leftStep = isDepth ? _shape.DepthLeftStep : ProductOperands.Step(loop.LeftStep);
        using (_writer.Open($"for (int {loop.Name} = {first}; {loop.Name} < {bound}; {loop.Name}++)"))
        {
            string? innerLeft = ProductOperands.Advance(_writer, left, _space.Operands.Left, loop.Name, leftStep);
            string innerRight = ProductOperands.Advance(_writer, right, _space.Operands.Right, loop.Name, ProductOperands.Step(loop.RightStep))!;
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
                _tile.EmitSteps(Repeat(steps, loop, factor), movingLeft, movingRight, isBody: loop.IsCount || loop.Extent % factor == 0);
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

            string moving = ProductOperands.InLoop(operand, loop.Name);
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
}
