using System.Globalization;
using System.Text;
using NetGen.Generator.Collections;
using NetGen.Generator.Graph;

namespace NetGen.Generator.Declaration;

/// <summary>
/// Reads what <see cref="BlockSpecWriter"/> writes, from an assembly that anyone may have made: whatever differs in the least from what
/// a writer of this version could have written is refused.
/// </summary>
internal sealed class BlockSpecReader
{
    private const int EscapeDigits = 4;
    private const int MaxWords = 1 << 20;

    private readonly string[] _words;
    private readonly HashSet<string> _parameters = new(StringComparer.Ordinal);
    private int _next;
    private bool _failed;

    private BlockSpecReader(string text) => _words = text.Length <= MaxWords ? text.Split(' ') : [];

    /// <summary>The block; null for a text that is none.</summary>
    public static BlockSpec? Read(string key, string text)
    {
        var reader = new BlockSpecReader(text);
        BlockSpec block = reader.ReadBlock(key);
        return reader._failed || reader._next != reader._words.Length ? null : block;
    }

    private BlockSpec ReadBlock(string key)
    {
        Require(Word() == BlockSpecWriter.Version);
        EquatableArray<BlockParameter> parameters = List(() =>
        {
            string name = Text();
            IntegerExpression value = Expression(0);
            Require(name.Length > 0 && _parameters.Add(name));
            return new BlockParameter(name, value);
        });
        return new BlockSpec(key, BlockState.Read, IsReferenced: true, parameters, List(Layer));
    }

    private LayerSpec Layer()
    {
        string @operator = Text();
        Require(@operator.Length > 0 && !BlockExpansion.IsOfNetwork(@operator));
        var names = new HashSet<string>(StringComparer.Ordinal);
        return new LayerSpec(@operator, List(() =>
        {
            string name = Text();
            Require(name.Length > 0 && names.Add(name));
            return new Argument(name, Value(isElement: false));
        }));
    }

    private ArgumentValue Value(bool isElement)
    {
        switch (Word())
        {
            case "i":
                return new IntegerArgument(Expression(0));
            case "c" when !isElement:
                return new ConditionArgument(Expression(0));
            case "f":
                string flag = Word();
                Require(flag is "0" or "1");
                return new FlagArgument(flag == "1");
            case "n":
                return new NumberArgument(Number());
            case "N" when !isElement:
                return new NumbersArgument(List(Number));
            case "t":
                return new TextArgument(Text());
            case "T" when !isElement:
                return new TextsArgument(List(Text));
            case "b" when !isElement:
                return new TypeArgument(Text());
            case "V" when !isElement:
                return new ValuesArgument(List(() => Value(isElement: true)));
            case "0":
                return new TextArgument(null);
            default:
                _failed = true;
                return new UnreadableArgument();
        }
    }

    private IntegerExpression Expression(int depth)
    {
        string word = Word();
        Require(depth < IntegerExpression.MaxDepth);
        if (_failed)
        {
            return new IntegerConstant(0);
        }

        if (word == "$")
        {
            string name = Text();
            Require(_parameters.Contains(name));
            return new ParameterExpression(name);
        }

        if (word == "?")
        {
            return new ConditionalExpression(Expression(depth + 1), Expression(depth + 1), Expression(depth + 1));
        }

        if (word == "u")
        {
            string @operator = Word();
            Require(UnaryExpression.IsOperator(@operator));
            return new UnaryExpression(@operator, Expression(depth + 1));
        }

        return BinaryExpression.IsOperator(word)
            ? new BinaryExpression(word, Expression(depth + 1), Expression(depth + 1))
            : new IntegerConstant(Integer(word));
    }

    private EquatableArray<T> List<T>(Func<T> read)
        where T : IEquatable<T>
    {
        int count = Integer(Word());

        // Every item takes a word at least.
        Require(count >= 0 && count <= _words.Length - _next);
        var items = new List<T>();
        for (int i = 0; i < count && !_failed; i++)
        {
            items.Add(read());
        }

        return items.ToEquatableArray();
    }

    private int Integer(string word)
    {
        bool isInteger = int.TryParse(word, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value)
            && value.ToString(CultureInfo.InvariantCulture) == word;
        Require(isInteger);
        return value;
    }

    private double Number()
    {
        Require(double.TryParse(Word(), NumberStyles.Float, CultureInfo.InvariantCulture, out double value));
        return value;
    }

    private string Text()
    {
        string word = Word();
        if (word == "\\")
        {
            return "";
        }

        Require(word.Length > 0);
        var text = new StringBuilder();
        for (int i = 0; i < word.Length; i++)
        {
            if (word[i] != '\\')
            {
                Require(word[i] is > ' ' and <= '~');
                text.Append(word[i]);
                continue;
            }

            int code = 0;
            bool isCode = i + EscapeDigits < word.Length
                && int.TryParse(word.Substring(i + 1, EscapeDigits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out code);
            Require(isCode);
            text.Append((char)code);
            i += EscapeDigits;
        }

        return text.ToString();
    }

    private string Word()
    {
        Require(_next < _words.Length);
        return _failed ? "" : _words[_next++];
    }

    private void Require(bool isRight) => _failed |= !isRight;
}
