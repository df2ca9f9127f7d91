using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NetGen.Generator.Collections;

namespace NetGen.Generator.Declaration;

/// <summary>Reads the attributes of a block: as those of a network, with expressions in place of what depends on a parameter.</summary>
internal static class BlockArguments
{
    /// <summary>An attribute by value.</summary>
    /// <param name="attribute">The attribute.</param>
    /// <param name="syntax">How it is written.</param>
    /// <param name="expressions">Reads expressions of its block.</param>
    /// <param name="reportUnknown">Takes an argument that depends on a parameter in a way that is not understood.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public static LayerSpec Read(
        AttributeData attribute,
        AttributeSyntax syntax,
        BlockExpressions expressions,
        Action<string, ExpressionSyntax> reportUnknown,
        CancellationToken cancellation)
    {
        LayerSpec layer = AttributeReader.Read(attribute, cancellation);
        if (layer.IsUnreadable || attribute.AttributeConstructor is not { } constructor || syntax.ArgumentList is not { } list)
        {
            return layer;
        }

        Argument[] arguments = layer.Arguments.ToArray();
        for (int position = 0; position < list.Arguments.Count; position++)
        {
            AttributeArgumentSyntax argument = list.Arguments[position];
            if (!expressions.DependsOnParameters(argument.Expression))
            {
                continue;
            }

            int parameter = ParameterOf(argument, position, constructor);
            string name = argument.NameEquals?.Name.Identifier.ValueText
                ?? (parameter < constructor.Parameters.Length ? constructor.Parameters[parameter].Name : "");
            int index = Array.FindIndex(arguments, other => other.Name == name);
            ArgumentValue? value = index < 0 ? null : Substitute(arguments[index].Value, position - parameter, argument.Expression, expressions);
            if (value is null)
            {
                reportUnknown(name, argument.Expression);
            }
            else
            {
                arguments[index] = new Argument(name, value);
            }
        }

        return layer with { Arguments = arguments.ToEquatableArray() };
    }

    /// <summary>The index of the constructor's parameter that an argument is for; the last takes all that come after.</summary>
    private static int ParameterOf(AttributeArgumentSyntax argument, int position, IMethodSymbol constructor)
    {
        if (argument.NameColon is not { Name.Identifier.ValueText: var name })
        {
            return Math.Min(position, constructor.Parameters.Length - 1);
        }

        for (int i = 0; i < constructor.Parameters.Length; i++)
        {
            if (constructor.Parameters[i].Name == name)
            {
                return i;
            }
        }

        return constructor.Parameters.Length;
    }

    /// <summary>The value that an expression stands for; null where it is not understood.</summary>
    private static ArgumentValue? Substitute(ArgumentValue value, int element, ExpressionSyntax expression, BlockExpressions expressions)
    {
        switch (value)
        {
            case IntegerArgument:
                return expressions.Read(expression) is { } integer ? new IntegerArgument(integer) : null;
            case FlagArgument:
                return expressions.Read(expression) is { } condition ? new ConditionArgument(condition) : null;
            case ValuesArgument { Values: var values } when element >= 0 && element < values.Count
                && values[element] is IntegerArgument && expressions.Read(expression) is { } item:
                return new ValuesArgument(values.Select((other, i) => i == element ? new IntegerArgument(item) : other).ToEquatableArray());
            default:
                return null;
        }
    }
}
