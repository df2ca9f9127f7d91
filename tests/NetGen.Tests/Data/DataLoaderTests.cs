using Xunit;

namespace NetGen.Tests.Data;

public sealed class DataLoaderTests
{
    // Sample i has the input (i, −i) and the label i.
    private static ArrayDataset Numbers(int count) =>
        new(new TensorShape(2), [.. Enumerable.Range(0, count).SelectMany(i => new float[] { i, -i })], [.. Enumerable.Range(0, count)], count);

    [Fact]
    public void Batches_cover_the_dataset_and_the_last_holds_what_is_left()
    {
        var loader = new DataLoader(Numbers(10), 4, shuffle: false);
        Assert.Equal(3, loader.BatchCount);

        var counts = new List<int>();
        var labels = new List<int>();
        loader.BeginEpoch(0);
        while (loader.MoveNext())
        {
            counts.Add(loader.Count);
            labels.AddRange(loader.Labels);
            Assert.Equal(2 * loader.Count, loader.Inputs.Length);
            Assert.True(loader.Targets.IsEmpty);
            for (int i = 0; i < loader.Count; i++)
            {
                Assert.Equal(loader.Indices[i], loader.Labels[i]);
                Assert.Equal((loader.Labels[i], -loader.Labels[i]), (loader.Inputs[2 * i], loader.Inputs[2 * i + 1]));
            }
        }
        Assert.Equal([4, 4, 2], counts);
        Assert.Equal(Enumerable.Range(0, 10), labels);
        Assert.Equal(0, loader.Count);
        Assert.False(loader.MoveNext());
    }

    [Theory]
    [InlineData(10, 4, 2, 8)]
    [InlineData(8, 4, 2, 8)]
    [InlineData(4, 4, 1, 4)]
    public void The_last_batch_can_be_dropped(int count, int batchSize, int batches, int samples)
    {
        var loader = new DataLoader(Numbers(count), batchSize, dropLast: true);
        Assert.Equal(batches, loader.BatchCount);
        Assert.Equal(samples, Epoch(loader, 0).Count);
    }

    [Fact]
    public void Every_epoch_is_a_permutation_decided_by_seed_and_epoch()
    {
        DataLoader loader = new(Numbers(50), 7, seed: 3), again = new(Numbers(50), 20, seed: 3), other = new(Numbers(50), 7, seed: 4);

        List<int> first = Epoch(loader, 0), second = Epoch(loader, 1);
        Assert.Equal(Enumerable.Range(0, 50), first.Order());
        Assert.Equal(Enumerable.Range(0, 50), second.Order());
        Assert.NotEqual(Enumerable.Range(0, 50), first);
        Assert.NotEqual(first, second);
        // The order depends neither on the epochs walked before nor on the batch size.
        Assert.Equal(second, Epoch(again, 1));
        Assert.Equal(first, Epoch(again, 0));
        Assert.NotEqual(first, Epoch(other, 0));
    }

    [Fact]
    public void Shuffling_is_the_same_on_every_machine() =>
        Assert.Equal([0, 4, 5, 9, 6, 8, 7, 1, 3, 2], Epoch(new DataLoader(Numbers(10), 3, seed: 1), 2));

    [Fact]
    public void Shuffling_prefers_no_place()
    {
        var loader = new DataLoader(Numbers(5), 5);
        var counts = new int[5, 5];
        const int epochs = 5000;
        for (int epoch = 0; epoch < epochs; epoch++)
        {
            List<int> order = Epoch(loader, epoch);
            for (int place = 0; place < 5; place++) counts[place, order[place]]++;
        }
        // Binomial with p = 1/5: the standard deviation is 28; deterministic, so this either always holds or never.
        foreach (int count in counts) Assert.InRange(count, epochs / 5 - 120, epochs / 5 + 120);
    }

    [Fact]
    public void Foreach_walks_one_epoch_after_the_other()
    {
        DataLoader loader = new(Numbers(9), 4, seed: 5), reference = new(Numbers(9), 4, seed: 5);
        for (int epoch = 0; epoch < 3; epoch++)
        {
            var labels = new List<int>();
            foreach (DataLoader.Batch batch in loader)
            {
                Assert.Equal(2 * batch.Count, batch.Inputs.Length);
                Assert.True(batch.Indices.SequenceEqual(batch.Labels));
                labels.AddRange(batch.Labels);
            }
            Assert.Equal(Epoch(reference, epoch), labels);
        }
    }

    [Fact]
    public void Float_targets_are_gathered()
    {
        var loader = new DataLoader(new ArrayDataset(new TensorShape(1), [1, 2, 3], [10f, 11, 20, 21, 30, 31], 2), 2, shuffle: false);
        loader.BeginEpoch(0);
        Assert.True(loader.MoveNext());
        Assert.Equal([10, 11, 20, 21], loader.Targets.ToArray());
        Assert.True(loader.Labels.IsEmpty);
        Assert.True(loader.MoveNext());
        Assert.Equal([30, 31], loader.Targets.ToArray());
    }

    [Fact]
    public void A_batch_larger_than_the_dataset_takes_no_more_memory_than_the_dataset()
    {
        var loader = new DataLoader(Numbers(3), int.MaxValue);
        Assert.Equal(1, loader.BatchCount);
        Assert.Equal(3, Epoch(loader, 0).Count);
    }

    [Fact]
    public void Loading_allocates_nothing()
    {
        DataLoader[] loaders =
        [
            new(Numbers(100), 8),
            new(SyntheticDigits.Create(40, 1), 16),
            new(new ArrayDataset(new TensorShape(1), new float[10], new float[20], 2), 3),
        ];
        foreach (DataLoader loader in loaders)
        {
            Walk(loader);
            long before = GC.GetAllocatedBytesForCurrentThread();
            Walk(loader);
            Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        static void Walk(DataLoader loader)
        {
            loader.BeginEpoch(1);
            while (loader.MoveNext()) { }
            foreach (DataLoader.Batch batch in loader) _ = batch.Count;
        }
    }

    [Fact]
    public void Wrong_use_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new DataLoader(Numbers(3), 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new DataLoader(Numbers(3), 1).BeginEpoch(-1));
        ThrowsWith.Message<InvalidOperationException>("call BeginEpoch first", () => new DataLoader(Numbers(3), 1).MoveNext());
        ThrowsWith.Message<ArgumentException>("dropLast leaves no batch: the dataset has 3 samples and the batch size is 4",
            () => new DataLoader(Numbers(3), 4, dropLast: true));
        ThrowsWith.Message<ArgumentException>("no samples", () => new DataLoader(new Odd(0, 2, 0), 1));
        ThrowsWith.Message<ArgumentOutOfRangeException>("use a smaller batch size", () => new DataLoader(new Odd(1 << 20, 2, 0), 1 << 20));

        var mislabelled = new DataLoader(new Odd(5, 2, 2), 1, shuffle: false);
        mislabelled.BeginEpoch(0);
        ThrowsWith.Message<InvalidOperationException>("Sample 0 has the label 2, but the dataset announces 2 classes, 0 to 1",
            () => mislabelled.MoveNext());
    }

    private static List<int> Epoch(DataLoader loader, int epoch)
    {
        var order = new List<int>();
        loader.BeginEpoch(epoch);
        while (loader.MoveNext()) order.AddRange(loader.Labels);
        return order;
    }

    /// <summary>A dataset of a user's, with large inputs and whatever label.</summary>
    private sealed class Odd(int count, int classes, int label) : Dataset
    {
        public override int Count => count;

        public override TensorShape InputShape => new(4096);

        public override int ClassCount => classes;

        public override void CopyInput(int index, Span<float> destination) => destination.Clear();

        public override int GetLabel(int index) => label;
    }
}
