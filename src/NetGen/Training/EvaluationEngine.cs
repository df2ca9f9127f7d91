using NetGen.CompilerServices;

namespace NetGen;

/// <summary>Predicts batches in parallel and compares with their labels or targets.</summary>
internal sealed class EvaluationEngine<TNetwork> : IWorkerJob
    where TNetwork : class, ITrainableNetwork<TNetwork>
{
    private readonly TNetwork _network;
    private readonly NetworkState _state;
    private readonly LossEvaluator _loss;
    private readonly WorkerTeam _team;
    private readonly Workspace[] _workspaces;
    private readonly float[][] _outputs;
    private readonly int[] _correct;
    private readonly BatchCopy _copy = new();
    private double[] _losses = [];

    public EvaluationEngine(TNetwork network, LossEvaluator loss, WorkerTeam team)
    {
        _network = network;
        _state = network.State;
        _loss = loss;
        _team = team;
        _workspaces = new Workspace[team.Size];
        _outputs = new float[team.Size][];
        _correct = new int[team.Size];
        for (int i = 0; i < team.Size; i++)
        {
            _workspaces[i] = Workspace.For<TNetwork>();
            _outputs[i] = new float[TNetwork.OutputLength];
        }
    }

    /// <summary>Predicts a batch.</summary>
    /// <returns>The sum of the losses, in the order of the images, and the number of images classified rightly.</returns>
    public (double LossSum, int Correct) Run(in Batch batch)
    {
        if (_losses.Length < batch.Count)
        {
            _losses = new double[batch.Count];
        }

        if (_team.Size == 1)
        {
            Predict(0, batch);
        }
        else
        {
            _copy.Store(batch);
            _team.Run(this);
        }

        double lossSum = 0;
        for (int i = 0; i < batch.Count; i++)
        {
            lossSum += _losses[i];
        }

        int correct = 0;
        foreach (int ofWorker in _correct)
        {
            correct += ofWorker;
        }

        return (lossSum, correct);
    }

    void IWorkerJob.Run(int worker) => Predict(worker, _copy.Batch);

    private void Predict(int worker, in Batch batch)
    {
        int inputLength = TNetwork.InputLength;
        int outputLength = TNetwork.OutputLength;
        Span<float> output = _outputs[worker];
        int correct = 0;
        int end = (int)((long)batch.Count * (worker + 1) / _team.Size);
        for (int i = (int)((long)batch.Count * worker / _team.Size); i < end; i++)
        {
            _network.Predict(batch.Images.Slice(i * inputLength, inputLength), output, _workspaces[worker]);
            if (batch.Labels.IsEmpty)
            {
                _losses[i] = _loss.OfPrediction(output, batch.Targets.Slice(i * outputLength, outputLength));
            }
            else
            {
                correct += _state.PredictedClass(output) == batch.Labels[i] ? 1 : 0;
                _losses[i] = _loss.OfPrediction(output, batch.Labels[i]);
            }
        }

        _correct[worker] = correct;
    }
}
