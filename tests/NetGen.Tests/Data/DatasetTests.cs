using System.Reflection;
using Xunit;

namespace NetGen.Tests.Data;

public sealed class DatasetTests
{
    private static readonly TensorShape s_shape = new(1, 2, 2);

    [Fact]
    public void An_array_dataset_with_labels_answers_with_its_samples()
    {
        var data = new ArrayDataset(s_shape, [1, 2, 3, 4, 5, 6, 7, 8], [2, 0], 3);

        Assert.Equal((2, 3, 0), (data.Count, data.ClassCount, data.TargetLength));
        var input = new float[4];
        data.CopyInput(1, input);
        Assert.Equal([5, 6, 7, 8], input);
        Assert.Equal(2, data.GetLabel(0));
        ThrowsWith.Message<InvalidOperationException>("carry labels, not float targets", () => data.CopyTarget(0, []));
    }

    [Fact]
    public void An_array_dataset_with_targets_answers_with_its_samples()
    {
        var data = new ArrayDataset(new TensorShape(2), [1, 2, 3, 4], [0.5f, 0.25f, -1, 3, 2, 1], 3);

        Assert.Equal((2, 0, 3), (data.Count, data.ClassCount, data.TargetLength));
        var targets = new float[3];
        data.CopyTarget(1, targets);
        Assert.Equal([3, 2, 1], targets);
        ThrowsWith.Message<InvalidOperationException>("carry float targets, not labels", () => data.GetLabel(0));
        ThrowsWith.Message<ArgumentException>("has 3 targets; the destination has 2 values", () => data.CopyTarget(0, new float[2]));
    }

    [Fact]
    public void Arrays_that_do_not_fit_together_are_refused()
    {
        ThrowsWith.Message<ArgumentException>("7 input values are no whole number of samples of 4",
            () => new ArrayDataset(s_shape, new float[7], [0], 2));
        ThrowsWith.Message<ArgumentException>("There are 2 inputs (8 input values) but labels for 1",
            () => new ArrayDataset(s_shape, new float[8], [0], 2));
        ThrowsWith.Message<ArgumentException>("Sample 1 has the label 2; with 2 classes labels are 0 to 1",
            () => new ArrayDataset(s_shape, new float[8], [0, 2], 2));
        ThrowsWith.Message<ArgumentException>("Sample 0 has the label -1", () => new ArrayDataset(s_shape, new float[8], [-1, 0], 2));
        ThrowsWith.Message<ArgumentException>("at least one sample", () => new ArrayDataset(s_shape, [], Array.Empty<int>(), 2));
        ThrowsWith.Message<ArgumentException>("5 target values are no whole number of samples of 2",
            () => new ArrayDataset(s_shape, new float[8], new float[5], 2));
        ThrowsWith.Message<ArgumentException>("every extent must be at least 1",
            () => new ArrayDataset(new TensorShape(1, 0, 2), [], Array.Empty<int>(), 2));
        ThrowsWith.Message<ArgumentException>("their product at most",
            () => new ArrayDataset(new TensorShape(65536, 65536, 65536), [], Array.Empty<int>(), 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ArrayDataset(s_shape, new float[4], [0], 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ArrayDataset(s_shape, new float[4], new float[4], 0));
        ThrowsWith.Message<ArgumentException>("9 pixels are no whole number of samples of 4",
            () => new ByteImageDataset(s_shape, new byte[9], [0, 0], 1));
        ThrowsWith.Message<ArgumentException>("Sample 1 has the label 7", () => new ByteImageDataset(s_shape, new byte[8], [0, 7], 7));
        ThrowsWith.Message<ArgumentException>("The normalization has 3 channels, the images (1×2×2) have 1",
            () => new ByteImageDataset(s_shape, new byte[4], [0], 1, new PixelNormalization([0, 0, 0], [1, 1, 1])));
    }

    [Fact]
    public void Indices_and_destinations_are_checked()
    {
        Dataset[] datasets = [new ArrayDataset(s_shape, new float[8], [0, 1], 2), new ByteImageDataset(s_shape, new byte[8], [0, 1], 2)];
        foreach (Dataset data in datasets)
        {
            ThrowsWith.Message<ArgumentOutOfRangeException>("The dataset has 2 samples, 0 to 1", () => data.CopyInput(2, new float[4]));
            ThrowsWith.Message<ArgumentOutOfRangeException>("The dataset has 2 samples, 0 to 1", () => data.GetLabel(-1));
            ThrowsWith.Message<ArgumentException>("takes 4 values (1×2×2); the destination has 3", () => data.CopyInput(0, new float[3]));
        }
    }

    [Fact]
    public void A_dataset_of_the_users_own_can_check_its_arguments()
    {
        Ramp data = new();
        var input = new float[4];
        data.CopyInput(2, input);
        Assert.Equal([2, 2, 2, 2], input);
        ThrowsWith.Message<ArgumentOutOfRangeException>("The dataset has 3 samples, 0 to 2", () => data.CopyInput(3, input));
        ThrowsWith.Message<ArgumentException>("takes 4 values (1×2×2); the destination has 5", () => data.CopyInput(0, new float[5]));
        ThrowsWith.Message<ArgumentOutOfRangeException>("The dataset has 3 samples, 0 to 2", () => data.GetLabel(-1));

        // This assembly may see the library's own members too; other assemblies see what is protected.
        foreach (string check in new[] { "CheckCopyInput", "CheckIndex" })
        {
            Assert.True(typeof(Dataset).GetMethod(check, BindingFlags.Instance | BindingFlags.NonPublic)!.IsFamily);
        }
    }

    [Fact]
    public void Pixels_are_normalized_as_they_are_copied()
    {
        var data = new ByteImageDataset(s_shape, [0, 51, 204, 255], [0], 1);
        var input = new float[4];
        data.CopyInput(0, input);
        Assert.Equal([0, 0.2f, 0.8f, 1], input);

        ByteImageDataset shifted = data.WithNormalization(new PixelNormalization(0.5f, 0.25f));
        shifted.CopyInput(0, input);
        Assert.Equal([-2, (0.2f - 0.5f) / 0.25f, (0.8f - 0.5f) / 0.25f, 2], input);
        Assert.Equal([0, 51, 204, 255], shifted.GetPixels(0).ToArray());
    }

    [Fact]
    public void A_normalization_checks_its_numbers()
    {
        ThrowsWith.Message<ArgumentException>("deviation of channel 0 is 0; it must be positive", () => new PixelNormalization(0, 0));
        ThrowsWith.Message<ArgumentException>("mean of channel 1 is NaN", () => new PixelNormalization([0, float.NaN], [1, 1]));
        ThrowsWith.Message<ArgumentException>("must be positive and finite", () => new PixelNormalization([0], [float.PositiveInfinity]));
        ThrowsWith.Message<ArgumentException>("there are 2 means and 1 deviations", () => new PixelNormalization([0, 0], [1]));
        ThrowsWith.Message<ArgumentException>("4 pixels, but the destination has 3",
            () => PixelNormalization.UnitRange.Apply(new byte[4], new float[3]));
        ThrowsWith.Message<ArgumentException>("do not divide into the normalization's 3 channels",
            () => Cifar10.Normalization.Apply(new byte[4], new float[4]));
    }

    private sealed class Ramp : Dataset
    {
        public override int Count => 3;

        public override TensorShape InputShape => s_shape;

        public override int ClassCount => 3;

        public override void CopyInput(int index, Span<float> destination)
        {
            CheckCopyInput(index, destination);
            destination.Fill(index);
        }

        public override int GetLabel(int index)
        {
            CheckIndex(index);
            return index;
        }
    }
}
