using System.Reflection;
using NetGen.Generator.Tests.Numerics;
using NetGen.Tests;
using Xunit;

namespace NetGen.Generator.Tests.FullyConvolutional;

/// <summary>The score map of a derived network is what the source gives for every window of the image.</summary>
[Trait("Category", "Numeric")]
public class SlidingWindowTests
{
    private static readonly MethodInfo s_check = Method(nameof(CheckWindows));
    private static readonly MethodInfo s_checkWeights = Method(nameof(CheckWeights));
    private static readonly MethodInfo s_checkBytes = Method(nameof(CheckBytes));

    // The layers of the source, the size of the image, and how far the window moves for the next position.
    public static TheoryData<string, string, string> Sources => new()
    {
        { "Input(1, 28, 28), Conv2d(6, 5), ReLU, MaxPool2d(2), Conv2d(16, 5), ReLU, MaxPool2d(2), Linear(120), ReLU, Linear(84), ReLU, Linear(10), Softmax", "45, 54", "4, 4" },
        { "Input(3, 17, 13), Conv2d(8, 3, Stride = 2), ReLU, Conv2d(20, 3), BatchNorm2d, ReLU, GlobalAvgPool2d, Linear(5), LogSoftmax", "26, 21", "2, 2" },
        { "Input(2, 20, 20), Conv2d(16, 5, Stride = 3, Bias = false), BatchNorm2d, Tanh, Conv2d(7, 2), GlobalMaxPool2d, Flatten, Sigmoid", "35, 41", "3, 3" },
        { "Input(3, 12, 12), Conv2d(8, 3, Name = \"stem\"), Conv2d(8, 1), ReLU(Name = \"left\"), Conv2d(8, 1, From = \"stem\"), Add(\"left\"), Concat(\"stem\"), AvgPool2d(2), Linear(9), PReLU, Linear(3)", "21, 18", "2, 2" },
        { "Input(2, 11, 11), Conv2d(4, 3, Stride = 2, Name = \"a\"), Conv2d(4, 3, Stride = 2, From = \"input\"), Concat(\"a\"), Flatten, Dropout(0.5), LeakyReLU(0.1), Linear(6), LayerNorm, Sigmoid", "16, 19", "2, 2" },
        { "Input(2, 9, 9), Conv2d(4, 3), Flatten(Name = \"a\"), Conv2d(4, 3, From = \"input\"), Flatten, Add(\"a\"), Tanh(Name = \"b\"), ReLU(From = \"a\"), Concat(\"b\"), Linear(5)", "14, 12", "1, 1" },
        { "Input(2, 6, 6), Linear(8, Name = \"a\"), Linear(8, From = \"input\"), Sigmoid, Multiply(\"a\"), PReLU(Shared = true), Linear(3)", "9, 8", "1, 1" },
        { "Input(1, 9, 16), Conv2d(5, 3, 4, StrideH = 2, StrideW = 3), ELU, AvgPool2d(2, 3, Stride = 1), Linear(4)", "19, 31", "2, 3" },
        { "Input(6, 20), Conv1d(12, 3), ReLU, MaxPool1d(2), Conv1d(8, 3), AdaptiveMaxPool2d(1), Linear(3)", "51", "1, 2" },
        { "Input(5, 12), Conv1d(6, 3), GlobalMaxPool2d(Name = \"a\"), Conv1d(6, 4, From = \"input\"), GlobalMaxPool2d, Concat(\"a\"), Linear(2)", "30", "1, 1" },
        { "Input(4, 14, 14), Conv2d(16, 3, Groups = 2), ChannelShuffle(2), Slice(2, 12), LocalResponseNorm(3), Conv2d(12, 3, Groups = 12, Dilation = 2), LayerNorm(Over = LayerNormAxes.Channels), Linear(2)", "17, 20", "1, 1" },
        { "Input(2, 8, 8), Conv2d(4, 3), Upsample(2), AvgPool2d(4), Linear(3)", "13, 14", "2, 2" },
        { "Input(2, 7, 7), Conv2d(4, 3, Stride = 2), ConvTranspose2d(3, 2, Stride = 2), Conv2d(5, 2, Stride = 2), Linear(2)", "13, 11", "2, 2" },
        { "Input(1, 8, 8), MaxPool2d(2, CeilMode = true), AvgPool2d(2, CeilMode = true), Linear(3)", "19, 17", "4, 4" },
        { "Input(1, 12, 12), AdaptiveAvgPool2d(4), AdaptiveAvgPool2d(1), Linear(3)", "20, 26", "3, 3" },
        { "Input(17, 5, 5), Linear(40), ReLU, Linear(20, Bias = false), SiLU, Linear(33)", "8, 9", "1, 1" },
        { "Input(1, 28, 28), Linear(20), ReLU, Linear(3)", "31, 30", "1, 1" },
        { "Input(1, 8, 8), Conv2d(4, 3), ReLU, Linear(1), Sigmoid", "8, 8", "1, 1" },
        { "Input(1, 8, 8), Conv2d(4, 3), ReLU, Conv2d(3, 3), Softmax", "12, 15", "1, 1" },
        { "Input(2, 9, 9), Conv2d(8, 3), ReLU, GlobalAvgPool2d(Name = \"f\"), Linear(5), Output(\"classes\"), Linear(4, From = \"f\"), Output(\"box\")", "14, 12", "1, 1" },
    };

    [Theory]
    [MemberData(nameof(Sources))]
    public void Scores_are_those_of_every_window(string layers, string size, string stride) => Check(layers, size, stride, "", Close.Forward);

    [Fact]
    public void Scores_by_minimal_filtering_are_those_of_every_window() => Check(
        "Input(8, 24, 24), Conv2d(32, 3), ReLU, Conv2d(32, 3), ReLU, MaxPool2d(2), Conv2d(64, 3), ReLU, MaxPool2d(2), Linear(32), ReLU, Linear(10)",
        "64, 60",
        "4, 4",
        "Convolution = ConvolutionAlgorithm.Automatic",
        Close.Winograd);

    [Fact]
    public void Files_and_seeds_serve_both()
    {
        (Type source, Type derived) = Load("Input(17, 9, 8), Conv2d(20, 3), BatchNorm2d, PReLU, Linear(40), ReLU, Linear(18, Bias = false), LayerNorm, Linear(3), Softmax", "12, 10", "");
        s_checkWeights.MakeGenericMethod(source, derived).Invoke(null, BindingFlags.DoNotWrapExceptions, null, null, null);
    }

    [Fact]
    public void Images_of_bytes_are_the_sources()
    {
        (Type source, Type derived) = Load(
            "Input(3, 6, 5, Layout = ImageLayout.Hwc, Mean = new[] { 0.5, 0.25, 0.125 }, Std = new[] { 0.5 }), Conv2d(4, 3), ReLU, Linear(3)", "9, 7", "");
        s_checkBytes.MakeGenericMethod(source, derived).Invoke(null, BindingFlags.DoNotWrapExceptions, null, null, null);
    }

    [Fact]
    public void Rows_that_the_source_does_not_read_need_not_be_there()
    {
        // A pool leaves out the last of nine rows: windows of eight count.
        Type derived = Load("Input(1, 9, 9), MaxPool2d(2), Linear(2)", "10, 9", "").Derived;
        Assert.Equal(new TensorShape(2, 2, 1), derived.GetInterfaceMap(typeof(INetwork<>).MakeGenericType(derived)).TargetMethods
            .Single(method => method.Name.EndsWith("get_OutputShape", StringComparison.Ordinal)).Invoke(null, null));
    }

    private static void Check(string layers, string size, string stride, string options, double tolerance)
    {
        (Type source, Type derived) = Load(layers, size, options);
        int[] strides = [.. stride.Split(',').Select(int.Parse)];

        // Each sum of products adds the error of one to what it inherits.
        int sums = layers.Split("Conv").Length + layers.Split("Linear(").Length - 2;
        s_check.MakeGenericMethod(source, derived).Invoke(null, BindingFlags.DoNotWrapExceptions, null, [strides[0], strides[1], tolerance * Math.Max(sums, 1)], null);
    }

    private static (Type Source, Type Derived) Load(string layers, string size, string options)
    {
        // Sums in one order, unless a case asks otherwise: then rounding is all that differs.
        Assembly assembly = CompiledNetworks.Load($"""
            [Network({(options.Length > 0 ? options : "Convolution = ConvolutionAlgorithm.Direct")}), {layers}, Loss(Loss.MeanSquaredError)]
            public sealed partial class Source;

            [FullyConvolutional(typeof(Source), {size})]
            public sealed partial class Derived;

            """);
        return (assembly.GetType("Source", throwOnError: true)!, assembly.GetType("Derived", throwOnError: true)!);
    }

    private static void CheckWindows<TSource, TDerived>(int strideH, int strideW, double tolerance)
        where TSource : class, INetwork<TSource>
        where TDerived : class, INetwork<TDerived>
    {
        var random = new Random(1);
        TSource source = TSource.Create(3);
        foreach (Parameter parameter in source.Parameters.Where(parameter => !parameter.Name.EndsWith("weight", StringComparison.Ordinal)))
        {
            // Biases and statistics, which start alike in every channel.
            parameter.CopyFrom(Values(parameter.Length, random, 0.5f, 1.5f));
        }

        using var file = new MemoryStream();
        source.Save(file);
        file.Position = 0;
        TDerived derived = TDerived.Load(file);

        TensorShape window = TSource.InputShape, image = TDerived.InputShape, scores = TSource.OutputShape, map = TDerived.OutputShape;
        Assert.Equal((window.Channels, scores.Channels), (image.Channels, map.Channels));
        Assert.Equal(((image.Height - window.Height) / strideH) + scores.Height, map.Height);
        Assert.Equal(((image.Width - window.Width) / strideW) + scores.Width, map.Width);
        float[] pixels = Values(image.Length, random, -1, 1);
        float[] actual = new float[map.Length], crop = new float[window.Length], expected = new float[scores.Length];
        derived.Predict(pixels, actual);
        var all = new List<double>();
        var found = new List<float>();
        for (int row = 0; row <= map.Height - scores.Height; row++)
        {
            for (int column = 0; column <= map.Width - scores.Width; column++)
            {
                Crop(pixels, image, row * strideH, column * strideW, crop, window);
                source.Predict(crop, expected);
                all.AddRange(expected.Select(value => (double)value));
                float[] part = new float[scores.Length];
                Crop(actual, map, row, column, part, scores);
                found.AddRange(part);
            }
        }

        // Windows that overlap may have their maximum in common, and maps what they both show.
        Assert.True(all.Count == scores.Length || all.Distinct().Count() > all.Count / 20, "The scores of windows are to differ.");
        Close.Assert(all, found, tolerance, "score");
    }

    private static void CheckWeights<TSource, TDerived>()
        where TSource : class, INetwork<TSource>
        where TDerived : class, INetwork<TDerived>
    {
        Assert.Equal(TSource.ParameterCount, TDerived.ParameterCount);
        TDerived derived = TDerived.Create(7);
        AssertSame(TSource.Create(7).Parameters, derived.Parameters);
        var random = new Random(2);
        foreach (Parameter parameter in derived.Parameters)
        {
            parameter.CopyFrom(Values(parameter.Length, random, 0, 1));
        }

        using var file = new MemoryStream();
        derived.Save(file);
        file.Position = 0;
        TSource source = TSource.Load(file);
        AssertSame(derived.Parameters, source.Parameters);

        using var back = new MemoryStream();
        source.Save(back);
        Assert.Equal(file.ToArray(), back.ToArray());
    }

    private static void AssertSame(ParameterSet expected, ParameterSet actual)
    {
        Assert.Equal(expected.Names, actual.Names);
        foreach ((Parameter wanted, Parameter parameter) in expected.Zip(actual))
        {
            float[] values = new float[wanted.Length], found = new float[parameter.Length];
            wanted.CopyTo(values);
            parameter.CopyTo(found);
            Assert.Equal(wanted.ToString(), parameter.ToString());
            Assert.Equal(values, found);
        }
    }

    private static void CheckBytes<TSource, TDerived>()
        where TSource : class, IImageNetwork<TSource>
        where TDerived : class, IImageNetwork<TDerived>
    {
        TensorShape window = TSource.InputShape, image = TDerived.InputShape, map = TDerived.OutputShape;
        byte[] pixels = new byte[image.Length], crop = new byte[window.Length];
        new Random(4).NextBytes(pixels);
        float[] actual = new float[map.Length], scores = new float[map.Channels];
        TDerived.Create(5).Predict(pixels, actual);
        TSource source = TSource.Create(5);
        for (int row = 0; row < map.Height; row++)
        {
            for (int column = 0; column < map.Width; column++)
            {
                int stride = image.Width * image.Channels, length = window.Width * window.Channels;
                for (int i = 0; i < window.Height; i++)
                {
                    pixels.AsSpan(((row + i) * stride) + (column * window.Channels), length).CopyTo(crop.AsSpan(i * length));
                }

                source.Predict(crop, scores);
                float[] found = [.. Enumerable.Range(0, map.Channels).Select(channel => actual[(((channel * map.Height) + row) * map.Width) + column])];
                Close.Assert([.. scores.Select(score => (double)score)], found, 2 * Close.Forward, "score");
            }
        }
    }

    private static MethodInfo Method(string name) => typeof(SlidingWindowTests).GetMethod(name, BindingFlags.NonPublic | BindingFlags.Static)!;

    private static void Crop(float[] from, TensorShape shape, int top, int left, float[] to, TensorShape part)
    {
        int rows = part.Channels * part.Height;
        for (int i = 0; i < rows; i++)
        {
            int row = ((i / part.Height * shape.Height) + top + (i % part.Height)) * shape.Width;
            from.AsSpan(row + left, part.Width).CopyTo(to.AsSpan(i * part.Width));
        }
    }

    private static float[] Values(int count, Random random, float least, float most) =>
        [.. Enumerable.Range(0, count).Select(_ => least + ((most - least) * random.NextSingle()))];
}
