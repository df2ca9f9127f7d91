using System.Globalization;
using NetGen;
using Samples;

const string DataOption = "--data", WeightsOption = "--weights", OutOption = "--out", SeedOption = "--seed";
const string DefaultWeights = "digit-or-paper.safetensors", DefaultOut = "page";
const int TrainingPages = 120, TestPages = 10, Epochs = 4, DigitsOnOne = 70, Tolerance = 6;
const string Usage = """
    Finds and reads all digits on a page in one pass, with a network trained on windows of 28×28 pixels.

    usage: dotnet run -c Release --project samples/FindDigits [-- options]

      --data DIR        directory with MNIST's original files; without it, digits that the program draws itself
      --weights FILE    the network's weights; where there is no such file, it is trained within a minute
                        and saved there (default digit-or-paper.safetensors)
      --out NAME        NAME.png gets the page with what was found and where digits are likely, NAME-scores.png
                        the map of each class (default page)
      --seed S          decides the page (default 1)
      --help            shows this
    """;

try
{
    CommandLine line = CommandLine.Parse(args, DataOption, WeightsOption, OutOption, SeedOption);
    if (line.Help)
    {
        Console.WriteLine(Usage);
        return 0;
    }
    if (line.Words is [var word, ..]) throw new ArgumentsException($"'{word}' is no option.");
    if (!int.TryParse(line[SeedOption] ?? "1", NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int seed))
        throw new ArgumentsException($"{SeedOption} takes an integer, not '{line[SeedOption]}'.");

    (Dataset train, Dataset test) = line[DataOption] is { } data
        ? Mnist.Load(data, PixelNormalization.UnitRange)
        : SyntheticDigits.Load(trainCount: 20_000, testCount: 4_000, seed: 1, PixelNormalization.UnitRange);
    string weights = line[WeightsOption] ?? DefaultWeights, name = line[OutOption] ?? DefaultOut;
    if (!File.Exists(weights)) Train(train, test, weights);

    // The file is that of the network for windows.
    DigitsOnPage network = DigitsOnPage.Load(weights);
    Page page = Page.Compose(test, DigitsOnOne, new Random(seed));
    var scores = new float[DigitsOnPage.OutputLength];
    network.Predict(page.Pixels, scores);
    var map = new ScoreMap(scores);
    IReadOnlyList<(PlacedDigit Digit, float Probability)> found = map.FindPeaks();

    Console.WriteLine($"{ScoreMap.Rows * ScoreMap.Columns:N0} windows in one pass: {DigitsOnPage.MultiplyAdds / 1e6:F0} million multiply-adds, "
        + $"one by one {(double)ScoreMap.Rows * ScoreMap.Columns * DigitOrPaper.MultiplyAdds / 1e6:F0} million");
    Console.WriteLine("   x    y  read  is  probability");
    foreach ((PlacedDigit digit, float probability) in found)
    {
        string truth = TruthOf(digit) is { } there ? there.Digit.ToString(CultureInfo.InvariantCulture) : "-";
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{digit.X,4} {digit.Y,4}  {digit.Digit,4}  {truth,2}  {probability,11:F4}"));
    }

    int read = found.Count(peak => IsRight(peak.Digit)), nowhere = found.Count(peak => TruthOf(peak.Digit) is null);
    int missed = page.Digits.Count(digit => !found.Any(peak => digit.DistanceTo(peak.Digit.X, peak.Digit.Y) <= Tolerance));
    PageImage.Draw(page, map, found.Select(peak => (peak.Digit, IsRight(peak.Digit)))).SavePng(name + ".png");
    map.ToImage().SavePng(name + "-scores.png");
    Console.WriteLine($"{name}.png, {name}-scores.png: the page and its scores");
    Console.WriteLine($"{page.Digits.Count} digits: {read} read right, {page.Digits.Count - missed - read} misread, {missed} missed; {nowhere} found where there is none");
    return 0;

    PlacedDigit? TruthOf(PlacedDigit peak) => page.Digits
        .Where(digit => digit.DistanceTo(peak.X, peak.Y) <= Tolerance)
        .Select(digit => (PlacedDigit?)digit)
        .MinBy(digit => digit!.Value.DistanceTo(peak.X, peak.Y));

    bool IsRight(PlacedDigit peak) => TruthOf(peak)?.Digit == peak.Digit;
}
catch (ArgumentsException exception)
{
    Console.Error.WriteLine($"{exception.Message}\n\n{Usage}");
    return 2;
}
catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
{
    // Missing or damaged data, weights of another network, an unwritable result: the message says what and what to do.
    Console.Error.WriteLine(exception.Message);
    return 1;
}

static void Train(Dataset train, Dataset test, string weights)
{
    var random = new Random(1);
    ByteImageDataset windows = WindowSet.Cut(train, TrainingPages, random), others = WindowSet.Cut(test, TestPages, random);
    Console.WriteLine($"{windows.Count:N0} windows of {TrainingPages} pages to train with, {others.Count:N0} to test with");
    const int Batch = 64;
    int steps = (windows.Count + Batch - 1) / Batch;
    var network = new DigitOrPaper(seed: 1);
    using var trainer = new Trainer<DigitOrPaper>(network, new Adam { LearningRate = 2e-3f }, new TrainerOptions
    {
        BatchSize = Batch,
        Seed = 1,
        DegreeOfParallelism = Math.Min(2, Environment.ProcessorCount),
        Schedule = LearningRateSchedule.Cosine((long)Epochs * steps),
    });
    foreach (EpochResult epoch in trainer.Fit(windows, others, Epochs)) Console.WriteLine(epoch);
    network.Save(weights);
    Console.WriteLine($"weights saved to {weights}");
}
