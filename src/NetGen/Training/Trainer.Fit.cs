using System.Diagnostics;

namespace NetGen;

public sealed partial class Trainer<TNetwork>
{
    private EvaluationEngine<TNetwork>? _evaluation;
    private int _epochs;

    /// <summary>
    /// Trains for a number of epochs and gives each one's result as it ends. Nothing runs until the results are enumerated, as by
    /// <c>foreach</c> or <c>Last()</c>.
    /// </summary>
    /// <remarks>
    /// Another call goes on with the epoch after the last one completed. An epoch that was cancelled, or left by an exception, was not
    /// completed: the next call starts it over with all its images, from the parameters as the steps taken have left them.
    /// </remarks>
    /// <param name="train">What to train on; every image once an epoch.</param>
    /// <param name="test">What to evaluate on after each epoch, or null.</param>
    /// <param name="epochs">Number of epochs.</param>
    /// <param name="progress">Told after every step, on the training thread.</param>
    /// <param name="cancellationToken">Looked at before every step; the network keeps the steps taken until then.</param>
    /// <returns>The results, one an epoch.</returns>
    /// <exception cref="ArgumentException">A dataset does not fit the network.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="epochs"/> is not positive.</exception>
    /// <exception cref="InvalidOperationException">The network's loss does not take what the dataset has, labels or targets.</exception>
    /// <exception cref="NotFiniteNumberException">While enumerating: the loss is not finite; the parameters are as before that step.</exception>
    /// <exception cref="OperationCanceledException">While enumerating: the token was cancelled.</exception>
    public IEnumerable<EpochResult> Fit(
        Dataset train,
        Dataset? test = null,
        int epochs = 1,
        IProgress<TrainingProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        CheckDataset(train, nameof(train));
        if (test is not null)
        {
            CheckDataset(test, nameof(test));
        }

        if (epochs <= 0)
        {
            throw new ArgumentOutOfRangeException(nameof(epochs), epochs, $"The number of epochs is {epochs}; it must be at least 1.");
        }

        return FitEpochs(train, test, epochs, progress, cancellationToken);
    }

    /// <summary>Predicts a dataset and compares with its labels or targets.</summary>
    /// <param name="data">The dataset.</param>
    /// <param name="cancellationToken">Looked at before every batch.</param>
    /// <exception cref="ArgumentException">The dataset does not fit the network.</exception>
    /// <exception cref="InvalidOperationException">
    /// The network's loss does not take what the dataset has, or another call is using the trainer.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public EvaluationResult Evaluate(Dataset data, CancellationToken cancellationToken = default)
    {
        CheckDataset(data, nameof(data));
        return Evaluate(new DataLoader(data, _options.BatchSize, shuffle: false), cancellationToken);
    }

    private IEnumerable<EpochResult> FitEpochs(
        Dataset train, Dataset? test, int epochs, IProgress<TrainingProgress>? progress, CancellationToken cancellationToken)
    {
        DataLoader loader = new(train, _options.BatchSize, _options.Seed, _options.Shuffle);
        DataLoader? testLoader = test is null ? null : new DataLoader(test, _options.BatchSize, shuffle: false);
        int last = _epochs + epochs;
        while (_epochs < last)
        {
            EpochResult result = RunEpoch(loader, last, progress, cancellationToken);
            if (testLoader is not null)
            {
                EvaluationResult evaluation = Evaluate(testLoader, cancellationToken);
                result = result with { TestLoss = evaluation.Loss, TestAccuracy = evaluation.Accuracy };
            }

            yield return result;
        }
    }

    private EpochResult RunEpoch(DataLoader loader, int last, IProgress<TrainingProgress>? progress, CancellationToken cancellationToken)
    {
        long start = Stopwatch.GetTimestamp();
        double lossSum = 0;
        long images = 0;
        long correct = 0;
        loader.BeginEpoch(_epochs);
        for (int batch = 1; NextBatch(loader, cancellationToken); batch++)
        {
            Run(LoadedBatch(loader), update: true);
            lossSum += _engine.LossSum;
            images += loader.Count;
            correct += _engine.Correct;
            progress?.Report(new TrainingProgress
            {
                Epoch = _epochs + 1,
                LastEpoch = last,
                Batch = batch,
                BatchCount = loader.BatchCount,
                Loss = lossSum / images,
                Accuracy = Accuracy(loader.Dataset, correct, images),
                ImagesPerSecond = images / Stopwatch.GetElapsedTime(start).TotalSeconds,
            });
        }

        TimeSpan elapsed = Stopwatch.GetElapsedTime(start);
        _epochs++;
        return new EpochResult
        {
            Epoch = _epochs,
            TrainLoss = lossSum / images,
            TrainAccuracy = Accuracy(loader.Dataset, correct, images),
            ImagesPerSecond = images / elapsed.TotalSeconds,
            Elapsed = elapsed,
        };
    }

    private EvaluationResult Evaluate(DataLoader loader, CancellationToken cancellationToken)
    {
        Enter();
        _team.Begin();
        try
        {
            _evaluation ??= new EvaluationEngine<TNetwork>(Network, _loss, _team);
            double lossSum = 0;
            int correct = 0;
            loader.BeginEpoch(0);
            while (NextBatch(loader, cancellationToken))
            {
                (double batchLossSum, int batchCorrect) = _evaluation.Run(LoadedBatch(loader));
                lossSum += batchLossSum;
                correct += batchCorrect;
            }

            int count = loader.Dataset.Count;
            return new EvaluationResult { Count = count, Loss = lossSum / count, Accuracy = Accuracy(loader.Dataset, correct, count) };
        }
        finally
        {
            _team.End();
            Exit();
        }
    }

    private static bool NextBatch(DataLoader loader, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return loader.MoveNext();
    }

    private static Batch LoadedBatch(DataLoader loader) =>
        new(loader.Count, loader.Inputs) { Labels = loader.Labels, Targets = loader.Targets };

    private static double Accuracy(Dataset dataset, long correct, long images) =>
        dataset.ClassCount > 0 ? (double)correct / images : double.NaN;

    private void CheckDataset(Dataset dataset, string name)
    {
        ArgumentNullException.ThrowIfNull(dataset, name);
        TensorShape shape = dataset.InputShape;
        TensorShape needed = TNetwork.InputShape;
        bool fits = shape == needed || (shape.Length == needed.Length && (shape.IsVector || needed.IsVector));
        if (!fits)
        {
            throw new ArgumentException(
                $"The dataset's inputs are {shape}; {_name} takes {needed}. Declare it with [Input] of the data's shape.", name);
        }

        if (dataset.ClassCount > 0)
        {
            _loss.RequireLabels();
            _loss.CheckClassCount(dataset.ClassCount);
        }
        else
        {
            _loss.RequireTargets();
            if (dataset.TargetLength != _plan.OutputLength)
            {
                throw new ArgumentException(
                    $"The dataset has {dataset.TargetLength} targets an input; {_name} has {_plan.OutputLength} outputs. "
                    + $"Declare its last layer with {dataset.TargetLength} outputs.",
                    name);
            }
        }
    }
}
