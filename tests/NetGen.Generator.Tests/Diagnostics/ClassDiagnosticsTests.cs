using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NetGen.Generator.Tests.Infrastructure;
using Xunit;

namespace NetGen.Generator.Tests.Diagnostics;

/// <summary>Classes that cannot be networks: each fault is named, and where code could not compile none is added.</summary>
public class ClassDiagnosticsTests
{
    public static TheoryData<DiagnosticCase> Faults => new()
    {
        new("[Sound] class [|Net|];", "NETGEN001: Network 'Net' must be partial, so that its code can be added to it: declare it 'partial class Net'"),
        new(
            "class [|Outer|] { [Sound] partial class Net; }",
            "NETGEN002: Network 'Net' lies in 'Outer', which must be partial too: declare it 'partial class Outer'"),
        new(
            "partial class A { record struct [|B|] { partial interface C { [Sound] partial class Net; } } }",
            "NETGEN002: Network 'Net' lies in 'B', which must be partial too: declare it 'partial record struct B'"),
        new("[Sound] static partial class [|Net|];", "NETGEN003: Network 'Net' cannot be static, since each of its objects has weights of its own; remove 'static'"),
        new("[Sound] abstract partial class [|Net|];", "NETGEN004: Network 'Net' cannot be abstract, since its own code creates it; remove 'abstract'"),
        new("[Sound] partial record [|Net|];", "NETGEN005: Network 'Net' cannot be a record, which would compare and copy it by value; declare it 'partial class Net'"),
        new("[Sound] record [|Net|](int A);", "NETGEN005: Network 'Net' cannot be a record, which would compare and copy it by value; declare it 'partial class Net'"),
        new(
            "[Sound] file partial class [|Net|];",
            "NETGEN006: Network 'Net' cannot lie in the file-local type 'Net', which generated code in another file cannot reach; declare 'Net' internal"),
        new(
            "file partial class Outer { [Sound] partial class [|Net|]; }",
            "NETGEN006: Network 'Net' cannot lie in the file-local type 'Outer', which generated code in another file cannot reach; declare 'Outer' internal"),
        new(
            "[Sound] partial class [|Net|]<T>;",
            "NETGEN007: Network 'Net' cannot be generic or lie in a generic type: 'Net' has type parameters; remove them or move the network out"),
        new(
            "partial class Outer<T> { [Sound] partial class [|Net|]; }",
            "NETGEN007: Network 'Net' cannot be generic or lie in a generic type: 'Outer' has type parameters; remove them or move the network out"),
        new(
            "[Sound] partial class [|Net|](int a) { public int A => a; }",
            "NETGEN008: Network 'Net' cannot have a primary constructor, which the generated constructor would have to call; declare an ordinary constructor or a property"),
        new(
            "[Sound] partial class [|Net|]; partial class Net();",
            "NETGEN008: Network 'Net' cannot have a primary constructor, which the generated constructor would have to call; declare an ordinary constructor or a property"),
        new(
            "class Base { } [Sound] partial class [|Net|] : Base;",
            "NETGEN009: Network 'Net' cannot derive from 'Base'; implement interfaces instead, or hold a 'Base' in a field"),
        new(
            "[Network, Input(4), Linear(2)] partial class Net; [[|ReLU|], Softmax] partial class Net;",
            "NETGEN010: [ReLU] stands on another part of 'Net' than [Network], and the order across parts is not defined; move it to the declaration that carries [Network]"),
        new(
            "[Network] partial class Net; [[|Input(4)|], Linear(2)] partial class Net;",
            "NETGEN010: [Input] stands on another part of 'Net' than [Network], and the order across parts is not defined; move it to the declaration that carries [Network]"),
        new("[[|Input(4)|], Linear(2)] partial class Net;", "NETGEN011: [Input] does nothing here, since 'Net' has no [Network]; add [Network] above it"),
        new(
            "[Sound] partial class [|Net|] { public required int A { get; set; } }",
            "NETGEN014: Network 'Net' cannot have the required member 'A', since its generated code creates objects without it; remove 'required'"),
        new(
            "[Sound] partial class Net { public [|Net|]() { } public Net(long a) : this() { } static Net() { } }",
            "NETGEN015: 'Net.Net()' would make a 'Net' without weights; chain it to the generated constructor 'Net(int seed = 0)', for instance with ': this(seed: 0)'"),
        new(
            "[Sound] partial class Net { private [|Net|](ref int a) : base() { } }",
            "NETGEN015: 'Net.Net(ref int)' would make a 'Net' without weights; chain it to the generated constructor 'Net(int seed = 0)', for instance with ': this(seed: 0)'"),
        new(
            "[Sound] abstract class [|[|Net|]|];",
            "NETGEN001: Network 'Net' must be partial, so that its code can be added to it: declare it 'partial class Net'",
            "NETGEN004: Network 'Net' cannot be abstract, since its own code creates it; remove 'abstract'"),
    };

    public static TheoryData<DiagnosticCase> Clashes => new()
    {
        Clash("public int [|InputLength|] => 0;", "Net.InputLength", "InputLength"),
        Clash("private object? [|Parameters|] = null; public override string ToString() => $\"{Parameters}\";", "Net.Parameters", "Parameters"),
        Clash("public int [|get_Parameters|]() => 0;", "Net.get_Parameters()", "Parameters"),
        Clash("public void [|Save|](string path) { }", "Net.Save(string)", "Save(string)"),
        Clash("public static Net? [|Load|](System.IO.Stream file) => null;", "Net.Load(Stream)", "Load(Stream)"),
        Clash("public int [|Classify|](System.ReadOnlySpan<float> image) => 0;", "Net.Classify(ReadOnlySpan<float>)", "Classify(ReadOnlySpan<float>)"),
        Clash(
            "public int [|Activations|](System.ReadOnlySpan<float> image) => 0;", "Net.Activations(ReadOnlySpan<float>)", "Activations(ReadOnlySpan<float>)"),
        Clash("public int [|Activations|] => 0;", "Net.Activations", "Activations(ReadOnlySpan<float>)"),
        Clash("public [|Net|](int a) { }", "Net.Net(int)", "constructor(int)"),
        new(
            "[Network, Input(4, Mean = new[] { 0.5 }), Linear(2)] partial class Net { public int [|Classify|](System.ReadOnlySpan<byte> image) => 0; }",
            "NETGEN013: 'Net' already has 'Net.Classify(ReadOnlySpan<byte>)', the name that the generated member 'Classify(ReadOnlySpan<byte>)' would have; rename it"),
        new(
            "[Network, Input(4), Linear(2), Output(\"a\"), ReLU, Output(\"b\")] partial class Net\n{\n"
            + "    public void [|Predict|](System.ReadOnlySpan<float> x, System.Span<float> y, System.Span<float> z) { }\n    public const int [|BLength|] = 3;\n}",
            "NETGEN013: 'Net' already has 'Net.Predict(ReadOnlySpan<float>, Span<float>, Span<float>)', the name that the generated member "
            + "'Predict(ReadOnlySpan<float>, Span<float>, Span<float>)' would have; rename it",
            "NETGEN013: 'Net' already has 'Net.BLength', the name that the generated member 'BLength' would have; rename it"),
        new(
            "[Sound] partial class Net { public class [|[|Save|]|]; }",
            "NETGEN013: 'Net' already has 'Net.Save', the name that the generated member 'Save(string)' would have; rename it",
            "NETGEN013: 'Net' already has 'Net.Save', the name that the generated member 'Save(Stream)' would have; rename it"),
        new(
            "[Sound] partial class [|get_Parameters|];",
            "NETGEN013: 'get_Parameters' already has 'get_Parameters', the name that the generated member 'Parameters' would have; rename it"),
        new(
            "[Sound] partial class [|[|Load|]|];",
            "NETGEN013: 'Load' already has 'Load', the name that the generated member 'Load(string)' would have; rename it",
            "NETGEN013: 'Load' already has 'Load', the name that the generated member 'Load(Stream)' would have; rename it"),
    };

    public static TheoryData<string> Harmless => new()
    {
        "[Sound] partial class Net { public void Save(string path, bool overwrite) { } public int Classify(float[] image) => 0; public int Activations(string layer) => 0; }",
        "[Sound] partial class Net { public int Classify(System.ReadOnlySpan<byte> image) => 0; }",
        "[Sound] partial class Net { public void Save<T>(string path) { } public void Predict(ref System.ReadOnlySpan<float> a, System.Span<float> b) { } }",
        "[Sound] partial class Net { public Net() : this(seed: 7) { } public Net(string a) : this() { } static Net() { } public static Net Create(int seed) => new(seed); }",
        "[Sound] partial class Net { private int _state; public int Infer => _state; public int Inspect; public class TrainForward; public int CreateState_1; }",
        "[Sound] partial class Net { public int get_InputLength() => 1; } [Sound] partial class get_InputLength;",
        "[Network, Input(4), Linear(2), Output(\"a\"), ReLU, Output(\"b\")] partial class Net { public void Predict(System.ReadOnlySpan<float> x, System.Span<float> y) { } }",
        "[Sound] partial class Infer;",
        "[Sound] partial class Net; partial class Net { public int A; } partial class Net : System.IDisposable { public void Dispose() { } }",
        "[Sound] internal partial class Net; namespace A { [Sound] partial class Net; } namespace B { [Sound] public sealed partial class Net; }",
        "public static partial class Outer { private partial struct Middle { internal partial record Inner { [Sound] private sealed partial class Net; } } }",
        "[Sound] partial class @class; namespace @namespace.@int { partial class @if { [Sound] partial class @record; } }",
    };

    [Theory]
    [MemberData(nameof(Faults))]
    [MemberData(nameof(Clashes))]
    public void A_fault_is_reported_once(DiagnosticCase fault) => AnalyzerRun.Expect(WithUsing(fault.Source), fault.Expected);

    [Theory]
    [MemberData(nameof(Harmless))]
    public void Other_members_and_surroundings_are_no_fault(string source) => AnalyzerRun.Expect(WithUsing(source));

    [Fact]
    public void Old_language_versions_are_told_which_one_is_needed() => AnalyzerRun.Expect(
        LanguageVersion.CSharp10,
        OptimizationLevel.Release,
        WithUsing("[Sound] partial class [|Net|] { }"),
        "NETGEN012: Network 'Net' needs C# 11 or later, and this project compiles C# 10.0; set <LangVersion>11</LangVersion> or remove the setting");

    [Fact]
    public void A_struct_is_the_compilers_own_error()
    {
        var compilation = TestCompilation.Create("using NetGen; [Network, Input(4), Linear(2)] partial struct Net;");
        Assert.Empty(AnalyzerRun.Of(compilation));
        Assert.Equal(["CS0592", "CS0592", "CS0592"], TestCompilation.ErrorsOf(compilation).Select(error => error.Id));
    }

    [Fact]
    public void An_explicit_implementation_of_the_networks_interface_prevents_emission()
    {
        var compilation = TestCompilation.Create(
            "using NetGen; [Network, Input(4), Linear(2)] partial class Net : INetwork<Net> { int INetwork<Net>.Classify(System.ReadOnlySpan<float> x) => 0; }");
        Assert.Equal(
            ["NETGEN013: 'Net' already has 'INetwork<Net>.Classify(ReadOnlySpan<float>)', the name that the generated member "
                + "'INetwork<Net>.Classify(ReadOnlySpan<float>)' would have; rename it"],
            AnalyzerRun.Of(compilation).Select(AnalyzerRun.Show));
        Assert.Empty(GeneratorRun.Of(compilation).HintNames);
    }

    private static DiagnosticCase Clash(string member, string shown, string generated) => new(
        $"[Sound] partial class Net {{ {member} }}",
        $"NETGEN013: 'Net' already has '{shown}', the name that the generated member '{generated}' would have; rename it");

    private static string WithUsing(string source) => "using NetGen;\n\n" + source.Replace("[Sound]", "[Network, Input(4), Linear(2)]", StringComparison.Ordinal);
}
