using NetGen.Generator.Collections;
using NetGen.Generator.Declaration;
using NetGen.Generator.Diagnostics;

namespace NetGen.Generator.Graph;

/// <summary>Reads what a use says of a block's parameters and copies.</summary>
internal static class UseArguments
{
    public const string Attribute = "Use";
    public const string Block = "block";
    public const string Repeat = "Repeat";
    public const string First = "First";

    private const string Pairs = "parameters";

    // The parameters that have a property of their own on the attribute.
    private static readonly string[] s_properties = ["Width", "Stride", "Expansion"];

    /// <summary>The values of all parameters of a block; null after a mistake.</summary>
    public static IReadOnlyDictionary<string, int>? ReadParameters(BlockSpec block, LayerArguments use, LayerProblems problems)
    {
        var given = new Dictionary<string, int>(StringComparer.Ordinal);
        bool isRight = true;
        foreach (string property in s_properties.Where(use.IsSet))
        {
            isRight &= Give(property, use.Integer(property, 0));
        }

        EquatableArray<ArgumentValue> pairs = use.Find<ValuesArgument>(Pairs)?.Values ?? EquatableArray<ArgumentValue>.Empty;
        if (pairs.Count % 2 != 0)
        {
            problems.Error(DiagnosticIds.UseArguments, "its parameters are names and values in turn, as in [Use(typeof(Stage), \"Repeats\", 2)], and one is without the other");
            return null;
        }

        for (int i = 0; i < pairs.Count; i += 2)
        {
            if (pairs[i] is not TextArgument { Value: { } name })
            {
                problems.Error(DiagnosticIds.UseArguments, $"parameter {TextOf.Integer((i / 2) + 1)} has no name; write its name as a string before the value");
                isRight = false;
            }
            else if (pairs[i + 1] is not IntegerArgument { Expression: IntegerConstant constant })
            {
                problems.Error(DiagnosticIds.UseArguments, $"the value of '{LayerNames.Shorten(name)}' is no int; parameters are integers");
                isRight = false;
            }
            else
            {
                isRight &= Give(name, constant.Value);
            }
        }

        return isRight ? Complete(block, given, problems) : null;

        bool Give(string name, int value)
        {
            if (block.Parameters.All(parameter => parameter.Name != name))
            {
                problems.Error(DiagnosticIds.UnknownParameter, block.Name, LayerNames.Shorten(name), Known(block));
                return false;
            }

            if (given.ContainsKey(name))
            {
                problems.Error(DiagnosticIds.UseArguments, $"{name} is given twice; remove one of them");
                return false;
            }

            given.Add(name, value);
            return true;
        }
    }

    /// <summary>The values of parameters where only some are given; null where a default has no value then.</summary>
    public static IReadOnlyDictionary<string, int>? Complete(BlockSpec block, Dictionary<string, int> given, LayerProblems problems)
    {
        foreach (BlockParameter parameter in block.Parameters.Where(parameter => !given.ContainsKey(parameter.Name)))
        {
            string fault = "";
            int value = parameter.Default.Evaluate(given, ref fault);
            if (fault.Length > 0)
            {
                problems.Error(DiagnosticIds.BlockArgument, Describe(parameter.Name, parameter.Default, fault, given));
                return null;
            }

            given.Add(parameter.Name, value);
        }

        return given;
    }

    /// <summary>Whether the number of copies and the index of the first are at least 0.</summary>
    public static bool CheckCopies(LayerSpec use, LayerProblems problems)
    {
        string[] negative = new[] { Repeat, First }.Where(name => new LayerArguments(use).Integer(name, 0) < 0).ToArray();
        foreach (string name in negative)
        {
            problems.Error(DiagnosticIds.UseArguments, $"{name} is {TextOf.Integer(new LayerArguments(use).Integer(name, 0))}; it must be at least 0");
        }

        return negative.Length == 0;
    }

    /// <summary>A layer of a block with constants for arguments; null where one has no value.</summary>
    public static LayerSpec? Substitute(LayerSpec layer, IReadOnlyDictionary<string, int> parameters, LayerProblems problems)
    {
        if (IsConstant(layer))
        {
            return layer;
        }

        bool isRight = true;
        EquatableArray<Argument> arguments = layer.Arguments
            .Select(argument => new Argument(argument.Name, Constant(argument.Name, argument.Value)))
            .ToEquatableArray();
        return isRight ? new LayerSpec(layer.Operator, arguments) : null;

        ArgumentValue Constant(string name, ArgumentValue value) => value switch
        {
            IntegerArgument integer => new IntegerArgument(new IntegerConstant(Evaluate(name, integer.Expression))),
            ConditionArgument condition => new FlagArgument(Evaluate(name, condition.Expression) != 0),
            ValuesArgument values => new ValuesArgument(values.Values.Select(element => Constant(name, element)).ToEquatableArray()),
            _ => value,
        };

        int Evaluate(string name, IntegerExpression expression)
        {
            string fault = "";
            int value = expression.Evaluate(parameters, ref fault);
            if (fault.Length > 0)
            {
                problems.Error(DiagnosticIds.BlockArgument, Describe(name, expression, fault, parameters));
                isRight = false;
            }

            return value;
        }
    }

    /// <summary>Whether no argument depends on a parameter.</summary>
    public static bool IsConstant(LayerSpec layer) => layer.Arguments.All(argument => IsConstant(argument.Value));

    private static bool IsConstant(ArgumentValue value) => value switch
    {
        IntegerArgument integer => integer.Expression is IntegerConstant,
        ConditionArgument => false,
        ValuesArgument values => values.Values.All(IsConstant),
        _ => true,
    };

    private static string Known(BlockSpec block) => block.Parameters.Count == 0
        ? "it has none; declare a 'const int' in its class"
        : $"it has {string.Join(", ", block.Parameters.Select(parameter => parameter.Name))}, the 'const int' members of its class";

    private static string Describe(string name, IntegerExpression expression, string fault, IReadOnlyDictionary<string, int> parameters)
    {
        IEnumerable<string> values = expression.Parameters.Distinct()
            .Where(parameters.ContainsKey)
            .Select(parameter => $"{parameter} = {TextOf.Integer(parameters[parameter])}");
        return $"{name} = {expression} {fault} with {string.Join(", ", values)}";
    }
}
