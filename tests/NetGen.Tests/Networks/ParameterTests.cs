using Xunit;

namespace NetGen.Tests.Networks;

public sealed class ParameterTests
{
    [Fact]
    public void Parameters_have_names_shapes_and_an_order()
    {
        ParameterSet parameters = new Perceptron<Classifier>(0).Parameters;
        Assert.Equal(["fc1.weight", "fc1.bias", "fc2.weight", "fc2.bias"], parameters.Names);
        Assert.Equal(parameters.Names, parameters.Select(parameter => parameter.Name));
        Assert.Equal([21, 18], parameters["fc1.weight"].Shape.ToArray());
        Assert.Equal(378, parameters[0].Length);
        Assert.Equal("fc1.weight [21, 18]", parameters[0].ToString());
        Assert.Equal(4, parameters.Count);
        Assert.True(parameters.TryGet("fc2.bias", out Parameter? bias));
        Assert.Same(parameters[3], bias);
        Assert.False(parameters.TryGet("fc3.bias", out _));
    }

    [Fact]
    public void Shapes_work_in_queries_and_text()
    {
        ParameterSet parameters = new Perceptron<Classifier>(0).Parameters;
        Assert.All(parameters, parameter => Assert.Equal(parameter.Length, parameter.Shape.Aggregate((product, extent) => product * extent)));
        Assert.Equal(["21×18", "21", "5×21", "5"], parameters.Select(parameter => string.Join('×', parameter.Shape)));
        Assert.Equal((2, 18), (parameters[0].Shape.Length, parameters[0].Shape[1]));
    }

    [Fact]
    public void Values_come_out_as_they_went_in_and_change_predictions()
    {
        Perceptron<YesNo> network = new(0);
        float[] weight = [.. Enumerable.Range(0, 16).Select(i => i / 8f - 1)];
        network.Parameters["fc1.weight"].CopyFrom(weight);
        network.Parameters["fc1.bias"].CopyFrom([0, 0, 0, 0, 0, 0, 0, 1]);
        network.Parameters["fc2.weight"].CopyFrom([1, 1, 1, 1, 1, 1, 1, 1]);
        network.Parameters["fc2.bias"].CopyFrom([-1]);
        Assert.Equal(weight, network.Parameters["fc1.weight"].ToArray());

        float[] output = new float[1];
        network.Predict([1, 2], output);
        double sum = -1;
        for (int i = 0; i < 8; i++)
        {
            sum += Math.Tanh(weight[2 * i] + 2 * weight[2 * i + 1] + (i == 7 ? 1 : 0));
        }

        Assert.Equal(1 / (1 + Math.Exp(-sum)), output[0], 6);
    }

    [Fact]
    public void Mistakes_are_named()
    {
        ParameterSet parameters = new Perceptron<Classifier>(0).Parameters;
        ThrowsWith.Message<KeyNotFoundException>(
            "There is no parameter 'conv1.weight'. The parameters are fc1.weight, fc1.bias, fc2.weight, fc2.bias.", () => parameters["conv1.weight"]);
        ThrowsWith.Message<ArgumentOutOfRangeException>("There are 4 parameters: the index goes from 0 to 3.", () => parameters[4]);
        ThrowsWith.Message<ArgumentException>(
            "fc1.bias [21] takes 21 values; the source has 20.", () => parameters["fc1.bias"].CopyFrom(new float[20]));
        ThrowsWith.Message<ArgumentException>(
            "fc1.bias [21] has 21 values; the destination has 22.", () => parameters["fc1.bias"].CopyTo(new float[22]));
    }

    [Fact]
    public void A_seed_gives_the_same_bits_on_every_platform()
    {
        // From a separate implementation in Python's integers; see the comment in CounterRandom for the function.
        Perceptron<YesNo> network = new(42);
        Assert.Equal(InitialValues.Weight1, network.Parameters["fc1.weight"].ToArray().Select(BitConverter.SingleToUInt32Bits));
        Assert.Equal(InitialValues.Bias2, network.Parameters["fc2.bias"].ToArray().Select(BitConverter.SingleToUInt32Bits));
    }

    [Fact]
    public void Initial_values_fill_their_range_and_differ_by_seed_and_tensor()
    {
        float[] weight = new Perceptron<Classifier>(1).Parameters["fc1.weight"].ToArray();
        double bound = 1 / Math.Sqrt(18);
        Assert.All(weight, value => Assert.InRange(value, -bound, bound));
        Assert.InRange(weight.Average(), -0.1 * bound, 0.1 * bound);
        Assert.InRange(weight.Max(), 0.98 * bound, bound);
        Assert.InRange(weight.Min(), -bound, -0.98 * bound);
        Assert.Equal(weight, new Perceptron<Classifier>(1).Parameters["fc1.weight"].ToArray());
        Assert.NotEqual(weight, new Perceptron<Classifier>(2).Parameters["fc1.weight"].ToArray());
        Assert.NotEqual(weight[..21], new Perceptron<Classifier>(1).Parameters["fc1.bias"].ToArray());
        Assert.NotEqual(weight, new Perceptron<Classifier>(-1).Parameters["fc1.weight"].ToArray());
    }
}
