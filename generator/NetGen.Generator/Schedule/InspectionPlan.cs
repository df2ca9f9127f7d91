using NetGen.Generator.Collections;
using NetGen.Generator.Graph;

namespace NetGen.Generator.Schedule;

/// <summary>Where the output of each declared layer comes from when somebody looks into a prediction.</summary>
/// <param name="Layers">The layers, in the order of declaration.</param>
internal sealed record InspectionPlan(EquatableArray<InspectedLayer> Layers)
{
    /// <summary>Compares what was declared with the steps that are left of it.</summary>
    /// <param name="declared">The graph before all passes, which keep the numbers of its values.</param>
    /// <param name="program">The steps of a prediction.</param>
    public static InspectionPlan Of(NetworkGraph declared, StepProgram program)
    {
        var kept = new HashSet<int>(program.Steps.Select(step => step.Plan.Node.Output));
        var places = new Dictionary<int, int> { [declared.Input] = InspectedLayer.Input };
        var layers = new List<InspectedLayer>();
        foreach (Node node in declared.Nodes)
        {
            if (node.Layer < 0)
            {
                // A map flattened for a matrix product is no layer of the user's, and has the elements of the map.
                places.Add(node.Output, places[node.Input]);
                continue;
            }

            LayerOrigin origin = kept.Contains(node.Output) ? LayerOrigin.Step
                : CanBeTakenIn(node.Operator) || node.Inputs.Count > 1 || node.Operator.SelectsChannels ? LayerOrigin.Computed
                : LayerOrigin.Source;
            layers.Add(new InspectedLayer(node, declared.Values[node.Output].Shape, node.Inputs.Select(input => places[input]).ToEquatableArray(), origin));
            places.Add(node.Output, layers.Count - 1);
        }

        return new InspectionPlan(layers.ToEquatableArray());
    }

    /// <summary>
    /// Whether a step may do what comes behind the operator as well, and leave only the result of both. Any other layer without a step is a join,
    /// selects channels, or is one that predictions do nothing for.
    /// </summary>
    private static bool CanBeTakenIn(Operator @operator) => @operator.AcceptsActivation || @operator is ActivationOperator;
}

/// <summary>One declared layer.</summary>
/// <param name="Node">What it was declared as.</param>
/// <param name="Shape">Shape of its output.</param>
/// <param name="Sources">The places of the layers that it reads; <see cref="Input"/> for the network's input.</param>
internal sealed record InspectedLayer(Node Node, TensorShape Shape, EquatableArray<int> Sources, LayerOrigin Origin)
{
    /// <summary>The network's input among <see cref="Sources"/>.</summary>
    public const int Input = -1;

    public string Name => Node.Name;
}

/// <summary>Where a layer's output comes from.</summary>
internal enum LayerOrigin
{
    /// <summary>A step leaves it in memory.</summary>
    Step,

    /// <summary>It is what the layer reads: predictions do nothing for the layer.</summary>
    Source,

    /// <summary>
    /// No step leaves it in memory by itself, since one does what comes behind it as well, or since its inputs are computed in their place or
    /// what follows selects channels from them: it is computed from the outputs before.
    /// </summary>
    Computed,
}
