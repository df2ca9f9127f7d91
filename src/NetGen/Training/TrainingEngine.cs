using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using NetGen.CompilerServices;

namespace NetGen;

/// <summary>
/// Runs batches: micro-batches in parallel, each adding to the gradient buffer its number decides, then the sum of the buffers, then the
/// optimizer, the last two with every worker. What is added to what, and in which order, depends on the batch's size and the network's shape
/// only.
/// </summary>
internal sealed partial class TrainingEngine<TNetwork> : IWorkerJob
    where TNetwork : class, ITrainableNetwork<TNetwork>
{
    // Streams of a seed: parameters have the first ones, the data loader's epochs those from 2⁴⁰ on.
    private const ulong DropoutStream = 1UL << 41;

    private readonly NetworkState _state;
    private readonly TrainingPlan _plan = TNetwork.TrainingPlan;
    private readonly LossEvaluator _loss;
    private readonly Optimizer _optimizer;
    private readonly WorkerTeam _team;
    private readonly int _shardWorkers;
    private readonly BatchNormalization[] _normalizations;
    private readonly ArenaOf _arenaOf;
    private readonly float[][] _outputGradients;
    private readonly AlignedBuffer _packed;
    private readonly GradientShards _shards;
    private readonly BatchCopy _copy = new();
    private readonly ulong _dropoutSeed;
    private AlignedBuffer[] _arenas = [];
    private AlignedBuffer _inputGradients = new(0);
    private double[] _losses = [];
    private int[] _correct = [];
    private Phase _phase;
    private Pass _pass;
    private int _passPhase;
    private int _imageCount;
    private int _microBatchCount;
    private int _shardCount;
    private int _nextShard;
    private ulong _dropoutKey;
    private ulong _batches;
    private float _learningRate;
    private double _meanLoss;

    public TrainingEngine(NetworkState state, LossEvaluator loss, Optimizer optimizer, WorkerTeam team, int seed)
    {
        _state = state;
        _loss = loss;
        _optimizer = optimizer;
        _team = team;
        _shardWorkers = Math.Min(team.Size, _plan.GradientShards);
        _normalizations = Array.ConvertAll(_plan.Normalizations, plan => new BatchNormalization(plan, _plan.MicroBatch));
        _arenaOf = microBatch => _arenas[microBatch].Span;
        _outputGradients = new float[_shardWorkers][];
        for (int i = 0; i < _shardWorkers; i++)
        {
            _outputGradients[i] = new float[_plan.OutputLength];
        }

        RequireArenas(microBatches: 1);

        _packed = new AlignedBuffer(_plan.PackedFloats);
        _shards = new GradientShards(_plan.GradientShards, state.Definition.TrainedFloats);
        _dropoutSeed = CounterRandom.Key(seed, DropoutStream);
    }

    private enum Phase
    {
        MicroBatches,
        Sum,
        Update,
    }

    /// <summary>The gradients of the last batch.</summary>
    public AlignedBuffer Gradients => _shards.Sum;

    /// <summary>The gradients of the last batch's images.</summary>
    public ReadOnlySpan<float> InputGradients => _inputGradients.Span[..(_plan.HasInputGradients ? _imageCount * TNetwork.InputLength : 0)];

    /// <summary>Number of updates so far.</summary>
    public long Updates { get; private set; }

    /// <summary>Sum of the last batch's losses.</summary>
    public double LossSum { get; private set; }

    /// <summary>Number of images of the last batch whose greatest output was their label's.</summary>
    public int Correct { get; private set; }

    /// <summary>Runs a batch forward and backward.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="learningRate">If given, the parameters are updated too, with this rate.</param>
    /// <returns>The mean loss.</returns>
    /// <exception cref="NotFiniteNumberException">The parameters were to be updated, but the loss is not finite.</exception>
    public double Run(in Batch batch, float? learningRate)
    {
        Prepare(batch.Count);
        if (_plan.PackedFloats > 0)
        {
            TNetwork.PackForTraining(ref _state.Parameters, ref _packed.Reference);
        }

        try
        {
            // Workers that compute no gradients would spin all that time for nothing; they are woken once there is something to sweep.
            if (_shardWorkers == _team.Size)
            {
                _team.Begin();
            }

            RunMicroBatches(batch);
            _team.Begin();
            _meanLoss = LossSum / batch.Count;
            UpdateRunningAverages();
            if (learningRate is float rate)
            {
                RequireFiniteLoss(rate);
            }

            RunOnTeam(Phase.Sum);
            if (learningRate.HasValue)
            {
                Update(learningRate.Value);
            }

            return _meanLoss;
        }
        finally
        {
            _team.End();
            _copy.Clear();
        }
    }

    /// <summary>Updates the parameters with the last batch's gradients.</summary>
    /// <exception cref="NotFiniteNumberException">The last batch's loss is not finite.</exception>
    public void Update(float learningRate)
    {
        RequireFiniteLoss(learningRate);
        _learningRate = learningRate;
        Updates++;
        _state.MarkParametersChanged();
        RunOnTeam(Phase.Update);
    }

    void IWorkerJob.Run(int worker)
    {
        switch (_phase)
        {
            case Phase.MicroBatches:
                // More workers than gradient buffers have no memory for a frame; they take part in the sweeps over the parameters.
                if (worker < _shardWorkers)
                {
                    RunShards(worker, _copy.Batch);
                }

                break;
            case Phase.Sum:
                (int start, int end) = Slice(worker);
                _shards.Add(_shardCount, start, end);
                break;
            default:
                (start, end) = Slice(worker);
                _optimizer.Update(ref _state.Parameters, ref Gradients.Reference, start, end, _learningRate, Updates);
                break;
        }
    }

    private void Prepare(int count)
    {
        _imageCount = count;
        _microBatchCount = (count - 1) / _plan.MicroBatch + 1;
        _shardCount = Math.Min(_plan.GradientShards, _microBatchCount);
        _dropoutKey = CounterRandom.Bits(_dropoutSeed, _batches++);
        _shards.Require(_shardCount);
        RequireArenas(_microBatchCount);
        foreach (BatchNormalization normalization in _normalizations)
        {
            normalization.RequireVariance(count);
        }

        if (_losses.Length < _microBatchCount)
        {
            _losses = new double[_microBatchCount];
            _correct = new int[_microBatchCount];
        }

        if (_plan.HasInputGradients && _inputGradients.Length < count * TNetwork.InputLength)
        {
            _inputGradients = new AlignedBuffer(count * TNetwork.InputLength);
        }
    }

    private void RunOnTeam(Phase phase)
    {
        _phase = phase;
        _team.Run(this);
    }

    private void RequireFiniteLoss(float learningRate)
    {
        if (!double.IsFinite(_meanLoss))
        {
            throw new NotFiniteNumberException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The loss is {_meanLoss} in step {Updates + 1}: an input or target is not finite, or training has diverged. ")
                + "The parameters are as they were before this step. "
                + string.Create(
                    CultureInfo.InvariantCulture,
                    $"Check the data, lower the optimizer's LearningRate (now {learningRate}), or scale the inputs to about -1 to 1."),
                _meanLoss);
        }
    }

    /// <summary>A worker's part of the parameter block, in whole cache lines.</summary>
    private (int Start, int End) Slice(int worker)
    {
        long lines = AlignedBuffer.RoundUp(Gradients.Length) / AlignedBuffer.AlignmentFloats;
        int start = (int)(lines * worker / _team.Size) * AlignedBuffer.AlignmentFloats;
        int end = (int)(lines * (worker + 1) / _team.Size) * AlignedBuffer.AlignmentFloats;
        return (start, Math.Min(end, Gradients.Length));
    }
}
