using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using static Microsoft.CodeAnalysis.DiagnosticSeverity;

namespace NetGen.Generator.Diagnostics;

/// <summary>The texts of the diagnostics of named outputs, as those in <see cref="Descriptors"/>.</summary>
internal static class OutputDescriptors
{
    private const string Category = Descriptors.Category;

    private static readonly DiagnosticDescriptor s_invalidOutputName = new(
        DiagnosticIds.InvalidOutputName, "An output's name is that of a parameter",
        "'{0}' cannot name an output: {1}; choose one such as classes or box, which a parameter of Predict gets",
        Category, Error, isEnabledByDefault: true);

    private static readonly DiagnosticDescriptor s_duplicateOutputName = new(
        DiagnosticIds.DuplicateOutputName, "Outputs have different names",
        "The output '{0}' has the name of another, '{1}'; names that differ in the case of their first letter give one constant for both lengths",
        Category, Error, isEnabledByDefault: true);

    private static readonly DiagnosticDescriptor s_outputOfInput = new(
        DiagnosticIds.OutputOfInput, "An output is the result of a layer",
        "{0}: the network's input cannot be its output; put the attribute behind a layer, or name one with From{1}",
        Category, Error, isEnabledByDefault: true);

    private static readonly DiagnosticDescriptor s_lossOfSeveralOutputs = new(
        DiagnosticIds.LossOfSeveralOutputs, "A loss of classification takes one output",
        "Loss.{0} is of one output, and the network has {1}; take MeanSquaredError, Huber or L1 over all of them, or give Trainer.ComputeGradients a loss of your own",
        Category, Error, isEnabledByDefault: true);

    /// <summary>All of them, in the order of their numbers.</summary>
    public static ImmutableArray<DiagnosticDescriptor> All { get; } = ImmutableArray.Create(
        s_invalidOutputName, s_duplicateOutputName, s_outputOfInput, s_lossOfSeveralOutputs);
}
