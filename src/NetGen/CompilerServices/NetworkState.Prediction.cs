using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NetGen.CompilerServices;

/// <content>Predictions by several threads, and of several images.</content>
public sealed partial class NetworkState
{
    private readonly PredictionProgram? _predict;
    private readonly PredictionProgram? _predictGroup;
    private readonly long _batchWorkspaceBytes;
    private readonly WorkspacePool _batchWorkspaces;

    /// <summary>Predicts one image on the threads of a workspace.</summary>
    /// <param name="input">The input.</param>
    /// <param name="output">Receives the output.</param>
    /// <param name="workspace">Scratch memory.</param>
    public void Predict(ReadOnlySpan<float> input, Span<float> output, Workspace workspace)
    {
        ref float arena = ref Enter(workspace, input, output);
        try
        {
            CheckThreads(workspace, Definition.WorkspaceBytes(workspace.Threads), "For");
            Run(input, output, 1, workspace, ref arena);
        }
        finally
        {
            workspace.Exit();
        }
    }

    /// <summary>Predicts a batch in scratch memory of the network's own.</summary>
    /// <param name="inputs">The inputs, one after the other.</param>
    /// <param name="outputs">Receives the outputs, one after the other.</param>
    /// <param name="count">Number of images.</param>
    public void PredictBatch(ReadOnlySpan<float> inputs, Span<float> outputs, int count)
    {
        Workspace workspace = _batchWorkspaces.Rent();
        try
        {
            PredictBatch(inputs, outputs, count, workspace);
        }
        finally
        {
            _batchWorkspaces.Return(workspace);
        }
    }

    /// <summary>Predicts a batch on the threads of a workspace.</summary>
    /// <param name="inputs">The inputs, one after the other.</param>
    /// <param name="outputs">Receives the outputs, one after the other.</param>
    /// <param name="count">Number of images.</param>
    /// <param name="workspace">Scratch memory.</param>
    public void PredictBatch(ReadOnlySpan<float> inputs, Span<float> outputs, int count, Workspace workspace)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        CheckBatch(inputs, outputs, count);
        CheckThreads(workspace, Definition.BatchWorkspaceBytes(workspace.Threads), "ForBatches");
        EnsurePacked();
        ref float arena = ref workspace.Enter();
        try
        {
            Run(inputs, outputs, count, workspace, ref arena);
        }
        finally
        {
            workspace.Exit();
        }
    }

    private void Run(ReadOnlySpan<float> inputs, Span<float> outputs, int count, Workspace workspace, ref float memory)
    {
        if (workspace.Threads == 1 || !Definition.SharesWork)
        {
            RunAlone(inputs, outputs, count, workspace, ref memory);
            return;
        }

        PredictionJob job = workspace.Job;
        TeamTrial trial = job.TrialOf(this);
        long start = Stopwatch.GetTimestamp();
        if (count > 1 || trial.TakesTeam)
        {
            job.Run(this, inputs, outputs, count);
        }
        else
        {
            RunAlone(inputs, outputs, count, workspace, ref memory);
        }

        if (count == 1 && !trial.IsFinal)
        {
            trial.Record(Stopwatch.GetTimestamp() - start);
        }
    }

    private void RunAlone(ReadOnlySpan<float> inputs, Span<float> outputs, int count, Workspace workspace, ref float memory) => RunPrograms(
        ref MemoryMarshal.GetReference(inputs), ref MemoryMarshal.GetReference(outputs), count, ref memory, workspace.Threads, WorkShare.Whole);

    /// <summary>Runs one thread's part of the programs that predict some images: in groups as long as there are enough of them.</summary>
    /// <param name="inputs">The first value of the first input.</param>
    /// <param name="outputs">Receives the outputs.</param>
    /// <param name="count">Number of images.</param>
    /// <param name="memory">The start of the workspace.</param>
    /// <param name="threads">Threads that the workspace has room for.</param>
    /// <param name="share">The thread's share.</param>
    internal void RunPrograms(ref float inputs, ref float outputs, int count, ref float memory, int threads, in WorkShare share)
    {
        PredictionProgram predict = _predict
            ?? throw new InvalidOperationException($"{Definition.Name} was built by another version of NetGen's generator; build it again.");
        ref float scratch = ref Unsafe.Add(ref memory, (nint)share.Part * Definition.ScratchFloats);
        ref float arena = ref Unsafe.Add(ref memory, (nint)threads * Definition.ScratchFloats);
        for (int done = 0; done < count;)
        {
            bool isGroup = _predictGroup is not null && count - done >= Definition.FewestGroupImages;
            int images = isGroup ? Math.Min(count - done, Definition.GroupImages) : 1;
            PredictionProgram program = isGroup ? _predictGroup! : predict;
            program(
                ref Unsafe.Add(ref inputs, (nint)done * _inputLength),
                ref Unsafe.Add(ref outputs, (nint)done * _outputLength),
                ref Parameters,
                ref Packed,
                ref arena,
                ref scratch,
                images,
                share);
            done += images;

            // The next images use the memory of these.
            if (done < count)
            {
                share.Meet();
            }
        }
    }

    private void CheckBatch(ReadOnlySpan<float> inputs, Span<float> outputs, int count)
    {
        if (count < 0)
        {
            throw new ArgumentOutOfRangeException(nameof(count), count, "The number of images is at least 0.");
        }

        if (inputs.Length != (long)count * _inputLength)
        {
            throw new ArgumentException(
                $"{count} images of {Definition.Name} are {(long)count * _inputLength} values, {Values(_inputLength, Definition.InputShape)} each; "
                + $"the inputs have {inputs.Length}.",
                nameof(inputs));
        }

        if (outputs.Length != (long)count * _outputLength)
        {
            throw new ArgumentException(
                $"{Definition.Name} gives {(long)count * _outputLength} values for {count} images, {Values(_outputLength, Definition.OutputShape)} each; "
                + $"the outputs have room for {outputs.Length}.",
                nameof(outputs));
        }

        if (inputs.Overlaps(outputs))
        {
            throw new ArgumentException(
                $"The outputs of {Definition.Name} overlap its inputs. Give the outputs memory of their own.", nameof(outputs));
        }
    }

    private void CheckThreads(Workspace workspace, long needed, string factory)
    {
        if (workspace.Bytes < needed)
        {
            throw new ArgumentException(
                $"{Definition.Name} needs a workspace of {needed} bytes{(factory == "ForBatches" ? " for batches" : "")}"
                + $"{(workspace.Threads > 1 ? $" on {workspace.Threads} threads" : "")}; this one has {workspace.Bytes}. "
                + $"Make it with Workspace.{factory}<{Definition.Name}>({(workspace.Threads > 1 ? workspace.Threads : "")}).",
                nameof(workspace));
        }
    }
}
