using NetGen.CompilerServices;

namespace NetGen.Tests.Numerics;

/// <summary>A part of a batch in fenced memory of its own.</summary>
internal sealed class MicroBatch : IDisposable
{
    private MicroBatch(ReadOnlySpan<float> images, int first, int count, TrainingPlan plan)
    {
        (First, Count) = (first, count);
        Images = FencedMemory.Of(images);
        InputGradients = new FencedMemory(plan.HasInputGradients ? images.Length : 0);
        Arena = new FencedMemory(AlignedBuffer.RoundUp(plan.ArenaFloats));
        Arena.Span.Fill(float.NaN);
    }

    /// <summary>Index of the first image in the batch.</summary>
    public int First { get; }

    public int Count { get; }

    public FencedMemory Images { get; }

    public FencedMemory InputGradients { get; }

    public FencedMemory Arena { get; }

    /// <summary>A batch in parts as large as the network plans them, the last one as large as what is left.</summary>
    public static MicroBatch[] Split<TNetwork>(ReadOnlySpan<float> images, int count)
        where TNetwork : class, ITrainableNetwork<TNetwork>
    {
        TrainingPlan plan = TNetwork.TrainingPlan;
        var parts = new List<MicroBatch>();
        for (int first = 0; first < count; first += plan.MicroBatch)
        {
            int part = Math.Min(plan.MicroBatch, count - first);
            parts.Add(new MicroBatch(images.Slice(first * TNetwork.InputLength, part * TNetwork.InputLength), first, part, plan));
        }

        return [.. parts];
    }

    public void Check()
    {
        Images.Check();
        InputGradients.Check();
        Arena.Check();
    }

    public void Dispose()
    {
        Images.Dispose();
        InputGradients.Dispose();
        Arena.Dispose();
    }
}
