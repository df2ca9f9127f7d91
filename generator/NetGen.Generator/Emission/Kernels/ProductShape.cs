using NetGen.Generator.Schedule.Products;

namespace NetGen.Generator.Emission.Kernels;

/// <summary>
/// How a product kernel's source names the numbers of its shape: as constants, or as arguments, so that products which differ in them only
/// have one kernel. The depth is the extent of the outermost reduction loop.
/// </summary>
internal sealed class ProductShape
{
    private const string FloatsAheadArgument = "floatsAhead";

    private readonly ProductSpace _space;
    private readonly ReductionLoop _depth;
    private readonly int _parts;
    private readonly int[] _leftTiles;
    private readonly List<(string Name, int Value)> _arguments = [];

    public ProductShape(ProductKernel kernel)
    {
        _space = kernel.Space;
        _depth = kernel.Space.Reduction[0].Loops[0];
        _parts = kernel.Parts;
        _leftTiles = kernel.Tiles.Select(tile => tile.Region.LeftTile).ToArray();
        TakesShape = kernel.TakesShape;
        TakesDepth = kernel.TakesDepth;
        if (TakesDepth)
        {
            _arguments.Add((DepthName, _depth.Extent));
            if (IsCut)
            {
                _arguments.Add((Parts, _parts));
            }
        }

        int floatsAhead = CacheBlocking.FloatsAhead(kernel);
        if (TakesShape)
        {
            AddArguments(kernel);
        }

        // Where nothing is to be fetched ahead, fetching what is read anyway would cost 1%.
        if (floatsAhead > 0)
        {
            FloatsAhead = TakesShape ? FloatsAheadArgument : $"{floatsAhead}";
            if (TakesShape)
            {
                _arguments.Add((FloatsAheadArgument, floatsAhead));
            }
        }
    }

    /// <summary>Whether the depth is an argument.</summary>
    public bool TakesDepth { get; }

    /// <summary>Whether the numbers of tiles and what lies between blocks are arguments as well.</summary>
    public bool TakesShape { get; }

    /// <summary>Whether all tiles take a part of the depth before one takes the next.</summary>
    public bool IsCut => _parts > 1;

    /// <summary>Declarations of the arguments, behind the others.</summary>
    public string Parameters => string.Concat(_arguments.Select(argument => $", int {argument.Name}"));

    /// <summary>What a step passes for them.</summary>
    /// <param name="variables">Those among them that are variables of the step.</param>
    public string Arguments(StepWriter step, IReadOnlyCollection<string> variables) => string.Concat(_arguments.Select(
        argument => $", {(variables.Contains(argument.Name) ? argument.Name : step.Argument(argument.Name, argument.Value))}"));

    public string Parts => TakesDepth ? "parts" : $"{_parts}";

    /// <summary>The variable that a part of the depth begins at.</summary>
    public string First => _depth.Name + "First";

    /// <summary>What a part of the depth, or all of it, ends before.</summary>
    public string End => IsCut ? EndOfPart : Depth;

    public string IsLastPart => TakesDepth ? "part == parts - 1" : $"part == {_parts - 1}";

    /// <summary>How many floats before it is read the right operand is fetched into the cache; null where it is not.</summary>
    public string? FloatsAhead { get; }

    /// <summary>Floats of the left operand in a step along the depth.</summary>
    public string DepthLeftStep => TakesShape ? LeftBlock : $"{_depth.LeftStep}";

    private string DepthName => _depth.Name + "s";

    private string Depth => TakesDepth ? DepthName : $"{_depth.Extent}";

    private string EndOfPart => _depth.Name + "End";

    private string RightFloats => _depth.Name + "Floats";

    private string LeftBlock => BlockFloatsOf(_space.Operands.Left);

    private string DestinationBlock => BlockFloatsOf(_space.Operands.Destination);

    /// <summary>Floats of the result from one block of a right axis to the next, of which other axes' steps are multiples.</summary>
    private int DestinationBlockFloats => _space.RightAxes.Where(axis => !axis.IsLanes).Min(axis => axis.DestinationStep);

    /// <summary>What the argument of the floats from one block of an operand to the next is called.</summary>
    public static string BlockFloatsOf(string operand) => operand + "BlockFloats";

    /// <summary>Whether a step of a right axis is all of the depth, which is an argument.</summary>
    public bool IsStepOf(Axis axis) => TakesDepth && !axis.IsLanes && axis.OperandStep == _depth.Extent * _depth.RightStep;

    /// <summary>Floats of the right operand in some steps of an axis over the depth.</summary>
    public string RightFloatsOf(int steps) => Multiple(steps, RightFloats);

    /// <summary>How many blocks of the result a step of a right axis is, where what lies between them is an argument; else 0.</summary>
    public int DestinationBlocksOf(Axis axis) => TakesShape && !axis.IsLanes ? axis.DestinationStep / DestinationBlockFloats : 0;

    /// <summary>Floats of so many blocks of the result.</summary>
    public string DestinationFloatsOf(int blocks) => Multiple(blocks, DestinationBlock);

    /// <summary>A loop around the product.</summary>
    public TileLoop Of(BatchLoop loop)
    {
        return new(
            loop.Name,
            loop.IsCount ? "count" : loop.IsReduction && TakesShape ? ExtentName(loop) : $"{loop.Extent}",
            loop.Extent,
            Step(_space.Operands.Left, loop.LeftStep),
            Step(_space.Operands.Right, loop.RightStep),
            ProductOperands.Step(loop.BiasStep),
            Step(_space.Operands.Destination, loop.DestinationStep))
        {
            IsKept = loop.IsCount,
        };

        string? Step(string operand, int step) => TakesShape && step != 0 ? BatchStep(loop, operand) : ProductOperands.Step(step);
    }

    /// <summary>The loop over a right axis' tiles.</summary>
    public TileLoop OfRight(AxisSegment segment)
    {
        Axis axis = segment.Axis;
        bool isStep = IsStepOf(axis);
        int blocks = DestinationBlocksOf(axis);
        return new TileLoop(
            axis.Name,
            isStep && TakesShape ? axis.Name + "s" : $"{segment.Trips}",
            segment.Trips,
            null,
            isStep ? RightFloatsOf(segment.Tile) : ProductOperands.Step(segment.Tile * axis.OperandStep),
            _space.Initial == InitialValue.BiasAlongRight ? ProductOperands.Step(segment.Tile * axis.BiasStep) : null,
            blocks > 0 ? DestinationFloatsOf(segment.Tile * blocks) : ProductOperands.Step(segment.Tile * axis.DestinationStep))
        {
            IsKept = isStep && TakesShape,
        };
    }

    /// <summary>The loop over a left axis' tiles.</summary>
    /// <param name="size">Which of the kernel's sizes of tiles they are of.</param>
    public TileLoop OfLeft(AxisSegment segment, int size) => new(
        segment.Axis.Name,
        TakesShape ? RegisterTiles(size) : $"{segment.Trips}",
        segment.Trips,
        ProductOperands.Step(segment.Tile * segment.Axis.OperandStep),
        null,
        _space.Initial == InitialValue.BiasAlongLeft ? ProductOperands.Step(segment.Tile * segment.Axis.BiasStep) : null,
        ProductOperands.Step(segment.Tile * segment.Axis.DestinationStep))
    {
        IsKept = TakesShape,
    };

    /// <summary>Declares what follows from an argument.</summary>
    public void EmitDeclarations(SourceWriter writer)
    {
        if (TakesDepth)
        {
            writer.Line($"int {RightFloats} = {Depth} * {_depth.RightStep};");
        }
    }

    /// <summary>Declares the bounds of the part at hand.</summary>
    public void EmitPartBounds(SourceWriter writer) =>
        writer.Line($"int {First} = part * {Depth} / {Parts}, {EndOfPart} = (part + 1) * {Depth} / {Parts};");

    /// <summary>How many floats from the first tile of the first size to the first of another, as source, given the floats of a step along the left axis.</summary>
    public string StartOf(int size, int step) => string.Join(
        " + ", _leftTiles.Take(size).Select((pixels, i) => size == 1 ? Refs.Times(RegisterTiles(i), pixels * step) : $"({RegisterTiles(i)} * {pixels * step})"));

    private void AddArguments(ProductKernel kernel)
    {
        _arguments.Add((LeftBlock, _depth.LeftStep));
        _arguments.Add((DestinationBlock, DestinationBlockFloats));
        foreach (BatchLoop loop in _space.Batch.Where(loop => loop.Extent > 1))
        {
            AddStep(loop, _space.Operands.Left, loop.LeftStep);
            AddStep(loop, _space.Operands.Right, loop.RightStep);
            AddStep(loop, _space.Operands.Destination, loop.DestinationStep);
            if (loop.IsReduction)
            {
                _arguments.Add((ExtentName(loop), loop.Extent));
            }
        }

        // The outermost loop of a range ends with the range.
        if (!kernel.TakesRange || _space.Batch.Any(loop => loop.Extent > 1))
        {
            _arguments.AddRange(kernel.Region.Right.Where(segment => IsStepOf(segment.Axis)).Select(segment => (segment.Axis.Name + "s", segment.Trips)));
        }

        _arguments.AddRange(kernel.Tiles.Select((tile, size) => (RegisterTiles(size), tile.Region.LeftTiles)));

        void AddStep(BatchLoop loop, string operand, int step)
        {
            if (step != 0)
            {
                _arguments.Add((BatchStep(loop, operand), step));
            }
        }
    }

    /// <summary>What the number of register tiles of a size along the left axis is called.</summary>
    private static string RegisterTiles(int size) => size == 0 ? "registerTiles" : $"registerTilesOfSize{size + 1}";

    private static string ExtentName(BatchLoop loop) => loop.Name + "s";

    /// <summary>Floats of an operand from one iteration of a batch loop to the next: <c>tilesPointFloats</c>.</summary>
    private static string BatchStep(BatchLoop loop, string operand) => ProductOperands.InLoop(operand, loop.Name) + "Floats";

    private static string Multiple(int times, string floats) => times == 1 ? floats : $"({times} * {floats})";
}

/// <summary>A loop around a register tile: what it counts to, and by how many floats an iteration moves each operand, null for none.</summary>
internal sealed record TileLoop(string Name, string Bound, int Extent, string? LeftStep, string? RightStep, string? BiasStep, string? DestinationStep)
{
    /// <summary>Whether it is written even where it counts to one.</summary>
    public bool IsKept { get; init; }
}
