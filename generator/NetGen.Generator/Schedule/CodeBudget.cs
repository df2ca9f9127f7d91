using NetGen.Generator.Declaration;

namespace NetGen.Generator.Schedule;

/// <summary>
/// How much code a kernel may have. RyuJIT compiles a method without optimisation above 60,000 bytes or 20,000 instructions of IL,
/// 2,000 basic blocks or 2,000 locals, silently and three to four times slower; and code that the instruction cache cannot hold gains
/// nothing from being unrolled.
/// </summary>
internal static class CodeBudget
{
    /// <summary>IL instructions of a kernel at most, well within what RyuJIT optimises.</summary>
    public const int KernelInstructions = 9_000;

    /// <summary>IL of a multiply-add: three loads, a call, a store.</summary>
    public const int InstructionsPerMultiplyAdd = 5;

    /// <summary>IL of a vector load or a broadcast: address arithmetic, a call, a store.</summary>
    public const int InstructionsPerLoad = 7;

    /// <summary>
    /// IL instructions that a loop body is to have at least, by several iterations a pass: some forty multiply-adds, beside which the loop's own
    /// few instructions no longer count. More would only be more to compile.
    /// </summary>
    public static int LoopPass(VectorWidth width) => width == VectorWidth.V512 ? 250 : 125;

    /// <summary>IL instructions that the body of a reduction loop may grow to by unrolling the loops in it.</summary>
    /// <param name="isDealt">
    /// Whether steps of several nested loops are dealt to sets of accumulators in turn: the longer the body, the more evenly. A single loop's
    /// passes deal them evenly at any length.
    /// </param>
    public static int LoopBody(UnrollMode mode, bool isDealt = false) => mode switch
    {
        UnrollMode.Full => KernelInstructions,
        UnrollMode.Compact => 0,
        _ => isDealt ? 2_000 : 600,
    };
}
