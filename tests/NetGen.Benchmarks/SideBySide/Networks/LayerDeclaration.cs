using System.Reflection;

namespace NetGen.Benchmarks.SideBySide;

/// <summary>One layer as a network's class declares it: the attribute's name and the arguments that were given.</summary>
/// <param name="Operator">The attribute without its suffix: <c>Conv2d</c>.</param>
/// <param name="Arguments">Constructor arguments by parameter name, properties by their name.</param>
internal sealed record LayerDeclaration(string Operator, IReadOnlyDictionary<string, object?> Arguments)
{
    /// <summary>The layers of a network's class, in order.</summary>
    public static IReadOnlyList<LayerDeclaration> Of(Type network) =>
    [
        .. network.GetCustomAttributesData()
            .Where(attribute => attribute.AttributeType.IsSubclassOf(typeof(LayerAttribute)))
            .Select(attribute => new LayerDeclaration(OperatorOf(attribute.AttributeType), ArgumentsOf(attribute))),
    ];

    /// <summary>An integer argument, or what it is where it was not given.</summary>
    public int Integer(string name, int absent) => Arguments.GetValueOrDefault(name) as int? ?? absent;

    /// <summary>A fraction, or what it is where it was not given.</summary>
    public double Number(string name, double absent) => Arguments.GetValueOrDefault(name) as double? ?? absent;

    /// <summary>A switch, or what it is where it was not given.</summary>
    public bool Flag(string name, bool absent) => Arguments.GetValueOrDefault(name) as bool? ?? absent;

    /// <summary>One argument for both directions, <c>Stride</c>, or one for each, <c>StrideH</c> and <c>StrideW</c>.</summary>
    public (int H, int W) Pair(string name, (int H, int W) absent) => Arguments.ContainsKey(name)
        ? (Integer(name, 0), Integer(name, 0))
        : (Integer(name + "H", absent.H), Integer(name + "W", absent.W));

    /// <summary>The window of a convolution or pool.</summary>
    public (int H, int W) Kernel => Arguments.ContainsKey("kernelSize")
        ? (Integer("kernelSize", 0), Integer("kernelSize", 0))
        : (Integer("kernelHeight", 0), Integer("kernelWidth", 0));

    private static string OperatorOf(Type attribute) => attribute.Name[..^nameof(Attribute).Length];

    private static Dictionary<string, object?> ArgumentsOf(CustomAttributeData attribute)
    {
        ParameterInfo[] parameters = attribute.Constructor.GetParameters();
        var arguments = new Dictionary<string, object?>();
        for (int i = 0; i < parameters.Length; i++) arguments[parameters[i].Name!] = attribute.ConstructorArguments[i].Value;
        foreach (CustomAttributeNamedArgument argument in attribute.NamedArguments)
            arguments[argument.MemberName] = argument.TypedValue.Value;
        return arguments;
    }
}
