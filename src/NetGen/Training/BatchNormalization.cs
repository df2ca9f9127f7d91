using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using NetGen.CompilerServices;

namespace NetGen;

/// <summary>The arena of a micro-batch.</summary>
internal delegate ReadOnlySpan<float> ArenaOf(int microBatch);

/// <summary>
/// Merges the statistics of a batch's images, in the images' order and in double, so that they depend neither on the micro-batches nor on who
/// ran them (Chan, Golub and LeVeque, 1979), and keeps the running averages.
/// </summary>
internal sealed class BatchNormalization(BatchNormalizationPlan plan, int microBatch)
{
    private readonly int _stride = AlignedBuffer.RoundUp(plan.Channels);
    private readonly double[] _mean = new double[plan.Channels];
    private readonly double[] _variance = new double[plan.Channels];
    private readonly double[] _sum = new double[plan.Channels];
    private readonly double[] _productSum = new double[plan.Channels];
    private long _count;

    // The rows of the statistics that kernels read, each of _stride floats.
    private enum Row
    {
        Scale,
        Shift,
        Mean,
        InverseDeviation,
        GradientFactor,
        GradientShift,
    }

    /// <summary>Rows of the statistics.</summary>
    public const int Rows = 6;

    /// <summary>Whether a batch has a variance.</summary>
    /// <exception cref="InvalidOperationException">Each channel has one value only.</exception>
    public void RequireVariance(int images)
    {
        if (images * (long)plan.Pixels < 2)
        {
            throw new InvalidOperationException(
                $"{plan.Layer} normalises each channel over the batch, and a batch of 1 image with 1 pixel has one value a channel. Train with larger batches.");
        }
    }

    /// <summary>Makes the batch's mean and variance of its images', and of them what the second half of the forward pass reads.</summary>
    /// <param name="arenas">The arenas that the first half has left.</param>
    /// <param name="images">Images of the batch.</param>
    /// <param name="parameters">The parameter block.</param>
    /// <param name="packed">What all micro-batches read.</param>
    public void MergeForward(ArenaOf arenas, int images, ref float parameters, ref float packed)
    {
        Array.Clear(_mean);
        Array.Clear(_variance);
        _count = 0;
        for (int image = 0; image < images; image++)
        {
            ReadOnlySpan<float> partials = PartialsOf(arenas, image, plan.ForwardPartials);
            double share = plan.Pixels / (double)(_count + plan.Pixels);
            for (int c = 0; c < plan.Channels; c++)
            {
                double delta = partials[c] - _mean[c];
                _mean[c] += delta * share;
                _variance[c] += partials[_stride + c] + (delta * delta * _count * share);
            }

            _count += plan.Pixels;
        }

        Span<float> scale = RowOf(ref packed, Row.Scale), shift = RowOf(ref packed, Row.Shift);
        Span<float> mean = RowOf(ref packed, Row.Mean), inverse = RowOf(ref packed, Row.InverseDeviation);
        for (int c = 0; c < plan.Channels; c++)
        {
            _variance[c] /= _count;
            double deviation = Math.Sqrt(_variance[c] + plan.Epsilon);
            double factor = At(ref parameters, plan.Weight, c, 1) / deviation;
            scale[c] = (float)factor;
            shift[c] = (float)(At(ref parameters, plan.Bias, c, 0) - (_mean[c] * factor));
            mean[c] = (float)_mean[c];
            inverse[c] = (float)(1 / deviation);
        }
    }

    /// <summary>
    /// Adds up what the first half of the backward pass has left, and makes of it what the second reads: the gradient of x is
    /// scale · dy + factor · x + shift.
    /// </summary>
    /// <param name="arenas">The arenas that the first half has left.</param>
    /// <param name="images">Images of the batch.</param>
    /// <param name="parameters">The parameter block.</param>
    /// <param name="packed">What all micro-batches read.</param>
    public void MergeBackward(ArenaOf arenas, int images, ref float parameters, ref float packed)
    {
        Array.Clear(_sum);
        Array.Clear(_productSum);
        for (int image = 0; image < images; image++)
        {
            ReadOnlySpan<float> partials = PartialsOf(arenas, image, plan.BackwardPartials);
            for (int c = 0; c < plan.Channels; c++)
            {
                _sum[c] += partials[c];
                _productSum[c] += partials[_stride + c];
            }
        }

        Span<float> factor = RowOf(ref packed, Row.GradientFactor), shift = RowOf(ref packed, Row.GradientShift);
        for (int c = 0; c < plan.Channels; c++)
        {
            double inverse = 1 / Math.Sqrt(_variance[c] + plan.Epsilon);
            double scale = At(ref parameters, plan.Weight, c, 1) * inverse;
            double slope = -scale * inverse * _productSum[c] / _count;
            factor[c] = (float)slope;
            shift[c] = (float)((-scale * _sum[c] / _count) - (slope * _mean[c]));
        }
    }

    /// <summary>Moves the running averages towards the batch's, the variance without bias, as PyTorch does.</summary>
    /// <param name="parameters">The parameter block.</param>
    public void UpdateRunningAverages(ref float parameters)
    {
        double unbias = _count / (double)(_count - 1);
        for (int c = 0; c < plan.Channels; c++)
        {
            Follow(ref Unsafe.Add(ref parameters, plan.RunningMean + c), _mean[c]);
            Follow(ref Unsafe.Add(ref parameters, plan.RunningVariance + c), _variance[c] * unbias);
        }

        void Follow(ref float average, double value) => average = (float)(((1 - plan.Momentum) * average) + (plan.Momentum * value));
    }

    private ReadOnlySpan<float> PartialsOf(ArenaOf arenas, int image, int place) =>
        arenas(image / microBatch).Slice(place + (image % microBatch * 2 * _stride), 2 * _stride);

    /// <summary>A row of the statistics, zero behind the last channel.</summary>
    private Span<float> RowOf(ref float packed, Row row)
    {
        Span<float> values = MemoryMarshal.CreateSpan(ref Unsafe.Add(ref packed, plan.Statistics + ((int)row * _stride)), _stride);
        values[plan.Channels..].Clear();
        return values;
    }

    private static double At(ref float parameters, int place, int channel, double otherwise) =>
        place == NormalizationFolding.None ? otherwise : Unsafe.Add(ref parameters, place + channel);
}
