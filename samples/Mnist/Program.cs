using System.Globalization;
using NetGen;
using Samples;

TrainingArguments arguments;
try
{
    arguments = TrainingArguments.Parse(args);
}
catch (ArgumentsException exception)
{
    Console.Error.WriteLine(exception.Message);
    return 2;
}
if (arguments.Help)
{
    Console.WriteLine(TrainingArguments.Usage);
    return 0;
}

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, key) =>
{
    key.Cancel = true;
    stop.Cancel();
};

try
{
    (Dataset train, Dataset test) = arguments.Data is null
        ? SyntheticDigits.Load(trainCount: 20_000, testCount: 4_000, arguments.Seed)
        : Mnist.Load(arguments.Data);
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""
        LeNet-5 with {LeNet5.ParameterCount:N0} parameters
        {arguments.Data ?? "digits drawn by the program"}: {train.Count:N0} images to train with, {test.Count:N0} to test with
        """));

    var network = new LeNet5(arguments.Seed);
    int stepsPerEpoch = (train.Count + arguments.Batch - 1) / arguments.Batch;
    using var trainer = new Trainer<LeNet5>(network, new Adam { LearningRate = arguments.LearningRate }, new TrainerOptions
    {
        BatchSize = arguments.Batch,
        Seed = arguments.Seed,
        DegreeOfParallelism = arguments.Threads,
        Schedule = LearningRateSchedule.Cosine((long)arguments.Epochs * stepsPerEpoch),
    });

    double accuracy = TrainingDisplay.Show(progress => trainer.Fit(train, test, arguments.Epochs, progress, stop.Token));

    network.Save(arguments.Out);
    Console.WriteLine($"weights saved to {arguments.Out}");
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"test accuracy {accuracy:F4}"));
    return 0;
}
catch (OperationCanceledException)
{
    Console.Error.WriteLine("cancelled; nothing was saved");
    return 130;
}
catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotFiniteNumberException)
{
    // Missing or damaged data, an unwritable result, a learning rate too high: the message says what and what to do.
    Console.Error.WriteLine(exception.Message);
    return 2;
}
