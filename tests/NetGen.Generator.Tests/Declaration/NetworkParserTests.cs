using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NetGen.Generator.Declaration;
using NetGen.Generator.Tests.Infrastructure;
using Xunit;

namespace NetGen.Generator.Tests.Declaration;

/// <summary>What the parser makes of source, however it is written.</summary>
public class NetworkParserTests
{
    private const string Expected = "Input(channels=1, height=8, width=8) Conv2d(outChannels=2, kernelSize=3, Padding=1) ReLU() Linear(outFeatures=4) Softmax()";

    [Fact]
    public void Arrays_of_numbers_are_kept_by_value() => Assert.Equal(
        "Input(length=2, Layout=1, Mean=[0.5, 1], Std=) Linear(outFeatures=2)",
        Show(Single(TestCompilation.Network("[Input(2, Layout = ImageLayout.Hwc, Mean = new[] { 0.5, 1 }, Std = null), Linear(2)]"))));

    [Theory]
    [InlineData("using NetGen; [Network, Input(1, 8, 8), Conv2d(2, 3, Padding = 1), ReLU, Linear(4), Softmax] partial class Net;")]
    [InlineData("using NetGen; [Network] [Input(1, 8, 8)] [Conv2d(2, 3, Padding = 1), ReLU] [Linear(4)] [Softmax] partial class Net;")]
    [InlineData("using NetGen; [Input(1, 8, 8), Conv2d(2, 3, Padding = 1)] [ReLU] [Network, Linear(4)] [Softmax] partial class Net;")]
    [InlineData("using NetGen; [Network(),Input(1,8,8),Conv2d(2,3,Padding=1),ReLU(),Linear(4),Softmax(),]partial class Net{}")]
    [InlineData("[NetGen.Network, NetGen.Input(1, 8, 8), NetGen.Conv2d(2, 3, Padding = 1), NetGen.ReLU, NetGen.Linear(4), NetGen.Softmax] partial class Net;")]
    [InlineData("[global::NetGen.NetworkAttribute, NetGen.InputAttribute(1, 8, 8), NetGen.Conv2dAttribute(2, 3, Padding = 1), NetGen.ReLUAttribute, NetGen.Linear(4), NetGen.Softmax] partial class Net;")]
    [InlineData("using NetGen; using C = NetGen.Conv2dAttribute; using N = NetGen.NetworkAttribute; [N, Input(1, 8, 8), C(2, 3, Padding = 1), ReLU, Linear(4), Softmax] partial class Net;")]
    [InlineData("using N = NetGen; [N.Network, N.Input(1, 8, 8), N::Conv2d(2, 3, Padding = 1), N.ReLU, N.Linear(4), N.Softmax] partial class Net;")]
    [InlineData("global using NetGen; global using Dense = NetGen.LinearAttribute; [Network, Input(1, 8, 8), Conv2d(2, 3, Padding = 1), ReLU, Dense(4), Softmax] partial class Net;")]
    [InlineData("namespace NetGen { namespace Deep { [type: Network] [type: Input(1, 8, 8), Conv2d(2, 3, Padding = 1), ReLU, Linear(4), Softmax] partial class Net; } }")]
    [InlineData("using NetGen; [Network, Input(1, 8, width: 8), Conv2d(kernelSize: 3, outChannels: 2, Padding = 1), ReLU, Linear(outFeatures: 4), Softmax] partial class Net;")]
    [InlineData("using NetGen; [Network, Input(1, K.Size, K.Size), Conv2d(2, K.Size / 2 - 1, Padding = (int)1.5), ReLU, Linear(sizeof(int)), Softmax] partial class Net; static class K { public const int Size = 8; }")]
    [InlineData("""
        using NetGen;
        #if true
        [Network, System.Obsolete]
        #endif
        [Input( // channels, height, width
            1,
            8, /* square */ 8)]
        // the features
        [Conv2d
        (2, 3,
            Padding = 1),
            ReLU]
        #if false
        [MaxPool2d(2)]
        #endif
        [Linear(4), System.Serializable, Softmax]
        public
        sealed partial
        class Net;
        """)]
    public void However_it_is_written_it_means_the_same(string source)
    {
        Assert.Equal(Expected, Show(Single(source)));
    }

    [Fact]
    public void Arguments_keep_their_types()
    {
        NetworkSpec spec = Single(TestCompilation.Network("""
            [Input(4), Dropout(0.25), LeakyReLU, Dropout(0), Linear(2, Name = "head", Bias = false), ReLU(Name = null), Loss(NetGen.Loss.Huber)]
            """));
        Assert.Equal(
            """Input(length=4) Dropout(probability=0.25) LeakyReLU(negativeSlope=0.01) Dropout(probability=0) Linear(outFeatures=2, Name="head", Bias=False) """
            + "ReLU(Name=) Loss(loss=4)",
            Show(spec));
    }

    [Theory]
    [InlineData("[Network]", true, 0, false)]
    [InlineData("[Network(Training = false)]", false, 0, false)]
    [InlineData("[Network(Unroll = Unroll.Full, InputGradients = true)]", true, 1, true)]
    [InlineData("[Network(Unroll = Unroll.Compact)]", true, 2, false)]
    public void Options_are_those_of_Network(string network, bool training, int unroll, bool inputGradients)
    {
        Assert.Equal(
            new NetworkOptions(training, (UnrollMode)unroll, inputGradients),
            Single($"using NetGen; {network} [Input(4), Linear(2)] partial class Net;").Options);
    }

    [Theory]
    [InlineData("[Network, Input(4), Linear(2)] partial class Net;", null, "Net", "", "Net")]
    [InlineData("namespace A.B; [Network, Input(4), Linear(2)] partial class Net;", "A.B", "Net", "", "A.B.Net")]
    [InlineData("namespace A { namespace B { [Network, Input(4), Linear(2)] partial class Net; } }", "A.B", "Net", "", "A.B.Net")]
    [InlineData("namespace @if.@class; [Network, Input(4), Linear(2)] partial class @new;", "@if.@class", "@new", "", "if.class.new")]
    [InlineData("namespace A; partial class B { partial struct @do { [Network, Input(4), Linear(2)] partial class Net; } }", "A", "Net", "partial class B / partial struct @do", "A.B-do-Net")]
    [InlineData("partial record A { partial record struct B { partial interface C { [Network, Input(4), Linear(2)] partial class Net; } } }", null, "Net", "partial record A / partial record struct B / partial interface C", "A-B-C-Net")]
    [InlineData("static partial class A { [Network, Input(4), Linear(2)] private partial class Net; }", null, "Net", "partial class A", "A-Net")]
    [InlineData("[Network, Input(4), Linear(2)] partial class record1; class Record1;", null, "record1", "", "record1(lllllll)")]
    [InlineData("[Network, Input(4), Linear(2)] partial class Net; class Net<T>;", null, "Net", "", "Net")]
    [InlineData("[Network, Input(4), Linear(2)] partial class été; ", null, "été", "", "été")]
    [InlineData("[Network, Input(4), Linear(2)] partial class x\u0301\u203f; ", null, "x\u0301\u203f", "", "x(0301)(203f)")]
    [InlineData("[Network, Input(4), Linear(2)] partial class @partial;", null, "@partial", "", "partial")]
    public void Names_are_fit_for_source_and_for_files(string source, string? @namespace, string identifier, string around, string hintName)
    {
        TargetClass target = Single("using NetGen;" + source).Class;
        Assert.Equal(
            (@namespace, identifier, around, hintName),
            (target.Namespace, target.Identifier, string.Join(" / ", target.ContainingTypes), target.HintName));
    }

    [Theory]
    [InlineData("[Network, Input(4), Linear(2)] partial class Net;", false)]
    [InlineData("/// <summary>Mine.</summary>\n[Network, Input(4), Linear(2)] partial class Net;", true)]
    [InlineData("/** <summary>Mine.</summary> */\n[Network, Input(4), Linear(2)] partial class Net;", true)]
    [InlineData("/// <remarks>Mine.</remarks>\n[Network, Input(4), Linear(2)] partial class Net;", false)]
    [InlineData("// a comment\n[Network, Input(4), Linear(2)] partial class Net;\n/// <summary>Mine.</summary>\npartial class Net;", true)]
    public void A_summary_of_the_users_is_seen(string source, bool hasSummary)
    {
        Assert.Equal(hasSummary, Single("using NetGen;\n" + source).Class.HasSummary);
    }

    [Theory]
    [InlineData("[Conv2d(2)]")]
    [InlineData("[Conv2d(2, \"3\")]")]
    [InlineData("[Conv2d(2, 3, Paddin = 1)]")]
    [InlineData("[Conv2d(2, 3, Padding = true)]")]
    [InlineData("[Conv2d(2, Missing)]")]
    [InlineData("[Conv2d(2, 3, 4, 5)]")]
    [InlineData("[Conv2d(2, int.MaxValue + 1)]")]
    [InlineData("[Conv2d(2, Array.Length)]")]
    [InlineData("[Conv2d(2,]")]
    [InlineData("[Conv3d(2, 3)]")]
    [InlineData("[Linear(x: 3)]")]
    [InlineData("[Loss(Loss.Cross)]")]
    [InlineData("[Input]")]
    [InlineData("[Dropout(0.5m)]")]
    public void What_does_not_compile_is_left_to_the_compiler(string attribute)
    {
        var compilation = TestCompilation.Create(TestCompilation.Network($"[Input(3, 8, 8)] {attribute} [Conv2d(8, 9), MaxPool2d(9)]"));
        Diagnostic[] diagnostics = AnalyzerRun.Of(compilation);

        // A second [Input] that cannot be read is still a second one.
        Assert.DoesNotContain(diagnostics, diagnostic => diagnostic.Id != "NETGEN021");
        Assert.Equal(
            TestCompilation.ErrorsOf(compilation).Select(error => error.ToString()),
            TestCompilation.ErrorsOf(GeneratorRun.Of(compilation).Output).Select(error => error.ToString()));
    }

    [Fact]
    public void Networks_of_one_name_get_files_of_their_own()
    {
        GeneratorRun run = GeneratorRun.Of("""
            using NetGen;

            [Network, Input(4), Linear(2)] partial class Net;
            [Network, Input(4), Linear(3)] partial class NET;
            namespace A { [Network, Input(4), Linear(2)] partial class Net; }
            namespace B { [Network, Input(4), Linear(2)] partial class Net; }
            namespace a { [Network, Input(4), Linear(2)] partial class Net; }
            namespace C { partial class Net { [Network, Input(4), Linear(2)] partial class Kernels; } }
            namespace C { [Network, Input(4), Linear(2)] partial class Net; }
            """);
        Assert.Equal(14, run.HintNames.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.Empty(TestCompilation.ErrorsOf(run.Output));
    }

    [Fact]
    public void Two_files_of_a_class_and_a_namespace_of_one_name_do_not_clash()
    {
        // That they have one name is an error, but the compiler's.
        GeneratorRun run = GeneratorRun.Of("""
            using NetGen;
            namespace A { [Network, Input(4), Linear(2)] partial class Net; }
            namespace A.Net { [Network, Input(4), Linear(2)] partial class Kernels; }
            """);
        Assert.Equal(4, run.HintNames.Distinct(StringComparer.OrdinalIgnoreCase).Count());
    }

    [Theory]
    [InlineData("[Network, Input(4), Linear(2)] partial class Net; [Network] partial class Net;", 2)]
    [InlineData("[Network, Network, Input(4), Linear(2)] partial class Net;", 2)]
    [InlineData("[Network, Input(4), Linear(2)] partial class Net; [Network, Input(4), Linear(2)] partial class Net;", 2)]
    [InlineData("[Network, Input(4), Linear(2)] file partial class Net;", 0)]
    [InlineData("class A { [Network, Input(4), Linear(2)] partial class Net; }", 0)]
    public void A_class_is_generated_once_or_not_at_all(string source, int files)
    {
        Assert.Equal(files, GeneratorRun.Of("using NetGen;" + source).HintNames.Count());
    }

    [Fact]
    public void A_layer_attribute_cannot_be_derived_from()
    {
        var compilation = TestCompilation.Create("class Mine : NetGen.LayerAttribute;");
        Assert.Equal(["CS0122"], TestCompilation.ErrorsOf(compilation).Select(error => error.Id));
    }

    private static NetworkSpec Single(string source)
    {
        CSharpCompilation compilation = TestCompilation.Create(source);
        Assert.Empty(TestCompilation.ErrorsOf(compilation));
        return Assert.IsType<NetworkSpec>(Assert.Single(GeneratorRun.Of(compilation).ModelsOf(TrackingNames.Declaration)));
    }

    private static string Show(NetworkSpec spec) => string.Join(
        " ", spec.Layers.Select(layer => $"{layer.Operator}({string.Join(", ", layer.Arguments.Select(argument => $"{argument.Name}={Show(argument.Value)}"))})"));

    private static string Show(ArgumentValue value) => value switch
    {
        IntegerArgument { Expression: IntegerConstant integer } => integer.Value.ToString(CultureInfo.InvariantCulture),
        NumberArgument number => number.Value.ToString(CultureInfo.InvariantCulture),
        NumbersArgument numbers => $"[{string.Join(", ", numbers.Values.Select(number => number.ToString(CultureInfo.InvariantCulture)))}]",
        FlagArgument flag => flag.Value.ToString(),
        TextArgument { Value: { } text } => $"\"{text}\"",
        TextArgument => "",
        _ => "?",
    };
}
