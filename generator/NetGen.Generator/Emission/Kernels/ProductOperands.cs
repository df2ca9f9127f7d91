using NetGen.Generator.Schedule.Products;

namespace NetGen.Generator.Emission.Kernels;

/// <summary>A product's references at some depth of its loops; null for an operand that the space does not have.</summary>
internal sealed record ProductOperands(string? Left, string Right, string? Bias, string Destination)
{
    /// <summary>What an operand's reference is called inside a loop: <c>sourceRow</c>.</summary>
    public static string InLoop(string operand, string loop) => operand + char.ToUpperInvariant(loop[0]) + loop.Substring(1);

    /// <summary>A step of a reference as source; null where it does not move.</summary>
    public static string? Step(int floats) => floats == 0 ? null : $"{floats}";

    /// <summary>Declares an operand's reference one loop further in; the same one where the loop does not move it.</summary>
    /// <param name="step">Floats that an iteration moves it by, as source; null where it does not.</param>
    public static string? Advance(SourceWriter writer, string? reference, string operand, string loop, string? step)
    {
        if (reference is null || step is null)
        {
            return reference;
        }

        string inner = InLoop(operand, loop);
        writer.Line($"ref float {inner} = ref {Refs.At(reference, step == "1" ? loop : $"{loop} * {step}")};");
        return inner;
    }

    /// <summary>The operands that a space has, in the order of a kernel's parameters.</summary>
    public string List(ProductSpace space, string prefix, string count)
    {
        var list = new List<string>();
        if (space.LeftKind != LeftOperandKind.One)
        {
            list.Add(prefix + Left);
        }

        list.Add(prefix + Right);
        if (space.UsesBias)
        {
            list.Add(prefix + Bias);
        }

        list.Add(prefix + Destination);
        if (space.UsesCount)
        {
            list.Add(count);
        }

        return string.Join(", ", list);
    }
}
