using NetGen.Generator.Tests.Infrastructure;
using Xunit;
using static NetGen.Generator.Tests.Diagnostics.DiagnosticCase;

namespace NetGen.Generator.Tests.Diagnostics;

/// <summary>Mistakes in the edges between layers.</summary>
public class GraphDiagnosticsTests
{
    public static TheoryData<DiagnosticCase> Edges => new()
    {
        Network(
            "[Input(3, 8, 8), Conv2d(4, 3), [|ReLU(From = \"conv\")|]]",
            "NETGEN052: relu1: no layer is named 'conv'; before it there are 'input', 'conv1'"),
        Network(
            "[Input(3, 8, 8), Conv2d(4, 3), [|Add(\"\")|]]",
            "NETGEN052: add1: no layer is named ''; before it there are 'input', 'conv1' (input 4×6×6)"),
        Network(
            "[Input(9), ReLU, Tanh, ReLU, Tanh, ReLU, Tanh, ReLU, Tanh, ReLU, [|Add(\"Relu1\")|]]",
            "NETGEN052: add1: no layer is named 'Relu1'; before it there are …, 'tanh1', 'relu2', 'tanh2', 'relu3', 'tanh3', 'relu4', 'tanh4', 'relu5' (input 9)"),
        Network(
            "[Input(3, 8, 8), [|Add(\"conv1\")|], Conv2d(3, 3)]",
            "NETGEN053: add1: 'conv1' comes after it; a layer reads only what stands before it (input 3×8×8)"),
        Network(
            "[Input(3, 8, 8), [|ReLU(From = \"relu1\")|]]",
            "NETGEN053: relu1: 'relu1' is its own result; a layer reads only what stands before it"),
        Network(
            "[Input(3, 8, 8), [|Conv2d(4, 3)|], ReLU(From = \"input\")]",
            "NETGEN054: conv1: nothing reads its result; name it in the From of a later layer or in a join, or remove it (input 3×8×8)"),
        Network(
            "[Input(3, 8, 8), Conv2d(4, 3), [|Add(\"input\")|]]",
            "NETGEN055: add1: 4×6×6 of 'conv1' and 3×8×8 of 'input' cannot be added; their shapes must be equal"),
        Network(
            "[Input(4), ReLU, Linear(1), [|Add(\"relu1\")|]]",
            "NETGEN055: add1: 1 of 'fc1' and 4 of 'relu1' cannot be added; their shapes must be equal"),
        Network(
            "[Input(3, 8, 8), Conv2d(4, 3), [|Concat(\"input\")|]]",
            "NETGEN056: concat1: 4×6×6 of 'conv1' and 3×8×8 of 'input' cannot be concatenated; maps need one height and width, and vectors go with vectors"),
        Network(
            "[Input(3, 1, 1), ReLU, Flatten, [|Concat(\"relu1\")|]]",
            "NETGEN056: concat1: 3 of 'flatten1' and 3×1×1 of 'relu1' cannot be concatenated; maps need one height and width, and vectors go with vectors"),
        Network(
            "[Input(4), ReLU, [|Add()|]]",
            "NETGEN057: add1: one value alone cannot be joined; name the others: [Add(\"layer\")] (input 4)"),
        Network(
            "[Input(4), ReLU(Name = \"a\"), [|Concat(\"a\")|]]",
            "NETGEN057: concat1: one value alone cannot be joined; name the others: [Concat(\"layer\")] (input 4)"),
        Network(
            "[Input(3, 8, 8), Conv2d(4, 3), [|Multiply(\"input\")|]]",
            "NETGEN100: multiply1: 3×8×8 of 'input' and 4×6×6 of 'conv1' cannot be multiplied; their shapes must be equal, "
            + "or one a map C×H×W and the other C×1×1 or a vector of C"),
        Network(
            "[Input(4, 8, 8), GlobalAvgPool2d, Linear(3), [|Multiply(\"input\")|]]",
            "NETGEN100: multiply1: 4×8×8 of 'input' and 3 of 'fc1' cannot be multiplied; their shapes must be equal, "
            + "or one a map C×H×W and the other C×1×1 or a vector of C"),
        Network(
            "[Input(6), ReLU, Linear(1), [|Multiply(\"relu1\")|]]",
            "NETGEN100: multiply1: 6 of 'relu1' and 1 of 'fc1' cannot be multiplied; their shapes must be equal, "
            + "or one a map C×H×W and the other C×1×1 or a vector of C"),
        Network(
            "[Input(6), ReLU, [|Multiply()|]]",
            "NETGEN057: multiply1: one value alone cannot be joined; name the others: [Multiply(\"layer\")] (input 6)"),
    };

    public static TheoryData<DiagnosticCase> Outputs => new()
    {
        Network(
            "[Input(4), Linear(3), [|Output(\"\")|]]",
            "NETGEN130: '' cannot name an output: it is empty; choose one such as classes or box, which a parameter of Predict gets"),
        Network(
            "[Input(4), Linear(3), [|Output(null!)|]]",
            "NETGEN130: '' cannot name an output: it is empty; choose one such as classes or box, which a parameter of Predict gets"),
        Network(
            "[Input(4), Linear(3), [|Output(\"2nd\")|]]",
            "NETGEN130: '2nd' cannot name an output: it does not begin with a letter; choose one such as classes or box, which a parameter of Predict gets"),
        Network(
            "[Input(4), Linear(3), [|Output(\"a.b\")|]]",
            "NETGEN130: 'a.b' cannot name an output: it has other characters than letters, digits and underscores; "
            + "choose one such as classes or box, which a parameter of Predict gets"),
        Network(
            "[Input(4), Linear(3), [|Output(\"input\")|]]",
            "NETGEN130: 'input' cannot name an output: Predict has another parameter of that name; choose one such as classes or box, which a parameter of Predict gets"),
        Network(
            $"[Input(4), Linear(3), [|Output(\"{new string('a', 65)}\")|]]",
            $"NETGEN130: '{new string('a', 65)}' cannot name an output: it is longer than 64 characters; "
            + "choose one such as classes or box, which a parameter of Predict gets"),
        Network(
            "[Input(4), Linear(3), Output(\"box\"), ReLU, [|Output(\"Box\")|]]",
            "NETGEN131: The output 'Box' has the name of another, 'box'; names that differ in the case of their first letter give one constant for both lengths"),
        Network(
            "[Input(4), [|Output(\"raw\")|], Linear(3), Output(\"scores\")]",
            "NETGEN132: [Output]: the network's input cannot be its output; put the attribute behind a layer, or name one with From"),
        Network(
            "[Input(4), Linear(3, Name = \"a\"), [|Output(\"scores\", From = \"b\")|]]",
            "NETGEN052: [Output]: no layer is named 'b'; before it there are 'input', 'a'"),
        Network(
            "[Input(4), Linear(3, Name = \"a\"), Output(\"scores\"), [|ReLU|]]",
            "NETGEN054: relu1: nothing reads its result; name it in the From of a later layer or in a join, or remove it (input 3)"),
        Network(
            "[Input(4), Linear(3), Output(\"a\"), Softmax, Output(\"b\"), [|Loss(Loss.CrossEntropy)|]]",
            "NETGEN133: Loss.CrossEntropy is of one output, and the network has 2; take MeanSquaredError, Huber or L1 over all of them, or give "
            + "Trainer.ComputeGradients a loss of your own"),
    };

    [Theory]
    [MemberData(nameof(Edges))]
    [MemberData(nameof(Outputs))]
    public void A_mistake_is_reported_on_its_attribute(DiagnosticCase mistake) => AnalyzerRun.Expect(mistake.Source, mistake.Expected);

    [Fact]
    public void What_a_mistake_hides_causes_no_others() => AnalyzerRun.Expect(
        """
        using NetGen;

        [Network, Input(3, 8, 8), [|Conv2d(4, 9, Name = "stem")|], ReLU, Add("stem"), ReLU(From = "stem", Name = "a"), Concat("a", "input")]
        partial class Net;
        """,
        "NETGEN034: kernel 9 is larger than the padded input 8×8 of stem; the largest kernel is 8 (input 3×8×8)");
}
