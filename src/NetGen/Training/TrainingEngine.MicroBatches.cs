using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using NetGen.CompilerServices;

namespace NetGen;

/// <content>
/// The passes of micro-batches. A micro-batch runs forward, then its loss, then backward, and its worker goes on to the next; with batch
/// normalisation all of them are through one phase of a pass before any begins the next, each in memory of its own.
/// </content>
internal sealed partial class TrainingEngine<TNetwork>
{
    private enum Pass
    {
        ForwardAndBackward,
        Forward,
        Backward,
    }

    private void RunMicroBatches(in Batch batch)
    {
        if (_shardWorkers > 1)
        {
            _copy.Store(batch);
        }

        if (_normalizations.Length == 0)
        {
            Run(Pass.ForwardAndBackward, 0, batch);
        }
        else
        {
            RunForward(batch);
            RunBackward(batch);
        }

        LossSum = 0;
        Correct = 0;
        for (int i = 0; i < _microBatchCount; i++)
        {
            LossSum += _losses[i];
            Correct += _correct[i];
        }
    }

    private void RunForward(in Batch batch)
    {
        for (int phase = 0; phase < _normalizations.Length; phase++)
        {
            Run(Pass.Forward, phase, batch);
            _normalizations[phase].MergeForward(_arenaOf, _imageCount, ref _state.Parameters, ref _packed.Reference);
        }

        Run(Pass.Forward, _normalizations.Length, batch);
    }

    private void RunBackward(in Batch batch)
    {
        for (int phase = 0; phase < _normalizations.Length; phase++)
        {
            Run(Pass.Backward, phase, batch);
            _normalizations[^(phase + 1)].MergeBackward(_arenaOf, _imageCount, ref _state.Parameters, ref _packed.Reference);
        }

        Run(Pass.Backward, _normalizations.Length, batch);
    }

    /// <summary>The averages follow a batch whose loss is finite; another one's statistics would spoil them for good.</summary>
    private void UpdateRunningAverages()
    {
        if (_normalizations.Length > 0 && double.IsFinite(_meanLoss))
        {
            foreach (BatchNormalization normalization in _normalizations)
            {
                normalization.UpdateRunningAverages(ref _state.Parameters);
            }

            _state.MarkParametersChanged();
        }
    }

    /// <summary>One arena a worker, or with batch normalisation one a micro-batch.</summary>
    private void RequireArenas(int microBatches)
    {
        int count = _normalizations.Length > 0 ? microBatches : _shardWorkers, before = _arenas.Length;
        if (before < count)
        {
            Array.Resize(ref _arenas, count);
            for (int i = before; i < count; i++)
            {
                _arenas[i] = new AlignedBuffer(_plan.ArenaFloats);
            }
        }
    }

    private void Run(Pass pass, int phase, in Batch batch)
    {
        _pass = pass;
        _passPhase = phase;
        _nextShard = 0;
        if (_shardWorkers == 1)
        {
            RunShards(0, batch);
        }
        else
        {
            RunOnTeam(Phase.MicroBatches);
        }
    }

    private void RunShards(int worker, in Batch batch)
    {
        // Whoever is free takes the next buffer: what lands in it does not depend on who fills it.
        for (int shard = Interlocked.Increment(ref _nextShard) - 1; shard < _shardCount; shard = Interlocked.Increment(ref _nextShard) - 1)
        {
            if (_pass != Pass.Forward && _passPhase == 0)
            {
                _shards[shard].Span.Clear();
            }

            for (int i = shard; i < _microBatchCount; i += _shardCount)
            {
                RunMicroBatch(worker, batch, i, ref _shards[shard].Reference);
            }
        }
    }

    private void RunMicroBatch(int worker, in Batch batch, int index, ref float gradients)
    {
        int first = index * _plan.MicroBatch;
        int count = Math.Min(_plan.MicroBatch, batch.Count - first);
        int firstValue = first * TNetwork.InputLength;
        AlignedBuffer arena = _arenas[_normalizations.Length > 0 ? index : worker];
        ref float inputGradients = ref _plan.HasInputGradients
            ? ref Unsafe.Add(ref _inputGradients.Reference, firstValue)
            : ref Unsafe.NullRef<float>();
        TrainingFrame frame = new(
            ref Unsafe.Add(ref MemoryMarshal.GetReference(batch.Images), firstValue),
            ref _state.Parameters,
            ref _packed.Reference,
            ref gradients,
            ref arena.Reference,
            ref inputGradients,
            count,
            first,
            _dropoutKey,
            _passPhase);
        if (_pass != Pass.Backward)
        {
            TNetwork.ForwardForTraining(frame);
            if (_passPhase == _normalizations.Length)
            {
                (_losses[index], _correct[index]) = EvaluateLoss(arena.Span, _outputGradients[worker], batch, first, count);
            }
        }

        if (_pass != Pass.Forward)
        {
            TNetwork.BackwardForTraining(frame);
        }
    }

    private (double Loss, int Correct) EvaluateLoss(Span<float> arena, float[] derivatives, in Batch batch, int first, int count)
    {
        double scale = 1.0 / batch.Count;
        double loss = 0;
        int correct = 0;
        for (int i = 0; i < count; i++)
        {
            Span<float> output = arena.Slice(_plan.OutputOffset + i * _plan.OutputStride, _plan.OutputLength);
            Span<float> gradient = arena.Slice(_plan.OutputGradientOffset + i * _plan.OutputStride, _plan.OutputLength);
            int image = first + i;
            if (batch.Loss is not null)
            {
                loss += EvaluateOwnLoss(batch.Loss, image, output, derivatives, scale, gradient);
            }
            else if (!batch.Labels.IsEmpty)
            {
                correct += _loss.IsCorrect(output, batch.Labels[image]) ? 1 : 0;
                loss += _loss.Evaluate(output, batch.Labels[image], scale, gradient);
            }
            else
            {
                loss += _loss.Evaluate(output, batch.Targets.Slice(image * _plan.OutputLength, _plan.OutputLength), scale, gradient);
            }
        }

        return (loss, correct);
    }

    private static double EvaluateOwnLoss(
        LossFunction function, int image, ReadOnlySpan<float> output, Span<float> derivatives, double scale, Span<float> gradient)
    {
        derivatives.Clear();
        double loss = function(image, output, derivatives);
        for (int i = 0; i < gradient.Length; i++)
        {
            gradient[i] = (float)(scale * derivatives[i]);
        }

        return loss;
    }
}
