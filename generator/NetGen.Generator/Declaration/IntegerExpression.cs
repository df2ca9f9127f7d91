using System.Globalization;

namespace NetGen.Generator.Declaration;

/// <summary>
/// An integer of a declaration. A network's are constants; a block's may also be expressions over its parameters. A condition is 1 or 0.
/// </summary>
internal abstract record IntegerExpression
{
    /// <summary>How deep expressions nest at most, so that whoever walks through one need not count.</summary>
    public const int MaxDepth = 64;

    /// <summary>The value, by C#'s rules for <c>int</c>.</summary>
    /// <param name="parameters">Values of the parameters.</param>
    /// <param name="fault">Why there is no value, as a message goes on after the expression; empty where there is one.</param>
    public abstract int Evaluate(IReadOnlyDictionary<string, int> parameters, ref string fault);

    /// <summary>The parameters that it depends on, each as often as it occurs.</summary>
    public abstract IEnumerable<string> Parameters { get; }

    /// <summary>An operand as text, in parentheses where it is more than a name or a number.</summary>
    protected static string Nested(IntegerExpression operand) =>
        operand is IntegerConstant { Value: >= 0 } or ParameterExpression ? operand.ToString() : $"({operand})";
}

internal sealed record IntegerConstant(int Value) : IntegerExpression
{
    public override IEnumerable<string> Parameters => [];

    public override int Evaluate(IReadOnlyDictionary<string, int> parameters, ref string fault) => Value;

    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}

/// <summary>A parameter of the block.</summary>
internal sealed record ParameterExpression(string Name) : IntegerExpression
{
    public override IEnumerable<string> Parameters => [Name];

    public override int Evaluate(IReadOnlyDictionary<string, int> parameters, ref string fault)
    {
        if (!parameters.TryGetValue(Name, out int value))
        {
            fault = $"'{Name}' has no value";
        }

        return value;
    }

    public override string ToString() => Name;
}

/// <summary>An operator before its operand: <c>- + ~ !</c>.</summary>
internal sealed record UnaryExpression(string Operator, IntegerExpression Operand) : IntegerExpression
{
    public override IEnumerable<string> Parameters => Operand.Parameters;

    public static bool IsOperator(string text) => text is "-" or "+" or "~" or "!";

    public override int Evaluate(IReadOnlyDictionary<string, int> parameters, ref string fault)
    {
        int value = Operand.Evaluate(parameters, ref fault);
        return Operator switch
        {
            "-" => BinaryExpression.Fit(-(long)value, ref fault),
            "~" => ~value,
            "!" => value == 0 ? 1 : 0,
            _ => value,
        };
    }

    public override string ToString() => $"{Operator}{Nested(Operand)}";
}

/// <summary>An operator between its operands.</summary>
internal sealed record BinaryExpression(string Operator, IntegerExpression Left, IntegerExpression Right) : IntegerExpression
{
    private const int ShiftMask = 31;

    public override IEnumerable<string> Parameters => Left.Parameters.Concat(Right.Parameters);

    public static bool IsOperator(string text) => text is "+" or "-" or "*" or "/" or "%" or "<<" or ">>" or "&" or "|" or "^"
        or "<" or "<=" or ">" or ">=" or "==" or "!=" or "&&" or "||";

    public override int Evaluate(IReadOnlyDictionary<string, int> parameters, ref string fault)
    {
        int left = Left.Evaluate(parameters, ref fault);

        // What && and || do not need has no value to ask for.
        if ((Operator == "&&" && left == 0) || (Operator == "||" && left != 0))
        {
            return left;
        }

        int right = Right.Evaluate(parameters, ref fault);
        if (Operator is "/" or "%" && right == 0)
        {
            fault = fault.Length > 0 ? fault : "divides by zero";
            return 0;
        }

        return Operator switch
        {
            "+" => Fit((long)left + right, ref fault),
            "-" => Fit((long)left - right, ref fault),
            "*" => Fit((long)left * right, ref fault),
            "/" => Fit((long)left / right, ref fault),
            "%" => (int)((long)left % right),
            "<<" => unchecked((int)((uint)left << (right & ShiftMask))),
            ">>" => left >> (right & ShiftMask),
            "&" => left & right,
            "|" => left | right,
            "^" => left ^ right,
            "<" => left < right ? 1 : 0,
            "<=" => left <= right ? 1 : 0,
            ">" => left > right ? 1 : 0,
            ">=" => left >= right ? 1 : 0,
            "==" => left == right ? 1 : 0,
            "!=" => left != right ? 1 : 0,
            _ => right,
        };
    }

    public static int Fit(long value, ref string fault)
    {
        if (value is >= int.MinValue and <= int.MaxValue)
        {
            return (int)value;
        }

        fault = fault.Length > 0 ? fault : "is too large for an int";
        return 0;
    }

    public override string ToString() => $"{Nested(Left)} {Operator} {Nested(Right)}";
}

/// <summary>A choice: <c>condition ? whenTrue : whenFalse</c>. What is not chosen need not have a value.</summary>
internal sealed record ConditionalExpression(IntegerExpression Condition, IntegerExpression WhenTrue, IntegerExpression WhenFalse) : IntegerExpression
{
    public override IEnumerable<string> Parameters => Condition.Parameters.Concat(WhenTrue.Parameters).Concat(WhenFalse.Parameters);

    public override int Evaluate(IReadOnlyDictionary<string, int> parameters, ref string fault) =>
        Condition.Evaluate(parameters, ref fault) != 0 ? WhenTrue.Evaluate(parameters, ref fault) : WhenFalse.Evaluate(parameters, ref fault);

    public override string ToString() => $"{Nested(Condition)} ? {Nested(WhenTrue)} : {Nested(WhenFalse)}";
}
