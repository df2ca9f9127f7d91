using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NetGen.Generator.Tests.Infrastructure;
using Xunit;
using static NetGen.Generator.Tests.Diagnostics.DiagnosticCase;

namespace NetGen.Generator.Tests.Diagnostics;

/// <summary>Mistakes in the network as a whole and in its loss.</summary>
public class NetworkDiagnosticsTests
{
    private const string ClassLossRemedy = "; end with [GlobalAvgPool2d] or [Linear], choose another [Loss], or set Training = false";

    public static TheoryData<DiagnosticCase> Whole => new()
    {
        new(
            "using NetGen; [[|Network|], Linear(2)] partial class Net;",
            "NETGEN020: The network has no [Input]; add [Input(channels, height, width)] for images or [Input(length)] for vectors"),
        Network("[Input(4), Linear(2), [|Input(1, 2, 2)|]]", "NETGEN021: The network already has an [Input] of 4; keep one of them"),
        new(
            "using NetGen; [[|Network|], Input(4)] partial class Net;",
            "NETGEN022: The network has no layers; add some below [Network], for instance [Linear(10), Softmax]"),
        new(
            "using NetGen; [[|[|Network|]|]] partial class Net;",
            "NETGEN020: The network has no [Input]; add [Input(channels, height, width)] for images or [Input(length)] for vectors",
            "NETGEN022: The network has no layers; add some below [Network], for instance [Linear(10), Softmax]"),
        Network("[Input(4), Linear(2), Loss(Loss.Huber), [|Loss(Loss.L1)|]]", "NETGEN023: The network already has a [Loss]; keep one of them"),
        new(
            "using NetGen; [[|Network(Unroll = (Unroll)7)|], Input(4), Linear(2)] partial class Net;",
            "NETGEN025: Unroll is 7; it can be Unroll.Balanced, Unroll.Full or Unroll.Compact"),
        new(
            "using NetGen; [[|Network(Convolution = (ConvolutionAlgorithm)7)|], Input(4), Linear(2)] partial class Net;",
            "NETGEN027: Convolution is 7; it can be ConvolutionAlgorithm.Automatic or ConvolutionAlgorithm.Direct"),
        new(
            "using NetGen; [[|Network(Training = false, InputGradients = true)|], Input(4), Linear(2)] partial class Net;",
            "NETGEN026: InputGradients = true contradicts Training = false, which leaves out all backward code; set one of them otherwise"),
    };

    public static TheoryData<DiagnosticCase> Losses => new()
    {
        Network(
            "[Input(4), Linear(2), [|Softmax|], ReLU, Loss(Loss.CrossEntropy)]",
            "NETGEN060: softmax1 is followed by relu1, and the loss CrossEntropy needs logits; make [Softmax] the last layer or remove it"),
        Network(
            "[Input(4), [|Softmax|], Linear(2), Loss(Loss.MultiClassHinge)]",
            "NETGEN060: softmax1 is followed by fc1, and the loss MultiClassHinge needs logits; make [Softmax] the last layer or remove it"),
        Network(
            "[Input(4), [|Softmax|], Linear(2), Sigmoid]",
            "NETGEN060: softmax1 is followed by fc1, and the loss BinaryCrossEntropy needs logits; make [Softmax] the last layer or remove it"),
        Network(
            "[Input(4), Linear(2), Softmax, [|Loss(Loss.CrossEntropy, LabelSmoothing = 1)|]]",
            "NETGEN061: LabelSmoothing is 1; it must be at least 0 and below 1"),
        Network(
            "[Input(4), Linear(2), Softmax, [|Loss(Loss.CrossEntropy, LabelSmoothing = double.NaN)|]]",
            "NETGEN061: LabelSmoothing is NaN; it must be at least 0 and below 1"),
        Network(
            "[Input(4), Linear(2), [|Loss(Loss.MeanSquaredError, LabelSmoothing = 0.1)|]]",
            "NETGEN062: LabelSmoothing is for Loss.CrossEntropy and has no meaning for Loss.MeanSquaredError; remove it"),
        Network(
            "[Input(3, 8, 8), Conv2d(4, 3), [|Softmax|]]",
            "NETGEN063: The loss CrossEntropy compares one score per class with a label, and the network's output is 4×6×6" + ClassLossRemedy),
        Network(
            "[Input(3, 8, 8), Conv2d(4, 3), [|Loss(Loss.MultiClassHinge)|]]",
            "NETGEN063: The loss MultiClassHinge compares one score per class with a label, and the network's output is 4×6×6" + ClassLossRemedy),
        Network(
            "[Input(4), Linear(2), [|Loss((Loss)9)|]]",
            "NETGEN064: The loss is 9, which is none of NetGen.Loss; choose one of CrossEntropy, BinaryCrossEntropy, MeanSquaredError, MultiClassHinge, Huber, L1"),
        Network(
            "[Input(4), Linear(2), [|Sigmoid|], Loss(Loss.CrossEntropy)]",
            "NETGEN065: The loss CrossEntropy reads raw scores, and sigmoid1 squashes them first, which makes the gradients small; "
            + "remove [Sigmoid] or choose Loss.BinaryCrossEntropy"),
        Network(
            "[Input(4), Linear(2), [|Softmax|], Loss(Loss.BinaryCrossEntropy)]",
            "NETGEN065: The loss BinaryCrossEntropy reads raw scores, and softmax1 squashes them first, which makes the gradients small; "
            + "remove [Softmax] or choose Loss.CrossEntropy"),
        Network(
            "[Input(4), [|LogSoftmax|], Linear(2), Loss(Loss.CrossEntropy)]",
            "NETGEN060: logsoftmax1 is followed by fc1, and the loss CrossEntropy needs logits; make [LogSoftmax] the last layer or remove it"),
        Network(
            "[Input(3, 8, 8), Conv2d(4, 3), [|LogSoftmax|]]",
            "NETGEN063: The loss CrossEntropy compares one score per class with a label, and the network's output is 4×6×6" + ClassLossRemedy),
        Network(
            "[Input(4), Linear(2), [|LogSoftmax|], Loss(Loss.BinaryCrossEntropy)]",
            "NETGEN065: The loss BinaryCrossEntropy reads raw scores, and logsoftmax1 squashes them first, which makes the gradients small; "
            + "remove [LogSoftmax] or choose Loss.CrossEntropy"),
    };

    public static TheoryData<string> Sound => new()
    {
        "[Input(1, 28, 28)] [Conv2d(6, 5, Padding = 2), ReLU] [MaxPool2d(2)] [Linear(10), Softmax]",
        "[Conv2d(6, 5), ReLU] [Linear(10), Softmax] [Input(1, 28, 28)]",
        "[Input(4), Softmax]",
        "[Input(4), Softmax, Linear(2)]",
        "[Input(4), Softmax, Linear(2), Loss(Loss.L1)]",
        "[Input(4), Softmax, Linear(2), Softmax]",
        "[Input(3, 8, 8), Conv2d(4, 8), Softmax]",
        "[Input(3, 8, 8), Conv2d(4, 3), Sigmoid]",
        "[Input(4), Linear(2), Softmax, Loss(Loss.MeanSquaredError)]",
        "[Input(4), Linear(2), Loss(Loss.CrossEntropy, LabelSmoothing = 0.1)]",
        "[Input(3, 8, 8), Conv2d(4, 3, SamePadding = false, Padding = 1)]",
        "[Input(3, 8, 8), Conv2d(4, 9, SamePadding = true)]",
        "[Input(3, 8, 8), Conv2d(4, 3, StrideH = 2, StrideW = 1)]",
        "[Input(3, 8, 8), Conv2d(4, 3, Name = \"features.0\"), ReLU(Name = \"class\"), Conv2d(4, 3, Name = null)]",
        "[Input(9), Flatten, Dropout(0), LeakyReLU(0), Linear(2)]",
        "[Input(9), Linear(4), ReLU6, ELU, ELU(0), SELU, GELU, GELU(Approximation = GeluApproximation.Tanh), SiLU, Mish, Linear(2), LogSoftmax]",
        "[Input(9), Linear(4), HardSigmoid, HardSwish, Softplus, Softplus(0.5), Softplus(2, threshold: -3), Softplus(1, double.PositiveInfinity)]",
        "[Input(4), Linear(2), LogSoftmax, Loss(Loss.CrossEntropy, LabelSmoothing = 0.1)]",
        "[Input(3, 8, 8), Conv2d(4, 3), LogSoftmax, Loss(Loss.MeanSquaredError)]",
    };

    [Theory]
    [MemberData(nameof(Whole))]
    [MemberData(nameof(Losses))]
    public void A_mistake_is_reported_where_it_is(DiagnosticCase mistake) => AnalyzerRun.Expect(mistake.Source, mistake.Expected);

    [Theory]
    [MemberData(nameof(Sound))]
    public void A_sound_network_has_no_diagnostic(string attributes) => AnalyzerRun.Expect(TestCompilation.Network(attributes));

    [Theory]
    [InlineData("[Input(3, 8, 8), Conv2d(4, 3), Softmax]")]
    [InlineData("[Input(4), Softmax, Linear(2), Loss(Loss.CrossEntropy)]")]
    public void Without_training_the_loss_does_not_matter(string attributes) => AnalyzerRun.Expect(
        $"using NetGen; [Network(Training = false)] {attributes} partial class Net;");

    [Fact]
    public void A_debug_compilation_is_warned_of_and_told_the_remedy() => AnalyzerRun.Expect(
        LanguageVersion.Latest,
        OptimizationLevel.Debug,
        "using NetGen; [[|Network|], Input(4), Linear(2)] partial class Net;",
        "NETGEN070: Network 'Net' runs some twenty times slower in an unoptimised build; set <Optimize>true</Optimize> in the project file, or build with '-c Release'");

    [Fact]
    public void A_pragma_suppresses_the_warning() => AnalyzerRun.Expect(
        LanguageVersion.Latest,
        OptimizationLevel.Debug,
        """
        using NetGen;

        #pragma warning disable NETGEN070
        [Network, Input(4), Linear(2)]
        #pragma warning restore NETGEN070
        partial class Net;
        """);
}
