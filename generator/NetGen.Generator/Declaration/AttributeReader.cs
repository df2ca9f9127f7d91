using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NetGen.Generator.Collections;

namespace NetGen.Generator.Declaration;

/// <summary>Reads NetGen's attributes.</summary>
internal static class AttributeReader
{
    public const string NetworkAttribute = "NetGen.NetworkAttribute";
    public const string FullyConvolutionalAttribute = "NetGen.FullyConvolutionalAttribute";
    public const string BlockAttribute = "NetGen.BlockAttribute";
    public const string BlockSpecificationAttribute = "NetGen.CompilerServices.BlockSpecificationAttribute";

    private static readonly SymbolDisplayFormat s_plainNames =
        new(typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces);

    private const string Namespace = "NetGen";
    private const string Suffix = "Attribute";

    public static bool IsNetwork(AttributeData attribute) => IsNetGen(attribute.AttributeClass, "NetworkAttribute");

    public static bool IsFullyConvolutional(AttributeData attribute) => IsNetGen(attribute.AttributeClass, "FullyConvolutionalAttribute");

    public static bool IsBlock(AttributeData attribute) => IsNetGen(attribute.AttributeClass, "BlockAttribute");

    public static bool IsUse(AttributeData attribute) => IsNetGen(attribute.AttributeClass, "UseAttribute");

    /// <summary>Whether an attribute belongs below <c>[Network]</c>: a layer, <c>[Input]</c>, <c>[Output]</c> or <c>[Loss]</c>.</summary>
    public static bool IsLayer(AttributeData attribute) =>
        IsNetGen(attribute.AttributeClass?.BaseType, "LayerAttribute")
        || IsNetGen(attribute.AttributeClass, "InputAttribute")
        || IsNetGen(attribute.AttributeClass, "OutputAttribute")
        || IsNetGen(attribute.AttributeClass, "LossAttribute");

    /// <summary>Whether an attribute names no type that the compiler knows.</summary>
    public static bool IsUnresolved(AttributeData attribute) => attribute.AttributeClass is null or { TypeKind: TypeKind.Error };

    /// <summary>An attribute's name as users write it: <c>Conv2d</c>.</summary>
    public static string NameOf(AttributeData attribute)
    {
        string name = attribute.AttributeClass?.Name ?? "";
        return name.EndsWith(Suffix, StringComparison.Ordinal) ? name.Substring(0, name.Length - Suffix.Length) : name;
    }

    /// <summary>The <see cref="BlockSpec.Key"/> that a type has as a block.</summary>
    public static string KeyOf(ITypeSymbol type)
    {
        if (type is not INamedTypeSymbol named)
        {
            return type.ToDisplayString();
        }

        string types = string.Join("+", ClassRules.WithContainingTypes(named).Reverse().Select(part => part.MetadataName));
        string name = named.ContainingNamespace is { IsGlobalNamespace: false } container ? $"{container.ToDisplayString(s_plainNames)}.{types}" : types;
        return $"{name}, {named.ContainingAssembly?.Identity.Name}";
    }

    /// <summary>What an assembly says of one of its blocks; null where it says nothing.</summary>
    /// <param name="assembly">The assembly.</param>
    /// <param name="block">The block's full metadata name.</param>
    public static string? BlockSpecificationOf(IAssemblySymbol assembly, string block) => assembly.GetAttributes()
        .Where(attribute => attribute.AttributeClass?.ToDisplayString(s_plainNames) == BlockSpecificationAttribute && attribute.ConstructorArguments.Length == 2)
        .Where(attribute => attribute.ConstructorArguments[0].Value as string == block)
        .Select(attribute => attribute.ConstructorArguments[1].Value as string)
        .FirstOrDefault();

    /// <summary>An attribute by value. What does not compile becomes an <see cref="UnreadableArgument"/>.</summary>
    public static LayerSpec Read(AttributeData attribute, CancellationToken cancellation)
    {
        var arguments = new List<Argument>();
        int parameters = attribute.AttributeConstructor?.Parameters.Length ?? 0;
        for (int i = 0; i < Math.Min(parameters, attribute.ConstructorArguments.Length); i++)
        {
            arguments.Add(new(attribute.AttributeConstructor!.Parameters[i].Name, ReadValue(attribute.ConstructorArguments[i])));
        }

        arguments.AddRange(attribute.NamedArguments.Select(argument => new Argument(argument.Key, ReadValue(argument.Value))));
        if (attribute.AttributeConstructor is null
            || parameters != attribute.ConstructorArguments.Length
            || LacksNamed(attribute, cancellation))
        {
            arguments.Add(new("", new UnreadableArgument()));
        }

        return new LayerSpec(NameOf(attribute), arguments.ToEquatableArray());
    }

    /// <summary>The compiler drops a named argument whose property does not exist.</summary>
    private static bool LacksNamed(AttributeData attribute, CancellationToken cancellation) =>
        attribute.ApplicationSyntaxReference?.GetSyntax(cancellation) is AttributeSyntax { ArgumentList: { } list }
        && list.Arguments.Count(argument => argument.NameEquals is not null) != attribute.NamedArguments.Length;

    private static ArgumentValue ReadValue(TypedConstant constant) => constant.Kind switch
    {
        TypedConstantKind.Array => ReadArray(constant),
        TypedConstantKind.Type when constant.IsNull => new TypeArgument("null"),
        TypedConstantKind.Type when constant.Value is ITypeSymbol { TypeKind: not TypeKind.Error } type => new TypeArgument(KeyOf(type)),
        TypedConstantKind.Primitive or TypedConstantKind.Enum => constant.Value switch
        {
            int value => new IntegerArgument(new IntegerConstant(value)),
            double value => new NumberArgument(value),
            bool value => new FlagArgument(value),
            string value => new TextArgument(value),
            null => new TextArgument(null),
            _ => new UnreadableArgument(),
        },
        _ => new UnreadableArgument(),
    };

    private static ArgumentValue ReadArray(TypedConstant constant) =>
        constant.IsNull ? new TextArgument(null)
        : constant.Type is IArrayTypeSymbol { ElementType.SpecialType: SpecialType.System_Object }
            ? constant.Values.Any(element => element.Kind == TypedConstantKind.Error)
                ? new UnreadableArgument()
                : new ValuesArgument(constant.Values.Select(ReadValue).ToEquatableArray())
        : constant.Values.All(element => element is { Kind: TypedConstantKind.Primitive, Value: double })
            ? new NumbersArgument(constant.Values.Select(element => (double)element.Value!).ToEquatableArray())
        : constant.Values.All(element => element is { Kind: TypedConstantKind.Primitive, Type.SpecialType: SpecialType.System_String })
            ? new TextsArgument(constant.Values.Select(element => (string?)element.Value ?? "").ToEquatableArray())
        : new UnreadableArgument();

    private static bool IsNetGen(INamedTypeSymbol? type, string name) =>
        type is { ContainingType: null, ContainingNamespace: { Name: Namespace, ContainingNamespace.IsGlobalNamespace: true } }
        && type.Name == name;
}
