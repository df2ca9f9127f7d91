using Microsoft.CodeAnalysis;
using NetGen.Generator.Diagnostics;

namespace NetGen.Generator.Declaration;

/// <summary>Collects what is wrong with a network's class.</summary>
internal sealed class ClassProblems
{
    private readonly List<Diagnostic> _diagnostics = new();

    public IEnumerable<Diagnostic> Diagnostics => _diagnostics;

    /// <summary>Whether code added to the class could not compile.</summary>
    public bool PreventEmission { get; private set; }

    public void Add(string id, Location location, params object[] messageArguments) =>
        _diagnostics.Add(Diagnostic.Create(Descriptors.Get(id), location, messageArguments));

    public void AddPreventing(string id, Location location, params object[] messageArguments)
    {
        PreventEmission = true;
        Add(id, location, messageArguments);
    }
}
