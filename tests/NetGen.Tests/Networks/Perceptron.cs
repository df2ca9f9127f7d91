using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using NetGen.CompilerServices;

namespace NetGen.Tests.Networks;

/// <summary>
/// Two linear layers with tanh between them (smooth, for central differences), written by hand as the generator would emit them: weights
/// in panels of 16 outputs with holes behind the last, hidden values in reused scratch memory. Every sum is accumulated in double.
/// </summary>
internal sealed class Perceptron<TShape> : ITrainableNetwork<Perceptron<TShape>>
    where TShape : IPerceptronShape
{
    private const int Panel = 16;

    private static readonly int s_inputs = TShape.Input.Length;
    private static readonly int s_hidden = TShape.Hidden;
    private static readonly int s_outputs = TShape.Outputs;
    private static readonly int s_bias1 = RoundUp(s_hidden) * s_inputs;
    private static readonly int s_weight2 = s_bias1 + RoundUp(s_hidden);
    private static readonly int s_bias2 = s_weight2 + RoundUp(s_outputs) * s_hidden;
    private static readonly int s_parameterFloats = s_bias2 + RoundUp(s_outputs);

    private static readonly NetworkDefinition s_definition = new()
    {
        Name = typeof(TShape).Name,
        InputShape = TShape.Input,
        OutputShape = new TensorShape(s_outputs),
        Parameters =
        [
            Weight("fc1.weight", s_hidden, s_inputs, 0),
            Bias("fc1.bias", s_hidden, s_inputs, s_bias1),
            Weight("fc2.weight", s_outputs, s_hidden, s_weight2),
            Bias("fc2.bias", s_outputs, s_hidden, s_bias2),
        ],
        ParameterFloats = s_parameterFloats,
        ArenaFloats = s_hidden,
        DecisionThreshold = TShape.Loss != Loss.BinaryCrossEntropy || s_outputs > 1 ? null : TShape.PredictsProbabilities ? 0.5f : 0,
    };

    private readonly NetworkState _state = new(s_definition, predict: Infer);

    private Perceptron()
    {
    }

    public Perceptron(int seed) => _state.Initialize(seed);

    public static TensorShape InputShape => TShape.Input;

    public static TensorShape OutputShape => new(s_outputs);

    public static int InputLength => s_inputs;

    public static int OutputLength => s_outputs;

    public static int ParameterCount => s_hidden * (s_inputs + 1) + s_outputs * (s_hidden + 1);

    public static long MultiplyAdds => s_hidden * s_inputs + s_outputs * s_hidden;

    public static long WorkspaceBytes => sizeof(float) * (s_hidden + RoundUp(s_outputs));

    public static long BatchWorkspaceBytes => WorkspaceBytes;

    public static long ThreadBytes => 0;

    public static long WeightBytes => sizeof(float) * s_parameterFloats;

    // Per image: hidden values, their gradient, logits and their gradient.
    public static TrainingPlan TrainingPlan { get; } = new()
    {
        MicroBatch = TShape.MicroBatch,
        ArenaFloats = TShape.MicroBatch * (2 * s_hidden + 2 * RoundUp(s_outputs)),
        PackedFloats = s_hidden * s_outputs,
        GradientShards = TShape.GradientShards,
        OutputLength = s_outputs,
        OutputOffset = TShape.MicroBatch * 2 * s_hidden,
        OutputStride = RoundUp(s_outputs),
        OutputGradientOffset = TShape.MicroBatch * (2 * s_hidden + RoundUp(s_outputs)),
        Loss = TShape.Loss,
        LabelSmoothing = TShape.LabelSmoothing,
        HasInputGradients = TShape.InputGradients,
        PredictsProbabilities = TShape.PredictsProbabilities,
    };

    public NetworkState State => _state;

    public ParameterSet Parameters => _state.ParameterSet;

    public static Perceptron<TShape> Create(int seed) => new(seed);

    public static Perceptron<TShape> Load(string path)
    {
        Perceptron<TShape> network = new();
        network._state.Load(path);
        return network;
    }

    public static Perceptron<TShape> Load(Stream stream)
    {
        Perceptron<TShape> network = new();
        network._state.Load(stream);
        return network;
    }

    public void Save(string path) => _state.Save(path);

    public void Save(Stream stream) => _state.Save(stream);

    public void Predict(ReadOnlySpan<float> input, Span<float> output)
    {
        Workspace workspace = _state.RentWorkspace();
        try
        {
            Predict(input, output, workspace);
        }
        finally
        {
            _state.ReturnWorkspace(workspace);
        }
    }

    public void Predict(ReadOnlySpan<float> input, Span<float> output, Workspace workspace)
    {
        ref float arena = ref _state.Enter(workspace, input, output);
        try
        {
            Infer(
                ref MemoryMarshal.GetReference(input),
                ref MemoryMarshal.GetReference(output),
                ref _state.Parameters,
                ref _state.Packed,
                ref arena,
                ref arena,
                1,
                WorkShare.Whole);
        }
        finally
        {
            _state.Exit(workspace);
        }
    }

    public void PredictBatch(ReadOnlySpan<float> inputs, Span<float> outputs, int count) => _state.PredictBatch(inputs, outputs, count);

    public void PredictBatch(ReadOnlySpan<float> inputs, Span<float> outputs, int count, Workspace workspace) =>
        _state.PredictBatch(inputs, outputs, count, workspace);

    public int Classify(ReadOnlySpan<float> input)
    {
        Workspace workspace = _state.RentWorkspace();
        try
        {
            Span<float> output = _state.OutputOf(workspace);
            Predict(input, output, workspace);
            return _state.PredictedClass(output);
        }
        finally
        {
            _state.ReturnWorkspace(workspace);
        }
    }

    public void Warmup() => Classify(new float[s_inputs]);

    // The sums of the first layer and the logits are never in memory.
    public ActivationSet Activations(ReadOnlySpan<float> input) => _state.Activations(
        input,
        [
            new LayerDefinition("fc1", new TensorShape(s_hidden)),
            new LayerDefinition("tanh1", new TensorShape(s_hidden)),
            new LayerDefinition("output", new TensorShape(s_outputs)),
        ],
        static (ref float image, ref float output, ref float parameters, ref float packed, ref float arena, ref float scratch, in WorkShare share, Inspection inspection) =>
        {
            Infer(ref image, ref output, ref parameters, ref packed, ref arena, ref scratch, 1, share);
            inspection.Take(1, ref arena);
            inspection.Take(2, ref output);
            inspection.Linear(0, Inspection.Input);
        });

    // The second layer's weights as [hidden][outputs], for the gradient of the hidden values.
    public static void PackForTraining(ref float parameters, ref float packed)
    {
        Span<float> weight = Span(ref parameters, s_weight2, RoundUp(s_outputs) * s_hidden);
        Span<float> transposed = Span(ref packed, 0, s_hidden * s_outputs);
        for (int i = 0; i < s_hidden; i++)
        {
            for (int o = 0; o < s_outputs; o++)
            {
                transposed[i * s_outputs + o] = weight[Place(o, i, s_hidden)];
            }
        }
    }

    public static void ForwardForTraining(in TrainingFrame frame)
    {
        Span<float> parameters = Span(ref frame.Parameters, 0, s_parameterFloats);
        for (int n = 0; n < frame.Count; n++)
        {
            Span<float> hidden = Span(ref frame.Arena, n * s_hidden, s_hidden);
            Hidden(Span(ref frame.Images, n * s_inputs, s_inputs), parameters, hidden);
            for (int i = 0; i < s_hidden; i++)
            {
                hidden[i] *= DropoutFactor(frame, n, i);
            }

            Span<float> logits = Span(ref frame.Arena, TrainingPlan.OutputOffset + n * TrainingPlan.OutputStride, s_outputs);
            Linear(hidden, parameters[s_weight2..], parameters[s_bias2..], logits);
        }
    }

    public static void BackwardForTraining(in TrainingFrame frame)
    {
        Span<float> parameters = Span(ref frame.Parameters, 0, s_parameterFloats);
        Span<float> gradients = Span(ref frame.Gradients, 0, s_parameterFloats);
        Span<float> packed = Span(ref frame.Packed, 0, s_hidden * s_outputs);
        for (int n = 0; n < frame.Count; n++)
        {
            Span<float> image = Span(ref frame.Images, n * s_inputs, s_inputs);
            Span<float> hidden = Span(ref frame.Arena, n * s_hidden, s_hidden);
            Span<float> hiddenGradient = Span(ref frame.Arena, (TrainingPlan.MicroBatch + n) * s_hidden, s_hidden);
            Span<float> outputGradient = Span(ref frame.Arena, TrainingPlan.OutputGradientOffset + n * TrainingPlan.OutputStride, s_outputs);
            AddOuter(outputGradient, hidden, gradients[s_weight2..], gradients[s_bias2..]);
            for (int i = 0; i < s_hidden; i++)
            {
                double sum = 0;
                for (int o = 0; o < s_outputs; o++)
                {
                    sum += (double)packed[i * s_outputs + o] * outputGradient[o];
                }

                float factor = DropoutFactor(frame, n, i);
                float value = factor == 0 ? 0 : hidden[i] / factor;
                hiddenGradient[i] = (float)sum * factor * (1 - value * value);
            }

            AddOuter(hiddenGradient, image, gradients, gradients[s_bias1..]);
            if (TShape.InputGradients)
            {
                Span<float> inputGradient = Span(ref frame.InputGradients, n * s_inputs, s_inputs);
                for (int i = 0; i < s_inputs; i++)
                {
                    double sum = 0;
                    for (int o = 0; o < s_hidden; o++)
                    {
                        sum += (double)parameters[Place(o, i, s_inputs)] * hiddenGradient[o];
                    }

                    inputGradient[i] = (float)sum;
                }
            }
        }
    }

    private static void Infer(
        ref float input, ref float output, ref float parameters, ref float packed, ref float arena, ref float scratch, int count, in WorkShare share)
    {
        Span<float> hidden = Span(ref arena, 0, s_hidden);
        Span<float> block = Span(ref parameters, 0, s_parameterFloats);
        Span<float> outputs = Span(ref output, 0, s_outputs);
        Hidden(Span(ref input, 0, s_inputs), block, hidden);
        Linear(hidden, block[s_weight2..], block[s_bias2..], outputs);
        if (TShape.PredictsProbabilities)
        {
            Probabilities.Replace(outputs, TShape.Loss);
        }
    }

    private static ParameterLayout Weight(string name, int outputs, int inputs, int offset) => new(
        name, [outputs, inputs], offset, 1 / Math.Sqrt(inputs), [[Panel, 1, int.MaxValue, inputs * Panel], [int.MaxValue, Panel]]);

    private static ParameterLayout Bias(string name, int outputs, int inputs, int offset) => new(
        name, [outputs], offset, 1 / Math.Sqrt(inputs), [[int.MaxValue, 1]]);

    private static int RoundUp(int length) => (length + Panel - 1) / Panel * Panel;

    private static int Place(int output, int input, int inputs) => output / Panel * inputs * Panel + input * Panel + output % Panel;

    private static Span<float> Span(ref float start, int offset, int length) =>
        MemoryMarshal.CreateSpan(ref Unsafe.Add(ref start, offset), length);

    private static void Hidden(ReadOnlySpan<float> input, ReadOnlySpan<float> parameters, Span<float> hidden)
    {
        Linear(input, parameters, parameters[s_bias1..], hidden);
        foreach (ref float value in hidden)
        {
            value = MathF.Tanh(value);
        }
    }

    private static void Linear(ReadOnlySpan<float> input, ReadOnlySpan<float> weight, ReadOnlySpan<float> bias, Span<float> output)
    {
        for (int o = 0; o < output.Length; o++)
        {
            double sum = bias[o];
            for (int i = 0; i < input.Length; i++)
            {
                sum += (double)weight[Place(o, i, input.Length)] * input[i];
            }

            output[o] = (float)sum;
        }
    }

    private static void AddOuter(ReadOnlySpan<float> output, ReadOnlySpan<float> input, Span<float> weight, Span<float> bias)
    {
        for (int o = 0; o < output.Length; o++)
        {
            bias[o] += output[o];
            for (int i = 0; i < input.Length; i++)
            {
                weight[Place(o, i, input.Length)] += output[o] * input[i];
            }
        }
    }

    private static float DropoutFactor(in TrainingFrame frame, int image, int index)
    {
        ulong counter = (ulong)(frame.FirstImage + image) * (ulong)s_hidden + (ulong)index;
        return TShape.Dropout == 0 ? 1
            : CounterRandom.Uniform(frame.DropoutKey, counter) < TShape.Dropout ? 0
            : (float)(1 / (1 - TShape.Dropout));
    }
}
