using System.Globalization;
using System.Text;
using Xunit;

namespace NetGen.Tests.Data;

public sealed class DelimitedTextTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("1,2,3,0\n4,5,6,2\n")]
    [InlineData("1, 2 ,3,0\r\n\r\n 4,5,6,2")]
    [InlineData("\uFEFF1,2.0,3e0,0\n4,+5,6,2\n\n")]
    public void The_last_column_is_the_label(string text)
    {
        foreach (byte[] content in (byte[][])[Encoding.UTF8.GetBytes(text), Bytes.Gzip(Encoding.UTF8.GetBytes(text))])
        {
            ArrayDataset data = DelimitedText.Load(_directory.Write("a.csv", content));

            Assert.Equal((2, 3, 0), (data.Count, data.ClassCount, data.TargetLength));
            Assert.Equal(new TensorShape(3), data.InputShape);
            Assert.Equal([1, 2, 3], Input(data, 0));
            Assert.Equal([4, 5, 6], Input(data, 1));
            Assert.Equal((0, 2), (data.GetLabel(0), data.GetLabel(1)));
        }
    }

    [Fact]
    public void Options_choose_separator_header_label_column_scale_and_shape()
    {
        ArrayDataset data = Load("class;a;b;c;d\n3;16;8;4;0\n1;0;0;0;-16\n", new DelimitedTextOptions
        {
            Separator = ';', HasHeader = true, LabelColumn = 0, ClassCount = 7, Scale = 1 / 16f, InputShape = new TensorShape(1, 2, 2),
        });

        Assert.Equal(7, data.ClassCount);
        Assert.Equal(new TensorShape(1, 2, 2), data.InputShape);
        Assert.Equal([1, 0.5f, 0.25f, 0], Input(data, 0));
        Assert.Equal([0, 0, 0, -1], Input(data, 1));
        Assert.Equal(3, data.GetLabel(0));
    }

    [Fact]
    public void Class_names_become_their_places_in_the_list()
    {
        ArrayDataset data = Load("0.5 1.5\tb\n 2  3   a\n", new DelimitedTextOptions { Separator = ' ', ClassNames = ["a", "b", "c"] });

        Assert.Equal(3, data.ClassCount);
        Assert.Equal((1, 0), (data.GetLabel(0), data.GetLabel(1)));
        Assert.Equal([2, 3], Input(data, 1));
    }

    [Fact]
    public void Target_columns_are_floats_and_keep_their_scale()
    {
        ArrayDataset data = Load("2,4,0.5,-1\n6,8,0.25,3\n", new DelimitedTextOptions { TargetColumns = 2, Scale = 0.5f });

        Assert.Equal((2, 0), (data.TargetLength, data.ClassCount));
        Assert.Equal([3, 4], Input(data, 1));
        var targets = new float[2];
        data.CopyTarget(1, targets);
        Assert.Equal([0.25f, 3], targets);
    }

    [Fact]
    public void Numbers_do_not_depend_on_the_culture()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("de-DE");
            Assert.Equal([1.5f], Input(Load("1.5,0\n"), 0));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    public static TheoryData<string, DelimitedTextOptions, long, string> Damaged => new()
    {
        { "", new(), 0, "expected at least one line of values" },
        { "a,b\n", new() { HasHeader = true }, 4, "expected at least one line of values" },
        { "1,2,0\n1,0\n", new(), 6, "line 2 has 2 values; expected 3" },
        { "1,2,0\n\n1,2,3,0\n", new(), 7, "line 3 has 4 values; expected 3" },
        { "1;2;0\n", new(), 0, "line 1 has 1 values; expected at least 2, of which 1 for the label. Is the separator ','?" },
        { "1,x,0\n", new(), 2, "line 1, column 2: expected a finite number, found 'x'. If line 1 holds the columns' names, set HasHeader." },
        { "\nclass;a;b\n0;1;2\n", new() { Separator = ';', LabelColumn = 0 }, 1,
            "line 2, column 1: expected a label, an integer 0 to 999999, found 'class'. If line 2 holds the columns' names, set HasHeader." },
        { "class,a\ndog,1\n", new() { LabelColumn = 0, ClassNames = ["dog"] }, 0,
            "expected one of the 1 class names (dog), found 'class'. If line 1 holds the columns' names, set HasHeader." },
        { "1,2,dog\n", new(), 4, "expected a label, an integer 0 to 999999, found 'dog'. If the labels are names, set ClassNames." },
        { "a,b,c\n1,2,dog\n", new() { HasHeader = true }, 10, "found 'dog'. If the labels are names, set ClassNames." },
        { "1,2,0\n1,x,0\n", new(), 8, "line 2, column 2: expected a finite number, found 'x'." },
        { "1,,0\n", new(), 2, "line 1, column 2: expected a finite number, found ''" },
        { "1\t2\t\n", new() { Separator = '\t' }, 4, "line 1, column 3: expected a label, an integer 0 to 999999, found ''" },
        { "1,NaN,0\n", new(), 2, "expected a finite number, found 'NaN'" },
        { "1,1e39,0\n", new(), 2, "expected a finite number, found '1e39'" },
        { "1,1e38,0\n", new() { Scale = 100 }, 2, "expected a finite number, found '1e38'" },
        { "1,\"2\",0\n", new(), 2, "found '\"2\"'" },
        { "1,2,1.5\n", new(), 4, "line 1, column 3: expected a label, an integer 0 to 999999, found '1.5'. For float targets set TargetColumns." },
        { "1,2,0\n1,2,-1\n", new(), 10, "line 2, column 3: expected a label" },
        { "1,2,3\n", new() { ClassCount = 3 }, 4, "expected a label, an integer 0 to 2, found '3'" },
        { "1,2,99999999999\n", new(), 4, "expected a label" },
        { "1,2,dog\n", new() { ClassNames = ["cat", "cow"] }, 4, "expected one of the 2 class names (cat, cow), found 'dog'" },
        { "1,2,0\n", new() { LabelColumn = 3 }, 0, "LabelColumn 3 is none of them" },
        { "1,2,0\n", new() { LabelColumn = -4 }, 0, "LabelColumn -4 is none of them" },
        { "1,2,0\n", new() { TargetColumns = 3 }, 0, "expected at least 4, of which 3 for the targets" },
        { "1,2,0\n", new() { InputShape = new TensorShape(1, 2, 2) }, 0, "line 1 has 2 input values; the input shape 1×2×2 takes 4" },
    };

    [Theory]
    [MemberData(nameof(Damaged))]
    public void A_wrong_file_says_where_and_what_was_expected(string text, DelimitedTextOptions options, long offset, string problem)
    {
        string path = _directory.Write("wrong.csv", Encoding.UTF8.GetBytes(text));
        var exception = Assert.Throws<DataFormatException>(() => DelimitedText.Load(path, options));
        Assert.Equal((path, offset), (exception.FileName, exception.Offset));
        Assert.Contains(problem, exception.Message, StringComparison.Ordinal);
    }

    public static TheoryData<DelimitedTextOptions, string> Contradictions => new()
    {
        { new() { Separator = '.' }, "'.' cannot separate numbers" },
        { new() { Separator = '\u00E9' }, "cannot separate numbers" },
        { new() { TargetColumns = 1, ClassCount = 2 }, "set one or the other" },
        { new() { ClassCount = 2, ClassNames = ["a"] }, "ClassCount is 2, but there are 1 ClassNames" },
        { new() { Scale = float.NaN }, "must be finite" },
        { new() { TargetColumns = -1 }, "TargetColumns" },
        { new() { InputShape = new TensorShape(0, 1, 1) }, "every extent must be at least 1" },
    };

    [Theory]
    [MemberData(nameof(Contradictions))]
    public void Contradictory_options_are_refused(DelimitedTextOptions options, string problem) =>
        Assert.Contains(problem, Assert.ThrowsAny<ArgumentException>(() => Load("1,0\n", options)).Message, StringComparison.Ordinal);

    [SharedDataFact("digits")]
    public void The_optdigits_files_are_read_as_they_are()
    {
        ArrayDataset train = DelimitedText.Load(SharedData.PathOf("digits", "optdigits.tra"),
            new() { InputShape = new TensorShape(1, 8, 8), Scale = 1 / 16f });
        ArrayDataset test = DelimitedText.Load(SharedData.PathOf("digits", "optdigits.tes"));

        Assert.Equal((3823, 1797), (train.Count, test.Count));
        Assert.Equal((10, 10), (train.ClassCount, test.ClassCount));
        Assert.Equal(64, test.InputShape.Length);
        Assert.InRange(Input(train, 0).Max(), 0.5f, 1f);
    }

    [SharedDataFact("digits")]
    public void The_iris_file_is_read_with_header_and_class_names()
    {
        ArrayDataset data = DelimitedText.Load(SharedData.PathOf("digits", "iris.csv"),
            new() { HasHeader = true, ClassNames = ["setosa", "versicolor", "virginica"] });

        Assert.Equal((150, 3, 4), (data.Count, data.ClassCount, data.InputShape.Length));
        Assert.Equal([5.1f, 3.5f, 1.4f, 0.2f], Input(data, 0));
        Assert.Equal(2, data.GetLabel(149));
    }

    private ArrayDataset Load(string text, DelimitedTextOptions? options = null) =>
        DelimitedText.Load(_directory.Write("a.csv", Encoding.UTF8.GetBytes(text)), options);

    private static float[] Input(Dataset data, int index)
    {
        var values = new float[data.InputShape.Length];
        data.CopyInput(index, values);
        return values;
    }
}
