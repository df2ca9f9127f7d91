using System.Diagnostics;
using System.Globalization;
using NetGen;
using Spectre.Console;

namespace Samples;

/// <summary>Shows training as it goes: a live table in a terminal, a line an epoch elsewhere.</summary>
internal static class TrainingDisplay
{
    /// <summary>Runs the epochs and shows them.</summary>
    /// <param name="fit">Starts training, which reports to the given progress.</param>
    /// <returns>The test accuracy after the last epoch.</returns>
    public static double Show(Func<IProgress<TrainingProgress>?, IEnumerable<EpochResult>> fit)
    {
        double accuracy = 0;
        if (AnsiConsole.Profile is { Out.IsTerminal: true, Capabilities: { Ansi: true, Interactive: true } })
        {
            Table table = new Table().RoundedBorder();
            foreach (string heading in (string[])["epoch", "", "loss", "accuracy", "test accuracy", "images/s"])
                table.AddColumn(new TableColumn(heading).NoWrap());
            AnsiConsole.Live(table).Start(context =>
            {
                var rows = new EpochRows(table, context);
                foreach (EpochResult epoch in fit(rows))
                {
                    rows.Finish(epoch);
                    accuracy = epoch.TestAccuracy ?? 0;
                }
            });
        }
        else
        {
            foreach (EpochResult epoch in fit(null))
            {
                Console.WriteLine(epoch);
                accuracy = epoch.TestAccuracy ?? 0;
            }
        }
        return accuracy;
    }

    /// <summary>The table's rows, one an epoch; the last one grows while its epoch runs.</summary>
    private sealed class EpochRows(Table table, LiveDisplayContext context) : IProgress<TrainingProgress>
    {
        private const int BarWidth = 20;
        private const double RefreshMilliseconds = 80;

        private long _lastRefresh;

        public void Report(TrainingProgress value)
        {
            if (table.Rows.Count < value.Epoch)
                table.AddRow(Text($"{value.Epoch}/{value.LastEpoch}"), "", "", "", "", "");
            else if (Stopwatch.GetElapsedTime(_lastRefresh).TotalMilliseconds < RefreshMilliseconds)
                return;

            int done = BarWidth * value.Batch / value.BatchCount;
            Set(1, $"[green]{new string('━', done)}[/][grey]{new string('━', BarWidth - done)}[/]");
            SetFigures(value.Loss, value.Accuracy, value.ImagesPerSecond);
        }

        public void Finish(EpochResult epoch)
        {
            Set(1, $"[green]{new string('━', BarWidth)}[/]");
            Set(4, Text($"{epoch.TestAccuracy:F4}"));
            SetFigures(epoch.TrainLoss, epoch.TrainAccuracy, epoch.ImagesPerSecond);
        }

        private void SetFigures(double loss, double accuracy, double imagesPerSecond)
        {
            Set(2, Text($"{loss:F4}"));
            Set(3, Text($"{accuracy:F4}"));
            Set(5, Text($"{imagesPerSecond:N0}"));
            context.Refresh();
            _lastRefresh = Stopwatch.GetTimestamp();
        }

        private void Set(int column, string markup) => table.UpdateCell(table.Rows.Count - 1, column, markup);

        private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
    }
}
