using System.Collections.Immutable;

namespace NetGen.Generator.Graph;

/// <summary>
/// Makes an operator of an attribute: checks the arguments against the shape there and resolves them. A definition lies in its
/// operator's file and is found by its type, so that a new operator needs no list to be entered in.
/// </summary>
internal abstract class OperatorDefinition
{
    private const string Suffix = "Definition";

    private static readonly ImmutableDictionary<string, OperatorDefinition> s_all = typeof(OperatorDefinition).Assembly.GetTypes()
        .Where(type => !type.IsAbstract && typeof(OperatorDefinition).IsAssignableFrom(type))
        .Select(type => (OperatorDefinition)Activator.CreateInstance(type))
        .ToImmutableDictionary(definition => definition.Name);

    /// <summary>The name of its attribute: <c>Conv2dDefinition</c> is that of <c>[Conv2d]</c>.</summary>
    public string Name => GetType().Name.Substring(0, GetType().Name.Length - Suffix.Length);

    /// <summary>The stem of default layer names: <c>conv</c> gives <c>conv1</c>, <c>conv2</c>.</summary>
    public abstract string NameStem { get; }

    /// <summary>Whether a feature map is flattened before it. The shape of the result then follows from the arguments alone.</summary>
    public virtual bool TakesVector => false;

    /// <summary>
    /// The loss that contains the operator, and so reads what the operator would: what a network that ends with it trains with unless
    /// <c>[Loss]</c> says otherwise. Null where no loss does.
    /// </summary>
    public virtual LossKind? MatchingLoss => null;

    /// <summary>Whether it gives the logarithms of the probabilities that <see cref="MatchingLoss"/> is about. They are scores like those before it.</summary>
    public virtual bool GivesLogProbabilities => false;

    /// <summary>Whether it is what a classifier ends with: with one in the middle only, no loss of classification gets scores.</summary>
    public virtual bool EndsClassifiers => false;

    /// <summary>The definition of an attribute's operator, or null where there is none.</summary>
    public static OperatorDefinition? Find(string name) => s_all.TryGetValue(name, out OperatorDefinition? definition) ? definition : null;

    /// <summary>Resolves the arguments of a layer and reports every mistake in them.</summary>
    /// <param name="arguments">What the attribute says.</param>
    /// <param name="input">The shape there; null where an earlier mistake hides it, and only the arguments can be checked.</param>
    /// <param name="problems">Takes the mistakes.</param>
    /// <returns>The operator; null where mistakes leave its shape open, or where it needs a shape that is hidden.</returns>
    public abstract Operator? Create(LayerArguments arguments, TensorShape? input, LayerProblems problems);
}
