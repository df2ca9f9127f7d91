using NetGen.Generator.Collections;
using NetGen.Generator.Diagnostics;

namespace NetGen.Generator.Graph;

/// <summary>An operator that reads several values: the one before it and those that its attribute names.</summary>
internal abstract class JoinDefinition : OperatorDefinition
{
    /// <summary>The diagnostic of shapes that do not go together.</summary>
    protected abstract string ShapesDiffer { get; }

    /// <summary>The names that the attribute gives.</summary>
    public static EquatableArray<string> Names(LayerArguments arguments) => arguments.Texts("layers");

    /// <summary>The inputs in the order in which the operator takes them: the value before, then those that the attribute names.</summary>
    public virtual IEnumerable<Value> Arrange(IEnumerable<Value> inputs) => inputs;

    /// <summary>Whether the shapes go together; reports the first that does not.</summary>
    public bool Check(IReadOnlyList<(string Name, TensorShape Shape)> inputs, LayerProblems problems)
    {
        if (inputs.Count < 2)
        {
            problems.Error(DiagnosticIds.NothingToJoin, Name);
            return false;
        }

        foreach ((string name, TensorShape shape) in inputs.Skip(1))
        {
            if (!GoTogether(inputs[0].Shape, shape))
            {
                problems.Error(ShapesDiffer, inputs[0].Shape.ToString(), inputs[0].Name, shape.ToString(), name);
                return false;
            }
        }

        return true;
    }

    protected abstract bool GoTogether(TensorShape first, TensorShape other);
}
