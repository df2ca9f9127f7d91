using System.Collections.Immutable;
using NetGen.Generator.Declaration;
using NetGen.Generator.Diagnostics;

namespace NetGen.Generator.Graph;

/// <summary>Finds the loss that a network trains with: what <c>[Loss]</c> says, or what the last layer suggests.</summary>
internal static class LossRules
{
    public const string Attribute = "Loss";

    private static readonly LossKind[] s_kinds = (LossKind[])Enum.GetValues(typeof(LossKind));

    /// <param name="spec">The declaration.</param>
    /// <param name="expanded">Its layers, those of blocks among them, and its outputs.</param>
    /// <param name="output">The network's output; null where a mistake hides it.</param>
    /// <param name="problems">Takes the mistakes.</param>
    public static LossSpec Resolve(NetworkSpec spec, ExpandedLayers expanded, TensorShape? output, ProblemList problems)
    {
        PlacedLayer[] layers = expanded.Layers.Where(layer => layer.Name.Length > 0).ToArray();
        int[] losses = Enumerable.Range(0, spec.Layers.Count).Where(layer => spec.Layers[layer].Operator == Attribute).ToArray();
        bool hasOneOutput = expanded.Outputs.Length < 2;
        OperatorDefinition? last = hasOneOutput && layers.Length > 0 ? DefinitionOf(layers[layers.Length - 1]) : null;
        LossKind? matching = last?.MatchingLoss;
        foreach (int duplicate in losses.Skip(1))
        {
            problems.Error(DiagnosticIds.DuplicateLoss, duplicate);
        }

        LossKind kind = matching ?? LossKind.MeanSquaredError;
        double labelSmoothing = 0;
        if (losses.Length > 0 && !spec.Layers[losses[0]].IsUnreadable)
        {
            var arguments = new LayerArguments(spec.Layers[losses[0]]);
            var given = (LossKind)arguments.Integer("loss", (int)kind);
            if (!s_kinds.Contains(given))
            {
                problems.Error(DiagnosticIds.UnknownLoss, losses[0], TextOf.Integer((int)given), string.Join(", ", s_kinds));
                return new LossSpec(kind, 0, OnLogits: false);
            }

            kind = given;
            labelSmoothing = ReadLabelSmoothing(arguments, kind, losses[0], problems);
        }

        if (!hasOneOutput && kind is (LossKind.CrossEntropy or LossKind.BinaryCrossEntropy or LossKind.MultiClassHinge))
        {
            problems.Error(DiagnosticIds.LossOfSeveralOutputs, losses[0], kind.ToString(), TextOf.Integer(expanded.Outputs.Length));
        }
        else if (spec.Options.Training && layers.Length > 0)
        {
            CheckScores(layers, kind, problems);
            if (kind is LossKind.CrossEntropy or LossKind.MultiClassHinge && output is { } shape && (long)shape.Height * shape.Width > 1)
            {
                int place = losses.Length > 0 ? losses[0] : layers[layers.Length - 1].Attribute;
                problems.Error(DiagnosticIds.ClassLossOnFeatureMap, place, kind.ToString(), shape.ToString());
            }
        }

        bool onLogits = kind == matching;
        return new LossSpec(kind, labelSmoothing, onLogits, onLogits && last!.GivesLogProbabilities);
    }

    /// <summary>The definition of a layer; the attributes that have none have no name either.</summary>
    private static OperatorDefinition DefinitionOf(PlacedLayer layer) => OperatorDefinition.Find(layer.Spec.Operator)!;

    private static double ReadLabelSmoothing(LayerArguments arguments, LossKind kind, int layer, ProblemList problems)
    {
        double labelSmoothing = arguments.Number("LabelSmoothing", 0);
        if (labelSmoothing is not (>= 0 and < 1))
        {
            problems.Error(DiagnosticIds.LabelSmoothingRange, layer, TextOf.Number(labelSmoothing));
            return 0;
        }

        if (labelSmoothing > 0 && kind != LossKind.CrossEntropy)
        {
            problems.Error(DiagnosticIds.LabelSmoothingLoss, layer, kind.ToString());
            return 0;
        }

        return labelSmoothing;
    }

    /// <summary>The losses of classification read raw scores; those that know the last layer's function take it in themselves.</summary>
    private static void CheckScores(PlacedLayer[] layers, LossKind kind, ProblemList problems)
    {
        if (kind is not (LossKind.CrossEntropy or LossKind.BinaryCrossEntropy or LossKind.MultiClassHinge))
        {
            return;
        }

        PlacedLayer last = layers[layers.Length - 1];
        if (!DefinitionOf(last).EndsClassifiers)
        {
            for (int i = 0; i < layers.Length - 1; i++)
            {
                if (DefinitionOf(layers[i]).EndsClassifiers)
                {
                    new LayerProblems(problems, layers[i].Attribute, layers[i].Title, null)
                        .Error(DiagnosticIds.SoftmaxNotLast, layers[i + 1].Name, kind.ToString(), layers[i].Spec.Operator);
                }
            }
        }

        if (DefinitionOf(last).MatchingLoss is { } matching && kind != matching)
        {
            new LayerProblems(problems, last.Attribute, last.Title, null)
                .Warning(DiagnosticIds.LossAfterActivation, kind.ToString(), last.Spec.Operator, $"Loss.{matching}");
        }
    }
}
