using NetGen.Generator.Collections;
using NetGen.Generator.Diagnostics;
using NetGen.Generator.Graph.Ops;

namespace NetGen.Generator.Graph;

/// <content>The values that the caller gets.</content>
internal sealed partial class GraphBuilder
{
    /// <summary>The network's result: the last one, what <c>[Output]</c> says, or several of those one behind the other; null where a mistake hides it.</summary>
    private Value? FindResult()
    {
        if (_layers.Outputs.IsEmpty)
        {
            return ResultAt(_layers.Result);
        }

        OutputRules.Check(_spec, _problems);
        Value?[] outputs = _layers.Outputs.Select(FindOutput).ToArray();
        if (_problems.HasErrors || outputs.Contains(null))
        {
            return null;
        }

        Value[] values = outputs.OfType<Value>().ToArray();
        _outputs = OutputRules.Names(_spec.Layers).Zip(values, (name, value) => new NamedOutput(name, value.Shape)).ToEquatableArray();
        return values.Length == 1 ? values[0] : Join(values);
    }

    private Value? FindOutput(PlacedOutput output)
    {
        var problems = new LayerProblems(_problems, output.Attribute, "[Output]", null);
        if (output.Source.Place == LayerReference.Input)
        {
            problems.Error(DiagnosticIds.OutputOfInput);
            return null;
        }

        return Find(output.Source, problems);
    }

    private Value? Join(Value[] outputs)
    {
        var vectors = new List<Value>();
        for (int i = 0; i < outputs.Length; i++)
        {
            // A value that is there twice is joined once as it is and then as a view.
            bool isView = !outputs[i].Shape.IsVector || vectors.Contains(outputs[i]);
            Value? vector = isView ? AddOutputNode(new FlattenOp(), _outputs[i].Name + ".flatten", outputs[i]) : outputs[i];
            if (vector is null)
            {
                return null;
            }

            vectors.Add(vector);
        }

        return AddOutputNode(new ConcatOp(), "outputs", vectors.ToArray());
    }

    private Value? AddOutputNode(Operator @operator, string name, params Value[] inputs)
    {
        string free = FreeName(name);
        return AddNode(@operator, free, ProblemList.Network, new(_problems, ProblemList.Network, free, inputs[0].Shape), inputs);
    }
}
