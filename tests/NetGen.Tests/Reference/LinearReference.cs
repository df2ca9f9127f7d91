namespace NetGen.Tests.Reference;

/// <summary>y = W·x + b over the flattened input, channel by channel: PyTorch's <c>Linear</c> after its <c>Flatten</c>.</summary>
internal sealed class LinearReference : ReferenceLayer
{
    public LinearReference(TensorShape input, int outFeatures, bool bias = true)
        : base(input, new TensorShape(outFeatures))
    {
        var weight = new ReferenceParameter("weight", outFeatures, input.Length);
        Parameters = bias ? [weight, new ReferenceParameter("bias", outFeatures)] : [weight];
    }

    public override string NameStem => "fc";

    public override double[] Forward(double[] input)
    {
        double[] output = new double[Output.Length];
        for (int o = 0; o < output.Length; o++)
        {
            output[o] = Parameters.Count > 1 ? Parameters[1].Values[o] : 0;
            for (int i = 0; i < input.Length; i++)
            {
                output[o] += input[i] * Parameters[0].Values[(o * input.Length) + i];
            }
        }

        return output;
    }

    public override double[] Backward(double[] input, double[] outputGradient)
    {
        double[] inputGradient = new double[input.Length];
        for (int o = 0; o < outputGradient.Length; o++)
        {
            for (int i = 0; i < input.Length; i++)
            {
                inputGradient[i] += outputGradient[o] * Parameters[0].Values[(o * input.Length) + i];
                Parameters[0].Gradient[(o * input.Length) + i] += outputGradient[o] * input[i];
            }

            if (Parameters.Count > 1)
            {
                Parameters[1].Gradient[o] += outputGradient[o];
            }
        }

        return inputGradient;
    }
}
