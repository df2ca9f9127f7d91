using System.Reflection;
using System.Runtime.CompilerServices;

namespace NetGen.Tests.PublicApi;

/// <summary>The types and members of an assembly that others can use, sorted, a line each, much as C# declares them.</summary>
internal static class ApiText
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static IEnumerable<string> Lines(Assembly assembly) =>
        assembly.GetExportedTypes().OrderBy(type => type.FullName, StringComparer.Ordinal).SelectMany(Lines);

    private static IEnumerable<string> Lines(Type type)
    {
        yield return Head(type);
        if (type.IsSubclassOf(typeof(Delegate)))
        {
            yield break;
        }

        foreach (string member in type.GetMembers(Declared).Select(Member).OfType<string>().Order(StringComparer.Ordinal))
        {
            yield return $"    {member}";
        }
    }

    private static string Head(Type type)
    {
        if (type.IsSubclassOf(typeof(Delegate)))
        {
            MethodInfo invoke = type.GetMethod("Invoke")!;
            return $"delegate {TypeText.OfResult(invoke)} {TypeText.Of(type)}({Parameters(invoke)}){Constraints(type.GetGenericArguments())}";
        }

        if (type.IsEnum)
        {
            return $"enum {TypeText.Of(type)} : {TypeText.Of(type.GetEnumUnderlyingType())}";
        }

        string kind = type.IsInterface ? "interface "
            : type.IsValueType ? (Has<IsReadOnlyAttribute>(type) ? "readonly " : "") + (type.IsByRefLike ? "ref struct " : "struct ")
            : (type.IsAbstract && type.IsSealed ? "static " : type.IsAbstract ? "abstract " : type.IsSealed ? "sealed " : "") + "class ";
        IEnumerable<Type> inherited = type.BaseType?.GetInterfaces() ?? [];
        IEnumerable<string> bases = type.GetInterfaces().Except(inherited).Where(face => face.IsVisible)
            .Select(TypeText.Of).Order(StringComparer.Ordinal);
        if (type.IsClass && type.BaseType is { } parent && parent != typeof(object))
        {
            bases = bases.Prepend(TypeText.Of(parent));
        }

        string list = string.Join(", ", bases);
        return $"{kind}{TypeText.Of(type)}{(list.Length > 0 ? $" : {list}" : "")}{Constraints(type.GetGenericArguments())}";
    }

    /// <summary>One member, or null where others do not see it, or see it as part of a property.</summary>
    private static string? Member(MemberInfo member) => member switch
    {
        // What the compiler names itself is no C# name.
        _ when member.Name.Contains('<') => null,
        ConstructorInfo constructor when IsVisible(constructor) =>
            $"{Modifiers(constructor)}{constructor.DeclaringType!.Name.Split('`')[0]}({Parameters(constructor)})",
        MethodInfo method when IsVisible(method) && (!method.IsSpecialName || method.Name.StartsWith("op_", StringComparison.Ordinal)) =>
            $"{Modifiers(method)}{TypeText.OfResult(method)} {method.Name}{GenericParameters(method)}({Parameters(method)})"
            + Constraints(method.GetGenericArguments()),
        PropertyInfo property when property.GetAccessors(nonPublic: true).Any(IsVisible) => Property(property),
        FieldInfo field when (field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly) && !field.IsSpecialName => Field(field),
        EventInfo change when IsVisible(change.AddMethod!) => $"{Modifiers(change.AddMethod!)}event {TypeText.Of(change.EventHandlerType!)} {change.Name}",
        _ => null,
    };

    private static string Property(PropertyInfo property)
    {
        MethodInfo[] accessors = [.. property.GetAccessors(nonPublic: true).Where(IsVisible)];
        MethodInfo widest = accessors.FirstOrDefault(accessor => accessor.IsPublic) ?? accessors[0];
        string bodies = string.Join(" ", accessors.Select(accessor =>
            (accessor.IsPublic == widest.IsPublic ? "" : "protected ")
            + (accessor == property.GetMethod ? "get;" : TypeText.IsInit(accessor) ? "init;" : "set;")));
        ParameterInfo[] indices = property.GetIndexParameters();
        string name = indices.Length > 0 ? $"this[{string.Join(", ", indices.Select(Parameter))}]" : property.Name;
        string result = property.GetMethod is { } getter ? TypeText.OfResult(getter) : TypeText.Of(property.PropertyType);
        return $"{Modifiers(widest)}{(Has<RequiredMemberAttribute>(property) ? "required " : "")}{result} {name} {{ {bodies} }}";
    }

    private static string Field(FieldInfo field)
    {
        string access = field.IsPublic ? "public " : "protected ";
        if (field.IsLiteral)
        {
            string type = field.DeclaringType!.IsEnum ? "" : $"{TypeText.Of(field.FieldType)} ";
            return $"{access}const {type}{field.Name} = {TypeText.OfValue(field.GetRawConstantValue())}";
        }

        return $"{access}{(field.IsStatic ? "static " : "")}{(field.IsInitOnly ? "readonly " : "")}{TypeText.Of(field.FieldType)} {field.Name}";
    }

    private static bool IsVisible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static string Modifiers(MethodBase method)
    {
        bool isOverride = method is MethodInfo info && info.GetBaseDefinition() != info;
        string dispatch = isOverride ? (method.IsFinal ? "sealed override " : method.IsAbstract ? "abstract override " : "override ")
            : method.IsAbstract ? "abstract "
            : method.IsVirtual && !method.IsFinal ? "virtual "
            : "";
        return (method.IsPublic ? "public " : "protected ") + (method.IsStatic ? "static " : "") + dispatch;
    }

    private static string GenericParameters(MethodInfo method) =>
        method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(TypeText.Of))}>" : "";

    private static string Constraints(Type[] parameters) => string.Concat(parameters.Where(type => type.IsGenericParameter).Select(Constraint));

    private static string Constraint(Type parameter)
    {
        GenericParameterAttributes kinds = parameter.GenericParameterAttributes;
        bool isStruct = kinds.HasFlag(GenericParameterAttributes.NotNullableValueTypeConstraint);
        List<string> constraints = [];
        if (isStruct)
        {
            constraints.Add("struct");
        }
        else if (kinds.HasFlag(GenericParameterAttributes.ReferenceTypeConstraint))
        {
            constraints.Add("class");
        }

        constraints.AddRange(parameter.GetGenericParameterConstraints().Where(type => type != typeof(ValueType))
            .Select(TypeText.Of).Order(StringComparer.Ordinal));
        if (!isStruct && kinds.HasFlag(GenericParameterAttributes.DefaultConstructorConstraint))
        {
            constraints.Add("new()");
        }

        return constraints.Count > 0 ? $" where {parameter.Name} : {string.Join(", ", constraints)}" : "";
    }

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(Parameter));

    // Names count: callers may use them.
    private static string Parameter(ParameterInfo parameter)
    {
        string modifier = parameter.IsDefined(typeof(ParamArrayAttribute)) || parameter.IsDefined(typeof(ParamCollectionAttribute)) ? "params " : "";
        string type = !parameter.ParameterType.IsByRef ? TypeText.Of(parameter.ParameterType)
            : (parameter.IsOut ? "out " : parameter.IsIn ? "in " : "ref ") + TypeText.Of(parameter.ParameterType.GetElementType()!);
        string value = parameter.HasDefaultValue ? $" = {TypeText.OfValue(parameter.RawDefaultValue)}" : "";
        return $"{modifier}{type} {parameter.Name}{value}";
    }

    private static bool Has<TAttribute>(MemberInfo member)
        where TAttribute : Attribute => member.IsDefined(typeof(TAttribute), inherit: false);
}
