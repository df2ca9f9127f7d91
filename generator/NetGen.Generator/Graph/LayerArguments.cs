using NetGen.Generator.Collections;
using NetGen.Generator.Declaration;

namespace NetGen.Generator.Graph;

/// <summary>A layer's arguments by name and type. An argument that is missing, or of another type, has its fallback.</summary>
internal readonly struct LayerArguments(LayerSpec layer)
{
    /// <summary>Whether the declaration gives this argument, whatever its value.</summary>
    public bool IsSet(string name) => Find<ArgumentValue>(name) is not null;

    public int Integer(string name, int fallback) => Find<IntegerArgument>(name)?.Expression is IntegerConstant constant ? constant.Value : fallback;

    public double Number(string name, double fallback) => Find<NumberArgument>(name)?.Value ?? fallback;

    /// <summary>Null for an argument that is missing, or null itself.</summary>
    public EquatableArray<double>? Numbers(string name) => Find<NumbersArgument>(name)?.Values;

    public bool Flag(string name, bool fallback) => Find<FlagArgument>(name)?.Value ?? fallback;

    /// <summary>Empty for an argument that is missing, or null itself.</summary>
    public EquatableArray<string> Texts(string name) => Find<TextsArgument>(name)?.Values ?? EquatableArray<string>.Empty;

    public string? Text(string name) => Find<TextArgument>(name)?.Value;

    public T? Find<T>(string name)
        where T : ArgumentValue
    {
        foreach (Argument argument in layer.Arguments)
        {
            if (argument.Name == name)
            {
                return argument.Value as T;
            }
        }

        return null;
    }
}
