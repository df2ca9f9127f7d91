namespace NetGen;

/// <summary>
/// The product of the layer before and of the named layers. Equal shapes are multiplied element by element; a map of C×1×1 or a vector of
/// C multiplies every position of the channels of a map C×H×W, as the gates of squeeze-and-excitation do (Hu et al., 2018):
/// <c>[ReLU(Name = "map")] [GlobalAvgPool2d] [Conv2d(4, 1), ReLU] [Conv2d(64, 1), Sigmoid] [Multiply("map")]</c>. The shape is that
/// of the largest factor.
/// </summary>
/// <param name="layers">Names of the other layers; <c>input</c> is the network's input.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class MultiplyAttribute(params string[] layers) : LayerAttribute
{
    /// <summary>The names of the other layers.</summary>
    public IReadOnlyList<string> Layers { get; } = layers;
}
