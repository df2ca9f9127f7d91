using NetGen.Generator.Collections;
using NetGen.Generator.Declaration;
using NetGen.Generator.Graph;
using Xunit;

namespace NetGen.Generator.Tests.Infrastructure;

/// <summary>Declarations by value, for tests that need no compiler.</summary>
internal static class Specs
{
    public static readonly LayerSpec ReLU = Layer("ReLU");
    public static readonly LayerSpec Softmax = Layer("Softmax");
    public static readonly LayerSpec Sigmoid = Layer("Sigmoid");
    public static readonly LayerSpec Flatten = Layer("Flatten");

    public static NetworkSpec Network(params LayerSpec[] layers) => Network(new NetworkOptions(true, UnrollMode.Balanced, false), layers);

    public static NetworkSpec Network(NetworkOptions options, params LayerSpec[] layers) =>
        new(
            new TargetClass(null, "Net", "Net", EquatableArray<string>.Empty, "Net", false, EquatableArray<string>.Empty),
            options,
            layers.ToEquatableArray());

    public static LayerSpec Input(int channels, int height, int width) =>
        Layer("Input", ("channels", channels), ("height", height), ("width", width));

    public static LayerSpec Input(int length) => Layer("Input", ("length", length));

    public static LayerSpec Conv(int outChannels, int kernelSize, params (string, object?)[] named) =>
        Layer("Conv2d", [("outChannels", outChannels), ("kernelSize", kernelSize), .. named]);

    public static LayerSpec Linear(int outFeatures, params (string, object?)[] named) => Layer("Linear", [("outFeatures", outFeatures), .. named]);

    public static LayerSpec MaxPool(int kernelSize, params (string, object?)[] named) => Layer("MaxPool2d", [("kernelSize", kernelSize), .. named]);

    public static LayerSpec Loss(LossKind loss, params (string, object?)[] named) => Layer("Loss", [("loss", (int)loss), .. named]);

    public static LayerSpec Join(string @operator, params string[] layers) =>
        new(@operator, EquatableArray.Of(new Argument("layers", new TextsArgument(layers.ToEquatableArray()))));

    public static LayerSpec Layer(string name, params (string Name, object? Value)[] arguments) =>
        new(name, arguments.Select(argument => new Argument(argument.Name, Value(argument.Value))).ToEquatableArray());

    /// <summary>The graph of a declaration without mistakes.</summary>
    public static NetworkGraph Graph(params LayerSpec[] layers)
    {
        GraphResult result = GraphBuilder.Build(Network(layers));
        Assert.Empty(result.Problems);
        return Assert.IsType<NetworkGraph>(result.Graph);
    }

    /// <summary>What is wrong with a declaration, as <c>NETGEN031@2</c>: the number and the index of the attribute.</summary>
    public static string[] Problems(params LayerSpec[] layers) =>
        GraphBuilder.Build(Network(layers)).Problems.Select(problem => $"{problem.Id}@{problem.Layer}").ToArray();

    private static ArgumentValue Value(object? value) => value switch
    {
        int integer => new IntegerArgument(new IntegerConstant(integer)),
        double number => new NumberArgument(number),
        bool flag => new FlagArgument(flag),
        string or null => new TextArgument((string?)value),
        _ => new UnreadableArgument(),
    };
}
