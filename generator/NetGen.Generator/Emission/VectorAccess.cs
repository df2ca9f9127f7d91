using NetGen.Generator.Schedule;

namespace NetGen.Generator.Emission;

/// <summary>How emitted code moves vectors between memory and registers.</summary>
internal static class VectorAccess
{
    /// <summary>The vector at a place, as an expression.</summary>
    public static string Load(this VectorWidth width, ElementRef at) => $"{width.Class}.LoadUnsafe({at.Arguments})";

    /// <summary>The vector at a place, as an expression.</summary>
    public static string Load(this VectorWidth width, string at) => width.Load(new ElementRef(at, null, 0));

    /// <summary>A statement that stores a vector. Not the extension method, which the C# compiler takes thrice as long to find.</summary>
    public static string Store(this VectorWidth width, string value, ElementRef at) => $"{width.Class}.StoreUnsafe({value}, {at.Arguments});";

    /// <summary>A statement that stores a vector.</summary>
    public static string Store(this VectorWidth width, string value, string at) => width.Store(value, new ElementRef(at, null, 0));
}
