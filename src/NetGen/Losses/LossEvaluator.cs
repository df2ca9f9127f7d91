using System.Runtime.InteropServices;
using NetGen.CompilerServices;

namespace NetGen;

/// <summary>
/// The declared loss of a network, image by image, in double precision. All methods return the image's own loss; the gradient is scaled
/// so that the batch's loss is the mean.
/// </summary>
internal sealed class LossEvaluator
{
    private readonly string _network;
    private readonly Loss _loss;
    private readonly double _smoothing;
    private readonly int _outputLength;
    private readonly bool _predictsProbabilities;

    public LossEvaluator(string network, TrainingPlan plan)
    {
        _network = network;
        _loss = plan.Loss;
        _smoothing = plan.LabelSmoothing;
        _outputLength = plan.OutputLength;
        _predictsProbabilities = plan.PredictsProbabilities;
    }

    /// <summary>Whether the loss compares outputs with targets and not classes, so that there is no accuracy.</summary>
    public bool IsRegression => _loss is Loss.MeanSquaredError or Loss.Huber or Loss.L1;

    private bool IsBinary => _loss == Loss.BinaryCrossEntropy && _outputLength == 1;

    private int ClassCount => IsBinary ? 2 : _outputLength;

    /// <summary>Throws unless the loss takes integer labels.</summary>
    public void RequireLabels()
    {
        if (IsRegression || (_loss == Loss.BinaryCrossEntropy && !IsBinary))
        {
            string kind = IsRegression ? "the regression loss" : $"the loss of {_outputLength} separate yes-or-no outputs,";
            throw new InvalidOperationException(
                $"{_network} trains with {kind} {_loss}, which takes float targets [count × {_outputLength}], not integer labels. "
                + "For classes end the network in [Softmax], or give it [Loss(Loss.CrossEntropy)].");
        }
    }

    /// <summary>Throws unless the loss takes float targets.</summary>
    public void RequireTargets()
    {
        if (_loss == Loss.MultiClassHinge)
        {
            throw new InvalidOperationException(
                $"{_network} trains with the loss {_loss}, which takes integer labels, not float targets. "
                + "For targets give the network another loss, such as [Loss(Loss.MeanSquaredError)].");
        }
    }

    /// <summary>Throws unless all labels are classes.</summary>
    public void CheckLabels(ReadOnlySpan<int> labels)
    {
        for (int i = 0; i < labels.Length; i++)
        {
            if ((uint)labels[i] >= (uint)ClassCount)
            {
                throw new ArgumentOutOfRangeException(
                    nameof(labels), labels[i],
                    $"The label of image {i} is {labels[i]}; {_network} has {ClassCount} classes, labelled 0 to {ClassCount - 1}.");
            }
        }
    }

    /// <summary>Throws where a dataset has more classes than the network.</summary>
    public void CheckClassCount(int classCount)
    {
        if (classCount > ClassCount)
        {
            throw new ArgumentException(
                $"The dataset has {classCount} classes; {_network} has {ClassCount}. Declare its last layer with {classCount} outputs.");
        }
    }

    /// <summary>Whether an image's outputs, before softmax or sigmoid, stand for its label.</summary>
    public bool IsCorrect(ReadOnlySpan<float> outputs, int label) =>
        (IsBinary ? (outputs[0] > 0 ? 1 : 0) : NetworkState.IndexOfGreatest(outputs)) == label;

    /// <summary>The loss of one image with a label, and its gradient. The gradient may overwrite the outputs.</summary>
    public double Evaluate(ReadOnlySpan<float> outputs, int label, double scale, Span<float> gradient)
    {
        switch (_loss)
        {
            case Loss.CrossEntropy:
                return CrossEntropy.Evaluate(outputs, label, _smoothing, scale, gradient);
            case Loss.MultiClassHinge:
                return MultiClassHinge.Evaluate(outputs, label, scale, gradient);
            default:
                float target = label;
                return Evaluate(outputs, MemoryMarshal.CreateReadOnlySpan(ref target, 1), scale, gradient);
        }
    }

    /// <summary>The loss of one image with targets, and its gradient. The gradient may overwrite the outputs.</summary>
    public double Evaluate(ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets, double scale, Span<float> gradient) => _loss switch
    {
        Loss.CrossEntropy => CrossEntropy.Evaluate(outputs, targets, _smoothing, scale, gradient),
        Loss.BinaryCrossEntropy => ElementwiseLoss.Evaluate<BinaryCrossEntropy>(outputs, targets, scale, gradient),
        Loss.MeanSquaredError => ElementwiseLoss.Evaluate<MeanSquaredError>(outputs, targets, scale, gradient),
        Loss.Huber => ElementwiseLoss.Evaluate<Huber>(outputs, targets, scale, gradient),
        Loss.L1 => ElementwiseLoss.Evaluate<AbsoluteError>(outputs, targets, scale, gradient),
        _ => throw new InvalidOperationException($"The loss {_loss} takes no float targets."),
    };

    /// <summary>The loss of one predicted image with a label.</summary>
    /// <param name="prediction">What the network predicts; overwritten.</param>
    /// <param name="label">The image's label.</param>
    public double OfPrediction(Span<float> prediction, int label)
    {
        if (_loss == Loss.CrossEntropy && _predictsProbabilities)
        {
            return CrossEntropy.OfProbabilities(prediction, label, _smoothing);
        }

        if (_loss != Loss.BinaryCrossEntropy)
        {
            return Evaluate(prediction, label, 1, prediction);
        }

        float target = label;
        return OfPrediction(prediction, MemoryMarshal.CreateReadOnlySpan(ref target, 1));
    }

    /// <summary>The loss of one predicted image with targets.</summary>
    /// <param name="prediction">What the network predicts; overwritten.</param>
    /// <param name="targets">The image's targets.</param>
    public double OfPrediction(Span<float> prediction, ReadOnlySpan<float> targets) => (_loss, _predictsProbabilities) switch
    {
        (Loss.CrossEntropy, true) => CrossEntropy.OfProbabilities(prediction, targets, _smoothing),
        (Loss.BinaryCrossEntropy, true) => BinaryCrossEntropy.OfProbabilities(prediction, targets),
        _ => Evaluate(prediction, targets, 1, prediction),
    };
}
