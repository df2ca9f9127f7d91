using System.Runtime.InteropServices;
using NetGen.CompilerServices;
using Xunit;

namespace NetGen.Tests.Numerics;

/// <summary>What emitted training code computed for a batch.</summary>
/// <param name="Outputs">What the loss would read, [count × OutputLength].</param>
/// <param name="InputGradients">[count × InputLength]; empty without <c>InputGradients = true</c>.</param>
/// <param name="Gradients">The parameters' gradients, by name, summed over the batch.</param>
internal sealed record TrainingPass(float[] Outputs, float[] InputGradients, IReadOnlyDictionary<string, float[]> Gradients);

/// <summary>
/// Calls emitted code under conditions that show what it should not do: every buffer ends at a fence, and memory whose contents the
/// code may not rely on is full of NaN.
/// </summary>
internal static class EmittedCode
{
    private const int GuardFloats = 64;

    /// <summary>Predicts one image, with the fence behind and then before the caller's memory, and demands the same bits of both.</summary>
    public static float[] Predict<TNetwork>(TNetwork network, ReadOnlySpan<float> image)
        where TNetwork : class, INetwork<TNetwork>
    {
        float[] output = Predict(network, image, Fence.Behind);
        float[] again = Predict(network, image, Fence.Before);
        Assert.Equal(Bits(output), Bits(again));
        return output;
    }

    /// <summary>
    /// Runs a batch forward and, from given output gradients, backward in micro-batches of the size that the network planned, the last
    /// one partial, as a trainer does.
    /// </summary>
    public static TrainingPass Train<TNetwork>(TNetwork network, ReadOnlySpan<float> images, ReadOnlySpan<float> outputGradients)
        where TNetwork : class, ITrainableNetwork<TNetwork>
    {
        TrainingPlan plan = TNetwork.TrainingPlan;
        NetworkDefinition definition = network.State.Definition;
        int floats = definition.ParameterFloats, count = images.Length / TNetwork.InputLength;
        using FencedMemory parameters = FencedMemory.Of(MemoryMarshal.CreateSpan(ref network.State.Parameters, RoundUp(floats)));
        using var gradients = new FencedMemory(RoundUp(floats));
        using var packed = new FencedMemory(RoundUp(plan.PackedFloats));

        // A trainer's packs come zeroed, and what packing leaves out stays so.
        packed.Span.Clear();
        gradients.Span.Clear();
        TNetwork.PackForTraining(ref parameters.Reference, ref packed.Reference);
        float[] outputs = new float[count * plan.OutputLength];
        float[] inputGradients = new float[plan.HasInputGradients ? images.Length : 0];
        MicroBatch[] microBatches = MicroBatch.Split<TNetwork>(images, count);
        BatchNormalization[] normalizations = Array.ConvertAll(plan.Normalizations, of => new BatchNormalization(of, plan.MicroBatch));
        for (int phase = 0; phase <= normalizations.Length; phase++)
        {
            foreach (MicroBatch microBatch in microBatches)
            {
                TNetwork.ForwardForTraining(Frame(microBatch, phase));
            }

            if (phase < normalizations.Length)
            {
                normalizations[phase].MergeForward(ArenaOf, count, ref parameters.Reference, ref packed.Reference);
            }
        }

        foreach (MicroBatch microBatch in microBatches)
        {
            Range results = (microBatch.First * plan.OutputLength)..((microBatch.First + microBatch.Count) * plan.OutputLength);
            ExchangeRows(plan, microBatch.Arena.Span, outputs.AsSpan(results), outputGradients[results]);
        }

        for (int phase = 0; phase <= normalizations.Length; phase++)
        {
            foreach (MicroBatch microBatch in microBatches)
            {
                TNetwork.BackwardForTraining(Frame(microBatch, phase));
            }

            if (phase < normalizations.Length)
            {
                normalizations[^(phase + 1)].MergeBackward(ArenaOf, count, ref parameters.Reference, ref packed.Reference);
            }
        }

        foreach (MicroBatch microBatch in microBatches)
        {
            using (microBatch)
            {
                Range values = (microBatch.First * TNetwork.InputLength)..((microBatch.First + microBatch.Count) * TNetwork.InputLength);
                Assert.True(microBatch.Images.Span.SequenceEqual(images[values]), "the images were written");
                microBatch.InputGradients.Span.CopyTo(inputGradients.AsSpan(plan.HasInputGradients ? values : ..0));
                microBatch.Check();
            }
        }

        foreach (FencedMemory memory in (FencedMemory[])[parameters, gradients, packed])
        {
            memory.Check();
        }

        Assert.True(
            parameters.Span.SequenceEqual(MemoryMarshal.CreateSpan(ref network.State.Parameters, RoundUp(floats))), "the parameters were written");
        return new TrainingPass(outputs, inputGradients, NamedGradients(definition, gradients.Span));

        ReadOnlySpan<float> ArenaOf(int microBatch) => microBatches[microBatch].Arena.Span;

        TrainingFrame Frame(MicroBatch microBatch, int phase) => new(
            ref microBatch.Images.Reference,
            ref parameters.Reference,
            ref packed.Reference,
            ref gradients.Reference,
            ref microBatch.Arena.Reference,
            ref microBatch.InputGradients.Reference,
            microBatch.Count,
            microBatch.First,
            dropoutKey: 1,
            phase);
    }

    private static float[] Predict<TNetwork>(TNetwork network, ReadOnlySpan<float> image, Fence fence)
        where TNetwork : class, INetwork<TNetwork>
    {
        using FencedMemory input = FencedMemory.Of(image, fence);
        using var output = new FencedMemory(TNetwork.OutputLength, fence);
        var workspace = new Workspace(TNetwork.WorkspaceBytes + (GuardFloats * sizeof(float)));
        workspace.Span.Fill(float.NaN);
        network.Predict(input.Span, output.Span, workspace);
        Assert.True(input.Span.SequenceEqual(image), "the input was written");
        Assert.False(workspace.Span[^GuardFloats..].ContainsAnyExcept(float.NaN), "memory behind WorkspaceBytes was written");
        input.Check();
        output.Check();
        return output.Span.ToArray();
    }

    /// <summary>Takes the outputs out of the arena and puts their gradients in, as evaluating a loss does.</summary>
    private static void ExchangeRows(TrainingPlan plan, Span<float> arena, Span<float> outputs, ReadOnlySpan<float> outputGradients)
    {
        for (int row = 0; row * plan.OutputLength < outputs.Length; row++)
        {
            int start = row * plan.OutputLength;
            arena.Slice(plan.OutputOffset + (row * plan.OutputStride), plan.OutputLength).CopyTo(outputs[start..]);
        }

        for (int row = 0; row * plan.OutputLength < outputs.Length; row++)
        {
            outputGradients.Slice(row * plan.OutputLength, plan.OutputLength)
                .CopyTo(arena[(plan.OutputGradientOffset + (row * plan.OutputStride))..]);
        }
    }

    private static Dictionary<string, float[]> NamedGradients(NetworkDefinition definition, ReadOnlySpan<float> block)
    {
        var storage = new ParameterStorage { Buffer = new AlignedBuffer(block.Length) };
        var set = new ParameterSet(definition.Parameters, storage);
        foreach (Parameter parameter in set)
        {
            parameter.CopyFrom(Enumerable.Repeat(1f, parameter.Length).ToArray());
        }

        // Optimizers sweep the whole block: what lies between the parameters must stay zero.
        for (int i = 0; i < block.Length; i++)
        {
            Assert.False(storage.Buffer.Span[i] == 0 && block[i] != 0, $"the hole at {i} of the gradient block is {block[i]}");
        }

        block.CopyTo(storage.Buffer.Span);
        return set.ToDictionary(parameter => parameter.Name, parameter => parameter.ToArray());
    }

    private static uint[] Bits(float[] values) => MemoryMarshal.Cast<float, uint>(values).ToArray();

    private static int RoundUp(int floats) => AlignedBuffer.RoundUp(floats);
}
