using System.Security.Cryptography;
using Xunit;

namespace NetGen.Tests.Data;

public sealed class SyntheticDigitsTests
{
    [Fact]
    public void The_same_seed_draws_the_same_bytes_on_every_machine()
    {
        ByteImageDataset data = SyntheticDigits.Create(200, 7);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (int i = 0; i < data.Count; i++)
        {
            hash.AppendData([(byte)data.GetLabel(i)]);
            hash.AppendData(data.GetPixels(i));
        }
        Assert.Equal("7902D1A565800ED73ADAA487DD9EA05C115D49B4C5D15E01A92B013665C390C5", Convert.ToHexString(hash.GetHashAndReset()));
    }

    [Fact]
    public void A_longer_dataset_starts_with_the_images_of_a_shorter_one()
    {
        ByteImageDataset shorter = SyntheticDigits.Create(20, 3), longer = SyntheticDigits.Create(50, 3);
        for (int i = 0; i < shorter.Count; i++)
        {
            Assert.True(shorter.GetPixels(i).SequenceEqual(longer.GetPixels(i)));
            Assert.Equal(shorter.GetLabel(i), longer.GetLabel(i));
        }
    }

    [Fact]
    public void Training_and_test_images_and_those_of_other_seeds_differ()
    {
        var (train, test) = SyntheticDigits.Load(300, 100, 3);
        ByteImageDataset other = SyntheticDigits.Create(300, 4);
        Assert.Equal((300, 100), (train.Count, test.Count));

        var images = new HashSet<string>();
        foreach (ByteImageDataset data in (ByteImageDataset[])[train, test, other])
            for (int i = 0; i < data.Count; i++) Assert.True(images.Add(Convert.ToHexString(data.GetPixels(i))));
    }

    [Fact]
    public void Every_class_is_about_as_frequent_and_every_image_is_a_drawing()
    {
        ByteImageDataset data = SyntheticDigits.Create(2000, 1);
        Assert.Equal(new TensorShape(1, 28, 28), data.InputShape);
        Assert.Equal(10, data.ClassCount);

        var counts = new int[10];
        for (int i = 0; i < data.Count; i++)
        {
            counts[data.GetLabel(i)]++;
            ReadOnlySpan<byte> pixels = data.GetPixels(i);
            int ink = 0, border = 0;
            for (int p = 0; p < pixels.Length; p++)
            {
                if (pixels[p] > 120) ink++;
                if (pixels[p] > 60 && (p < 28 || p >= 27 * 28 || p % 28 is 0 or 27)) border++;
            }
            Assert.InRange(ink, 12, 400);
            Assert.Equal(0, border);
        }
        Assert.All(counts, count => Assert.InRange(count, 150, 250));
    }

    /// <summary>Nearest of ten mean images: what no network is needed for. Recognisable, yet far from solved by it.</summary>
    [Fact]
    public void The_digits_are_recognisable_but_not_by_their_mean_images()
    {
        var (train, test) = SyntheticDigits.Load(3000, 500, 1, PixelNormalization.UnitRange);
        var means = new float[10][];
        var image = new float[784];
        for (int digit = 0; digit < 10; digit++)
        {
            means[digit] = new float[784];
            int[] members = [.. Enumerable.Range(0, train.Count).Where(i => train.GetLabel(i) == digit)];
            foreach (int i in members)
            {
                train.CopyInput(i, image);
                for (int p = 0; p < 784; p++) means[digit][p] += image[p] / members.Length;
            }
        }

        int right = 0;
        for (int i = 0; i < test.Count; i++)
        {
            test.CopyInput(i, image);
            if (Array.IndexOf(means, means.MinBy(mean => mean.Zip(image, (a, b) => (a - b) * (a - b)).Sum())) == test.GetLabel(i)) right++;
        }
        Assert.InRange(right / (double)test.Count, 0.40, 0.90);
    }

    [Fact]
    public void Impossible_counts_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => SyntheticDigits.Create(0, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => SyntheticDigits.Create(int.MaxValue, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => SyntheticDigits.Load(10, 0, 1));
    }
}
