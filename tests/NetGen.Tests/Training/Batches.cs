using NetGen.Tests.Networks;

namespace NetGen.Tests.Training;

/// <summary>Images, labels and targets that look random and are the same every time.</summary>
internal static class Batches
{
    public static float[] Images<TShape>(int count, int seed = 1)
        where TShape : IPerceptronShape => Floats(count * TShape.Input.Length, seed);

    public static float[] Targets<TShape>(int count, int seed = 2)
        where TShape : IPerceptronShape => Floats(count * TShape.Outputs, seed);

    public static int[] Labels<TShape>(int count, int seed = 3)
        where TShape : IPerceptronShape
    {
        Random random = new(seed);
        return [.. Enumerable.Range(0, count).Select(_ => random.Next(Math.Max(2, TShape.Outputs)))];
    }

    /// <summary>Images whose class is the place of their greatest value among the first ones: learnable.</summary>
    public static ArrayDataset Learnable<TShape>(int count, int seed)
        where TShape : IPerceptronShape
    {
        float[] images = Images<TShape>(count, seed);
        int classes = Math.Max(2, TShape.Outputs);
        int[] labels = [.. images.Chunk(TShape.Input.Length).Select(image => Array.IndexOf(image, image[..classes].Max()))];
        return new ArrayDataset(TShape.Input, images, labels, classes);
    }

    /// <summary>All parameters' values, or all gradients'.</summary>
    public static float[] Values(ParameterSet parameters) => [.. parameters.SelectMany(parameter => parameter.ToArray())];

    private static float[] Floats(int count, int seed)
    {
        Random random = new(seed);
        return [.. Enumerable.Range(0, count).Select(_ => 2 * random.NextSingle() - 1)];
    }
}
