using NetGen.Generator.Declaration;
using NetGen.Generator.Diagnostics;

namespace NetGen.Generator.Graph;

/// <summary>The names that a use of a block gives; <c>NetGen.UseAttribute</c> says by which rules.</summary>
internal sealed class UseNames
{
    private const char IndexMark = '*';

    private readonly string _pattern;
    private readonly bool _isIndexed;
    private readonly int _number;

    private UseNames(string pattern, bool isIndexed, int number)
    {
        _pattern = pattern;
        _isIndexed = isIndexed;
        _number = number;
    }

    /// <summary>The name by which layers refer to the result of the use; empty where it has none.</summary>
    public string Name => _pattern.Contains(IndexMark) ? "" : _pattern;

    /// <summary>What messages call the use.</summary>
    public string Title => _pattern.Length > 0 ? _pattern : DefaultName(_number);

    /// <param name="use">The use.</param>
    /// <param name="number">Its number among the uses of the network or the block.</param>
    /// <param name="isInBlock">Whether it stands in a block.</param>
    public static UseNames Of(LayerSpec use, int number, bool isInBlock)
    {
        var arguments = new LayerArguments(use);
        bool isIndexed = arguments.IsSet("Repeat") || arguments.IsSet("First");
        string usual = isInBlock && isIndexed ? "" : DefaultName(number);
        string? given = arguments.Text("Name");
        return new UseNames(given is not null && Fault(given) is null ? given : usual, isIndexed, number);
    }

    /// <summary>What is wrong with a name; null where nothing is.</summary>
    public static string? Fault(string name) =>
        name.Length == 0 ? null
        : name.Count(c => c == IndexMark) > 1 ? $"it has several '{IndexMark}', and one stands for the index"
        : LayerNames.Fault(name.Replace(IndexMark, '0'));

    /// <summary>The prefix of a copy's layers; empty for a copy without one.</summary>
    public string Prefix(int index) =>
        _pattern.Contains(IndexMark) ? _pattern.Replace(IndexMark.ToString(), TextOf.Integer(index))
        : _isIndexed ? LayerScope.Join(_pattern, TextOf.Integer(index))
        : _pattern;

    /// <summary>What names of layers in it begin with whatever its arguments; empty where that is nothing.</summary>
    public string CommonPrefix => _pattern.Contains(IndexMark) ? "" : _pattern;

    private static string DefaultName(int number) => "block" + TextOf.Integer(number);
}
