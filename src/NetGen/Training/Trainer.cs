using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using NetGen.CompilerServices;

namespace NetGen;

/// <summary>
/// Trains a network: whole epochs with <see cref="Fit"/>, or step by step in a loop of the caller's own. Same seed, data and instruction
/// set give the same bits, whatever the degree of parallelism. Once warm a step allocates nothing.
/// </summary>
/// <remarks>
/// A trainer serves one caller at a time. While it runs, nothing else may use the network: no prediction, and no other trainer of the
/// same network (two trainers may take turns). With a degree of parallelism above 1 it
/// owns threads, which end with <see cref="Dispose"/> or when the trainer is collected.
/// </remarks>
/// <typeparam name="TNetwork">The network class.</typeparam>
public sealed partial class Trainer<TNetwork> : IDisposable
    where TNetwork : class, ITrainableNetwork<TNetwork>
{
    private readonly string _name;
    private readonly TrainerOptions _options;
    private readonly TrainingPlan _plan = TNetwork.TrainingPlan;
    private readonly LossEvaluator _loss;
    private readonly WorkerTeam _team;
    private readonly TrainingEngine<TNetwork> _engine;
    private bool _hasGradients;
    private volatile bool _disposed;
    private int _busy;

    /// <summary>Makes a trainer, with the memory it needs.</summary>
    /// <param name="network">The network to train.</param>
    /// <param name="optimizer">An optimizer of this trainer's own.</param>
    /// <param name="options">How to work; null for the defaults.</param>
    /// <exception cref="InvalidOperationException">The optimizer belongs to another trainer, or its properties contradict each other.</exception>
    public Trainer(TNetwork network, Optimizer optimizer, TrainerOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(optimizer);
        Network = network;
        Optimizer = optimizer;
        _options = options ?? new TrainerOptions();
        NetworkState state = network.State;
        _name = state.Definition.Name;
        optimizer.Attach(state.Definition.TrainedFloats);
        _loss = new LossEvaluator(_name, _plan);
        _team = new WorkerTeam(_options.DegreeOfParallelism);
        _engine = new TrainingEngine<TNetwork>(state, _loss, optimizer, _team, _options.Seed);
        Gradients = new ParameterSet(state.Definition.TrainedParameters, new ParameterStorage { Buffer = _engine.Gradients });
    }

    /// <summary>The network in training.</summary>
    public TNetwork Network { get; }

    /// <summary>The optimizer.</summary>
    public Optimizer Optimizer { get; }

    /// <summary>Number of optimizer steps so far.</summary>
    public long StepCount => _engine.Updates;

    /// <summary>
    /// The gradients of the last batch's mean loss, with the names, shapes and layouts of the parameters. They may be changed before
    /// <see cref="Update"/>, for instance clipped.
    /// </summary>
    public ParameterSet Gradients { get; }

    /// <summary>The gradient of the last batch's mean loss by its images, [count × InputLength]; valid until the next batch.</summary>
    /// <exception cref="InvalidOperationException">The network is not declared with <c>[Network(InputGradients = true)]</c>.</exception>
    public ReadOnlySpan<float> InputGradients => _plan.HasInputGradients
        ? _engine.InputGradients
        : throw new InvalidOperationException(
            $"{_name} computes no input gradients. Declare it with [Network(InputGradients = true)].");

    /// <summary>Trains on one batch of labelled images.</summary>
    /// <param name="images">[count × InputLength].</param>
    /// <param name="labels">[count], from 0 to below the number of classes.</param>
    /// <returns>The mean loss before the step.</returns>
    /// <exception cref="ArgumentException">The lengths do not fit each other, or a label is out of range.</exception>
    /// <exception cref="InvalidOperationException">The network's loss takes float targets, or another call is using the trainer.</exception>
    /// <exception cref="NotFiniteNumberException">The loss is not finite; the parameters are as they were.</exception>
    public float Step(ReadOnlySpan<float> images, ReadOnlySpan<int> labels) => (float)Run(LabelledBatch(images, labels), update: true);

    /// <summary>Trains on one batch of images with float targets.</summary>
    /// <param name="images">[count × InputLength].</param>
    /// <param name="targets">[count × OutputLength].</param>
    /// <returns>The mean loss before the step.</returns>
    /// <exception cref="ArgumentException">The lengths do not fit each other.</exception>
    /// <exception cref="InvalidOperationException">The network's loss takes labels, or another call is using the trainer.</exception>
    /// <exception cref="NotFiniteNumberException">The loss is not finite; the parameters are as they were.</exception>
    public float Step(ReadOnlySpan<float> images, ReadOnlySpan<float> targets) => (float)Run(TargetBatch(images, targets), update: true);

    /// <summary>Runs one batch of labelled images forward and backward and leaves the gradients in <see cref="Gradients"/>.</summary>
    /// <param name="images">[count × InputLength].</param>
    /// <param name="labels">[count], from 0 to below the number of classes.</param>
    /// <returns>The mean loss.</returns>
    /// <exception cref="ArgumentException">The lengths do not fit each other, or a label is out of range.</exception>
    /// <exception cref="InvalidOperationException">The network's loss takes float targets, or another call is using the trainer.</exception>
    public float ComputeGradients(ReadOnlySpan<float> images, ReadOnlySpan<int> labels) =>
        (float)Run(LabelledBatch(images, labels), update: false);

    /// <summary>Runs one batch of images with float targets forward and backward and leaves the gradients in <see cref="Gradients"/>.</summary>
    /// <param name="images">[count × InputLength].</param>
    /// <param name="targets">[count × OutputLength].</param>
    /// <returns>The mean loss.</returns>
    /// <exception cref="ArgumentException">The lengths do not fit each other.</exception>
    /// <exception cref="InvalidOperationException">The network's loss takes labels, or another call is using the trainer.</exception>
    public float ComputeGradients(ReadOnlySpan<float> images, ReadOnlySpan<float> targets) =>
        (float)Run(TargetBatch(images, targets), update: false);

    /// <summary>Runs one batch forward and backward with a loss of the caller's own and leaves the gradients in <see cref="Gradients"/>.</summary>
    /// <param name="images">[count × InputLength].</param>
    /// <param name="loss">The loss of one image; what it throws reaches the caller.</param>
    /// <returns>The mean loss.</returns>
    /// <exception cref="ArgumentException"><paramref name="images"/> is not a whole number of images.</exception>
    /// <exception cref="InvalidOperationException">Another call is using the trainer.</exception>
    public float ComputeGradients(ReadOnlySpan<float> images, LossFunction loss)
    {
        ArgumentNullException.ThrowIfNull(loss);
        int count = images.Length / TNetwork.InputLength;
        CheckImages(images, count);
        return (float)Run(new Batch(count, images) { Loss = loss }, update: false);
    }

    /// <summary>One optimizer step with the gradients of the last batch.</summary>
    /// <exception cref="InvalidOperationException">
    /// There was no batch yet, the schedule's factor is not finite or negative, or another call is using the trainer.
    /// </exception>
    /// <exception cref="NotFiniteNumberException">The last batch's loss is not finite; the parameters are as they were.</exception>
    public void Update()
    {
        if (!_hasGradients)
        {
            throw new InvalidOperationException("There are no gradients yet. Call ComputeGradients before Update, or Step for both.");
        }

        Enter();
        try
        {
            _engine.Update(LearningRate());
        }
        finally
        {
            Exit();
        }
    }

    /// <summary>Ends the trainer's threads. Where a call is using the trainer, that call completes and ends them then.</summary>
    public void Dispose()
    {
        _disposed = true;
        EndIfIdle();
    }

    private double Run(in Batch batch, bool update)
    {
        Enter();
        try
        {
            float? learningRate = update ? LearningRate() : null;
            _hasGradients = false;
            double loss = _engine.Run(batch, learningRate);
            _hasGradients = true;
            return loss;
        }
        finally
        {
            Exit();
        }
    }

    private float LearningRate()
    {
        if (_options.Schedule is not { } schedule)
        {
            return Optimizer.LearningRate;
        }

        double factor = schedule.Factor(_engine.Updates);
        float rate = (float)(Optimizer.LearningRate * factor);
        if (!(factor >= 0) || !float.IsFinite(rate))
        {
            ThrowImpossibleFactor(schedule, factor);
        }

        return rate;
    }

    private Batch LabelledBatch(ReadOnlySpan<float> images, ReadOnlySpan<int> labels)
    {
        _loss.RequireLabels();
        CheckImages(images, labels.Length);
        _loss.CheckLabels(labels);
        return new Batch(labels.Length, images) { Labels = labels };
    }

    private Batch TargetBatch(ReadOnlySpan<float> images, ReadOnlySpan<float> targets)
    {
        _loss.RequireTargets();
        int count = targets.Length / _plan.OutputLength;
        if (count * _plan.OutputLength != targets.Length)
        {
            throw new ArgumentException(
                $"{_name} has {_plan.OutputLength} outputs, and {targets.Length} targets are not a whole number of rows. "
                + $"Pass targets of count × {_plan.OutputLength}.",
                nameof(targets));
        }

        CheckImages(images, count);
        return new Batch(count, images) { Targets = targets };
    }

    private void CheckImages(ReadOnlySpan<float> images, int count)
    {
        if (count == 0)
        {
            throw new ArgumentException($"The batch is empty. Pass at least one image of {TNetwork.InputLength} values.", nameof(images));
        }

        if (images.Length != (long)count * TNetwork.InputLength)
        {
            throw new ArgumentException(
                $"{_name} takes images of {TNetwork.InputLength} values ({TNetwork.InputShape}): "
                + $"{count} of them are {(long)count * TNetwork.InputLength}; the batch has {images.Length}.",
                nameof(images));
        }
    }

    private void Enter()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (Interlocked.Exchange(ref _busy, 1) != 0)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            ThrowBusy();
        }
    }

    private void Exit()
    {
        // A full fence: either Dispose sees that nobody is busy any more, or this sees that it was called.
        Interlocked.Exchange(ref _busy, 0);
        if (_disposed)
        {
            EndIfIdle();
        }
    }

    /// <summary>Ends the threads unless a call is using them. Whoever ends them stays busy: no call follows.</summary>
    private void EndIfIdle()
    {
        if (Interlocked.Exchange(ref _busy, 1) == 0)
        {
            _team.Dispose();
        }
    }

    [DoesNotReturn]
    private void ThrowImpossibleFactor(LearningRateSchedule schedule, double factor) => throw new InvalidOperationException(
        string.Create(
            CultureInfo.InvariantCulture,
            $"The learning-rate schedule {schedule.GetType().Name} gives step {_engine.Updates} the factor {factor}. ")
        + "A factor must be 0 or positive and leave the learning rate finite; steps count from 0. The parameters are as they were.");

    [DoesNotReturn]
    private static void ThrowBusy() => throw new InvalidOperationException(
        "Another call is using this trainer. A trainer serves one call at a time; for more threads set TrainerOptions.DegreeOfParallelism.");
}
