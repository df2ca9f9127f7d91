using System.Globalization;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;

namespace NetGen.Benchmarks;

/// <summary>Adds the column <c>Images/s</c> to the results of a class.</summary>
/// <param name="imagesPerCall">Images that one call of each of its benchmarks takes.</param>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class ImagesPerSecondAttribute(int imagesPerCall) : Attribute, IConfigSource
{
    public int ImagesPerCall { get; } = imagesPerCall;

    public IConfig Config { get; } = ManualConfig.CreateEmpty().AddColumn(new Column(imagesPerCall));

    private sealed class Column(int imagesPerCall) : IColumn
    {
        public string Id => nameof(ImagesPerSecondAttribute);

        public string ColumnName => "Images/s";

        public string Legend => "Images by the median time of a call";

        public bool AlwaysShow => true;

        public ColumnCategory Category => ColumnCategory.Custom;

        public int PriorityInCategory => 0;

        public bool IsNumeric => true;

        public UnitType UnitType => UnitType.Dimensionless;

        public bool IsAvailable(Summary summary) => true;

        public bool IsDefault(Summary summary, BenchmarkCase benchmarkCase) => false;

        public string GetValue(Summary summary, BenchmarkCase benchmarkCase) =>
            summary[benchmarkCase]?.ResultStatistics?.Median is { } nanoseconds
                ? (imagesPerCall * 1e9 / nanoseconds).ToString("N0", CultureInfo.InvariantCulture)
                : "–";

        public string GetValue(Summary summary, BenchmarkCase benchmarkCase, SummaryStyle style) => GetValue(summary, benchmarkCase);
    }
}
