namespace NetGen.Tests.Reference;

/// <summary>Dropout in predictions, which does nothing.</summary>
internal sealed class PredictedDropoutReference(TensorShape input) : ReferenceLayer(input, input)
{
    public override double[] Forward(double[] input) => input;

    public override double[] Backward(double[] input, double[] outputGradient) =>
        throw new NotSupportedException("Training drops elements by a hash, which DropoutReference knows.");
}
