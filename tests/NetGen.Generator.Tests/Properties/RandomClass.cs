using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using NetGen.Generator.Declaration;
using NetGen.Generator.Tests.Infrastructure;

namespace NetGen.Generator.Tests.Properties;

/// <summary>A class drawn at random: its name, members and surroundings, with a network's attributes.</summary>
internal sealed record RandomClass(
    string Surroundings, string Declaration, string Name, IReadOnlyList<string> Members, NetworkOptions Options, IReadOnlyList<RandomLayer> Layers)
{
    // "class" and others are escaped where they are printed.
    private static readonly string[] s_names =
    [
        "Net", "net", "Load", "Predict", "Parameters", "InputLength", "Infer", "_state", "CreateState", "TrainForward", "Workspace", "INetwork",
        "ParameterSet", "Span", "ReadOnlySpan", "Vector512", "Kernels", "TensorShape", "Loss", "Conv2dAttribute", "input", "output", "arena",
        "@class", "@record", "@var", "@file", "@field", "@nameof", "_", "É", "get_Parameters",
    ];

    private static readonly string[] s_declarations =
    [
        "partial class", "partial class", "partial class", "public sealed partial class", "internal partial class", "class", "static partial class",
        "abstract partial class", "file partial class", "partial record", "sealed record",
    ];

    private static readonly string[] s_surroundings =
    [
        "", "", "partial class Outer {", "static partial class Outer {", "class Outer {", "partial struct Outer {", "partial interface Outer {",
        "partial record struct Outer {", "partial class Outer<T> {", "file partial class Outer {", "partial class Outer { partial record @int {",
        "partial class Load {", "partial class System {", "partial class Generic<T> { } partial class Generic {",
    ];

    private static readonly string[] s_members =
    [
        "public int InputLength;", "public void Save(string path) { }", "private int _state = 1; public int State => _state;", "public NAME(int seed) { }",
        "public NAME() { }", "public NAME() : this(1) { }", "public NAME(string text) : this(text.Length) { }", "public int this[int index] => index;", "public class Predict;", "public void Infer() { }", "public enum Parameters { A }",
        "public delegate void Load();", "public const long WorkspaceBytes = 1;", "public required int Needed { get; set; }", "public int CreateState_1;",
        "public static implicit operator int(NAME value) => 1;", "public void Predict(global::System.ReadOnlySpan<float> input, global::System.Span<float> output) { }",
        "public class System;", "public class NetGen;", "public class Vector512;", "public int TrainBackward { get; set; }", "public void get_Parameters() { }",
        "public static class MemoryMarshal;", "public override string ToString() => \"\";", "public static int Create(int seed) => seed;",
    ];

    private static readonly NetworkOptions[] s_options =
    [
        .. from unroll in new[] { UnrollMode.Balanced, UnrollMode.Full, UnrollMode.Compact }
           from gradients in new[] { "none", "parameters", "all" }
           select new NetworkOptions(gradients != "none", unroll, gradients == "all"),
    ];

    private static readonly NetworkOptions s_contradictory = new(false, (UnrollMode)(-1), true);

    public static Gen<RandomClass> Sane { get; } =
        from options in Gen.Elements(s_options)
        from layers in SaneLayers
        select new RandomClass("", "public sealed partial class", "Net", [], options, layers);

    public static Gen<RandomClass> Insane { get; } =
        from surroundings in Gen.Elements(s_surroundings)
        from declaration in Gen.Elements(s_declarations)
        from name in Gen.Elements(s_names)
        from members in Gen.Shuffle(s_members)
        from memberCount in Gen.Choose(0, 2)
        from options in Gen.Elements([.. s_options, s_contradictory])
        from layers in Gen.Frequency((1, SaneLayers), (1, InsaneLayers))
        let own = members.Where(member => !Names(member, name)).Take(memberCount).ToArray()
        select new RandomClass(surroundings, declaration, name, own, options, layers);

    private static Gen<IReadOnlyList<RandomLayer>> SaneLayers =>
        from input in RandomLayer.SaneInput
        from count in Gen.Choose(1, 5)
        from layers in RandomLayer.Sane.ListOf(count)
        select (IReadOnlyList<RandomLayer>)[input, .. layers];

    private static Gen<IReadOnlyList<RandomLayer>> InsaneLayers =>
        from input in Gen.Frequency((5, RandomLayer.SaneInput.Select(input => new[] { input })), (1, Gen.Constant<RandomLayer[]>([])))
        from count in Gen.Choose(0, 5)
        from layers in RandomLayer.Insane.ListOf(count)
        select (IReadOnlyList<RandomLayer>)[.. input, .. layers];

    /// <summary>The class in a namespace of its own.</summary>
    public string Source(int number)
    {
        string attributes = string.Join(", ", Layers.Select(layer => layer.Source()).Prepend(Network()));
        string members = string.Join(" ", Members).Replace("NAME", Name, StringComparison.Ordinal);
        string ends = new('}', Surroundings.Count(c => c == '{') - Surroundings.Count(c => c == '}'));
        return $$"""namespace N{{number}} { {{Surroundings}} [{{attributes}}] {{Declaration}} {{Name}} { {{members}} } {{ends}} }""";
    }

    /// <summary>The declaration by value, as the parser reads it.</summary>
    public NetworkSpec Spec() => Specs.Network(Options, [.. Layers.Select(layer => layer.Spec())]);

    private string Network() =>
        $"Network(Unroll = (Unroll)({(int)Options.Unroll}), Training = {Flag(Options.Training)}, InputGradients = {Flag(Options.InputGradients)})";

    private static string Flag(bool value) => value ? "true" : "false";

    public override string ToString() => Source(0);

    /// <summary>Whether a member has the name of its class, which is an error of the user's that brings others with it.</summary>
    private static bool Names(string member, string name) => Regex.IsMatch(member, $@"\b{Regex.Escape(name.TrimStart('@'))}\b");

    /// <summary>The same class with a member or a layer less: what a failure is reduced to.</summary>
    public static IEnumerable<RandomClass> Shrink(RandomClass declared) =>
        Without(declared.Members).Select(members => declared with { Members = members })
            .Concat(Without(declared.Layers).Select(layers => declared with { Layers = layers }));

    public static IEnumerable<IReadOnlyList<T>> Without<T>(IReadOnlyList<T> items) =>
        items.Select((_, left) => (IReadOnlyList<T>)items.Where((_, index) => index != left).ToArray());
}
