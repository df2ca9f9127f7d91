using NetGen.Generator.Schedule.Products;

namespace NetGen.Generator.Emission.Kernels;

/// <summary>
/// How a product kernel's source names the extent of its outermost reduction loop, the depth, and the parts that the loop is cut into: as
/// constants, or as arguments, so that products which differ in their depth only have one kernel.
/// </summary>
internal sealed class ProductDepth(ProductKernel kernel)
{
    private readonly ReductionLoop _loop = kernel.Space.Reduction[0].Loops[0];
    private readonly int _parts = kernel.Parts;

    /// <summary>Whether the depth is an argument.</summary>
    public bool IsArgument { get; } = kernel.TakesDepth;

    /// <summary>Whether all tiles take a part of the loop before one takes the next.</summary>
    public bool IsCut => _parts > 1;

    /// <summary>Declarations of what is an argument, behind the others.</summary>
    public string Parameters => !IsArgument ? "" : IsCut ? $", int {Extent}, int parts" : $", int {Extent}";

    /// <summary>What a step passes for them.</summary>
    public string Arguments(StepWriter step) => !IsArgument ? ""
        : $", {step.Argument(Extent, _loop.Extent)}" + (IsCut ? $", {step.Argument(Parts, _parts)}" : "");

    public string Parts => IsArgument ? "parts" : $"{_parts}";

    /// <summary>The variable that a part of the loop begins at.</summary>
    public string First => _loop.Name + "First";

    /// <summary>What a part of the loop, or all of it, ends before.</summary>
    public string End => IsCut ? EndOfPart : Extent;

    public string IsLastPart => IsArgument ? "part == parts - 1" : $"part == {_parts - 1}";

    /// <summary>Whether the depth is an argument and one step of a right axis is all of it.</summary>
    public bool IsStepOf(Axis axis) => IsArgument && !axis.IsLanes && axis.OperandStep == _loop.Extent * _loop.RightStep;

    /// <summary>Floats of the right operand in some steps of an axis over the depth.</summary>
    public string RightFloatsOf(int steps) => steps == 1 ? RightFloats : $"({steps} * {RightFloats})";

    private string RightFloats => _loop.Name + "Floats";

    private string Extent => IsArgument ? _loop.Name + "s" : $"{_loop.Extent}";

    private string EndOfPart => _loop.Name + "End";

    /// <summary>Declares what follows from an argument.</summary>
    public void EmitDeclarations(SourceWriter writer)
    {
        if (IsArgument)
        {
            writer.Line($"int {RightFloats} = {Extent} * {_loop.RightStep};");
        }
    }

    /// <summary>Declares the bounds of the part at hand.</summary>
    public void EmitPartBounds(SourceWriter writer) =>
        writer.Line($"int {First} = part * {Extent} / {Parts}, {EndOfPart} = (part + 1) * {Extent} / {Parts};");
}
