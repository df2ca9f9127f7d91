using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NetGen.Tests.PublicApi;

/// <summary>Types and constants as C# writes them.</summary>
internal static class TypeText
{
    private static readonly Dictionary<Type, string> s_keywords = new()
    {
        [typeof(void)] = "void",
        [typeof(object)] = "object",
        [typeof(string)] = "string",
        [typeof(bool)] = "bool",
        [typeof(char)] = "char",
        [typeof(sbyte)] = "sbyte",
        [typeof(byte)] = "byte",
        [typeof(short)] = "short",
        [typeof(ushort)] = "ushort",
        [typeof(int)] = "int",
        [typeof(uint)] = "uint",
        [typeof(long)] = "long",
        [typeof(ulong)] = "ulong",
        [typeof(nint)] = "nint",
        [typeof(nuint)] = "nuint",
        [typeof(float)] = "float",
        [typeof(double)] = "double",
        [typeof(decimal)] = "decimal",
    };

    public static string Of(Type type)
    {
        if (s_keywords.TryGetValue(type, out string? keyword))
        {
            return keyword;
        }

        if (type.IsGenericParameter)
        {
            return type.Name;
        }

        if (type.IsArray)
        {
            return $"{Of(type.GetElementType()!)}[{new string(',', type.GetArrayRank() - 1)}]";
        }

        return Nullable.GetUnderlyingType(type) is { } underlying ? $"{Of(underlying)}?" : Qualified(type);
    }

    /// <summary>What a method returns, by reference or not.</summary>
    public static string OfResult(MethodInfo method)
    {
        Type type = method.ReturnType;
        if (!type.IsByRef)
        {
            return Of(type);
        }

        bool isReadOnly = method.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(InAttribute));
        return $"ref {(isReadOnly ? "readonly " : "")}{Of(type.GetElementType()!)}";
    }

    public static bool IsInit(MethodInfo setter) => setter.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit));

    public static string OfValue(object? value) => value switch
    {
        null => "default",
        string text => $"\"{text}\"",
        bool truth => truth ? "true" : "false",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private static string Qualified(Type type)
    {
        // A nested type has the arguments of the types around it too.
        Type[] arguments = type.GetGenericArguments();
        int outer = type.DeclaringType?.GetGenericArguments().Length ?? 0;
        string own = arguments.Length > outer ? $"<{string.Join(", ", arguments[outer..].Select(Of))}>" : "";
        string prefix = type.DeclaringType is { } declaring ? Of(declaring) : type.Namespace!;
        return $"{prefix}.{type.Name.Split('`')[0]}{own}";
    }
}
