#pragma warning disable IDE0161 // two namespaces would need two files of three lines

// What the C# compiler looks for by name and netstandard2.0 does not have.
namespace System.Runtime.CompilerServices
{
    internal static class IsExternalInit;
}
