using System.Globalization;
using System.Text;
using NetGen.Generator.Collections;

namespace NetGen.Generator.Declaration;

/// <summary>
/// Writes a block as the text that its assembly carries: words with one space between, operators before operands, counts before lists.
/// <c>1 1 Width 64 2 Conv2d 2 outChannels i * $ Width 4 kernelSize i 1 ReLU 0</c> is version 1, one parameter and two layers.
/// </summary>
internal static class BlockSpecWriter
{
    public const string Version = "1";

    public static string Write(BlockSpec block)
    {
        var words = new List<string> { Version };
        WriteList(words, block.Parameters, parameter =>
        {
            words.Add(Text(parameter.Name));
            WriteExpression(words, parameter.Default);
        });
        WriteList(words, block.Layers, layer =>
        {
            words.Add(Text(layer.Operator));
            WriteList(words, layer.Arguments, argument =>
            {
                words.Add(Text(argument.Name));
                WriteValue(words, argument.Value);
            });
        });
        return string.Join(" ", words);
    }

    private static void WriteList<T>(List<string> words, EquatableArray<T> items, Action<T> write)
        where T : IEquatable<T>
    {
        words.Add(Number(items.Count));
        foreach (T item in items)
        {
            write(item);
        }
    }

    private static void WriteValue(List<string> words, ArgumentValue value)
    {
        switch (value)
        {
            case IntegerArgument integer:
                words.Add("i");
                WriteExpression(words, integer.Expression);
                break;
            case ConditionArgument condition:
                words.Add("c");
                WriteExpression(words, condition.Expression);
                break;
            case FlagArgument flag:
                words.AddRange(["f", flag.Value ? "1" : "0"]);
                break;
            case NumberArgument number:
                words.AddRange(["n", Number(number.Value)]);
                break;
            case NumbersArgument numbers:
                words.Add("N");
                WriteList(words, numbers.Values, number => words.Add(Number(number)));
                break;
            case TextArgument { Value: { } text }:
                words.AddRange(["t", Text(text)]);
                break;
            case TextsArgument texts:
                words.Add("T");
                WriteList(words, texts.Values, text => words.Add(Text(text)));
                break;
            case TypeArgument type:
                words.AddRange(["b", Text(type.Key)]);
                break;
            case ValuesArgument values:
                words.Add("V");
                WriteList(words, values.Values, element => WriteValue(words, element));
                break;
            default:
                // A text that is null; what cannot be read is not written at all.
                words.Add("0");
                break;
        }
    }

    private static void WriteExpression(List<string> words, IntegerExpression expression)
    {
        switch (expression)
        {
            case IntegerConstant constant:
                words.Add(Number(constant.Value));
                break;
            case ParameterExpression parameter:
                words.AddRange(["$", Text(parameter.Name)]);
                break;
            case UnaryExpression unary:
                words.AddRange(["u", unary.Operator]);
                WriteExpression(words, unary.Operand);
                break;
            case BinaryExpression binary:
                words.Add(binary.Operator);
                WriteExpression(words, binary.Left);
                WriteExpression(words, binary.Right);
                break;
            case ConditionalExpression conditional:
                words.Add("?");
                WriteExpression(words, conditional.Condition);
                WriteExpression(words, conditional.WhenTrue);
                WriteExpression(words, conditional.WhenFalse);
                break;
        }
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>A text as one word: what is no visible ASCII, and the backslash itself, as <c>\0041</c>; <c>\</c> alone for an empty one.</summary>
    private static string Text(string text)
    {
        if (text.Length == 0)
        {
            return "\\";
        }

        var word = new StringBuilder();
        foreach (char c in text)
        {
            word.Append(c is > ' ' and <= '~' and not '\\' ? c.ToString() : "\\" + ((int)c).ToString("x4", CultureInfo.InvariantCulture));
        }

        return word.ToString();
    }
}
