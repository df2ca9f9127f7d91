namespace NetGen;

/// <summary>
/// Makes the result of the layer before, or of the one that <see cref="From"/> names, an output of the network. What comes after goes on from the
/// layer before. Without any such attribute the last layer's result is the output.
/// </summary>
/// <remarks>
/// With several outputs the generated <c>Predict</c> takes one span for each, in the order of the attributes and by their names, and the class has
/// the length of each as a constant: <c>ClassesLength</c> for <c>classes</c>. Where a prediction is one span of values, as in
/// <see cref="INetwork{TSelf}"/>, <c>PredictBatch</c> and <see cref="Trainer{TNetwork}"/>, the outputs follow each other in that order; <c>Classify</c> is
/// about the first. They are trained by the mean of a loss over all their values, or by a loss of your own.
/// </remarks>
/// <example>
/// <code>
/// [Conv2d(64, 3, Padding = 1), ReLU, GlobalAvgPool2d(Name = "features")]
/// [Linear(10), Output("classes")]
/// [Linear(4, From = "features"), Output("box")]
/// </code>
/// </example>
/// <param name="name">The name of <c>Predict</c>'s parameter: an ASCII letter, then letters, digits and underscores.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class OutputAttribute(string name) : Attribute
{
    /// <summary>The name of the output.</summary>
    public string Name { get; } = name;

    /// <summary>The name of the layer whose result the output is. Where it is not set, the layer before.</summary>
    public string? From { get; set; }
}
