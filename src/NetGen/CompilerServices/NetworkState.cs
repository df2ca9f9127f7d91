using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace NetGen.CompilerServices;

/// <summary>The part of a network object that does not depend on its kernels: the parameters, and a pool of workspaces.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed partial class NetworkState
{
    private readonly ParameterStorage _storage = new();
    private readonly int _inputLength;
    private readonly int _outputLength;
    private readonly long _workspaceBytes;
    private readonly WorkspacePool _workspaces;

    // Written by whoever finds it stale first; the others wait for the lock.
    private readonly Lock _packing = new();
    private readonly PackWeights? _packWeights;
    private AlignedBuffer _packed;
    private int _packedVersion;

    /// <summary>Makes a state without values: <see cref="Initialize"/> or a load must follow.</summary>
    /// <param name="definition">The network class.</param>
    /// <param name="packWeights">Derives <see cref="NetworkDefinition.PackedFloats"/> from the parameters; null where there are none.</param>
    /// <param name="predict">Predicts one image; null where only <see cref="Enter"/> is called.</param>
    /// <param name="predictGroup">Predicts up to <see cref="NetworkDefinition.GroupImages"/>; null where there is no such program.</param>
    public NetworkState(
        NetworkDefinition definition, PackWeights? packWeights = null, PredictionProgram? predict = null, PredictionProgram? predictGroup = null)
    {
        ArgumentNullException.ThrowIfNull(definition);
        _packWeights = packWeights;
        _predict = predict;
        _predictGroup = predictGroup;
        Definition = definition;
        ParameterSet = new ParameterSet(definition.Parameters, _storage);
        _inputLength = definition.InputShape.Length;
        _outputLength = definition.OutputShape.Length;
        _packed = new AlignedBuffer(0);
        _workspaceBytes = definition.WorkspaceBytes(threads: 1);
        _batchWorkspaceBytes = definition.BatchWorkspaceBytes(threads: 1);
        _workspaces = new WorkspacePool(_workspaceBytes);
        _batchWorkspaces = _batchWorkspaceBytes == _workspaceBytes ? _workspaces : new WorkspacePool(_batchWorkspaceBytes);
    }

    internal NetworkDefinition Definition { get; }

    /// <summary>The first element of the parameter block.</summary>
    public ref float Parameters => ref _storage.Buffer.Reference;

    /// <summary>The first of the packed weights; <see cref="Enter"/> has seen to it that they are those of the parameters.</summary>
    public ref float Packed => ref _packed.Reference;

    /// <summary>Says that the parameters were written through <see cref="Parameters"/>.</summary>
    internal void MarkParametersChanged() => _storage.MarkChanged();

    /// <summary>The parameters by name.</summary>
    public ParameterSet ParameterSet { get; }

    /// <summary>Gives all parameters their initial values.</summary>
    /// <param name="seed">The same seed gives the same bits on every platform.</param>
    public void Initialize(int seed)
    {
        AlignedBuffer block = new(Definition.ParameterFloats);
        for (int i = 0; i < Definition.Parameters.Length; i++)
        {
            Definition.Parameters[i].Initialize(block.Span, seed, i);
        }

        _storage.Buffer = block;
    }

    /// <summary>Takes the parameters from a safetensors file. If that fails the state keeps the values it had.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="WeightsFormatException">The file is not well-formed safetensors.</exception>
    /// <exception cref="WeightsMismatchException">The file is of another network.</exception>
    public void Load(string path)
    {
        using FileStream stream = InputStream.Open(path);
        _storage.Buffer = NetworkWeights.Read(stream, path, Definition);
    }

    /// <summary>Takes the parameters from a safetensors stream, read to its end. If that fails the state keeps the values it had.</summary>
    /// <param name="stream">The stream; it need not be seekable and stays open.</param>
    /// <exception cref="WeightsFormatException">The stream is not well-formed safetensors.</exception>
    /// <exception cref="WeightsMismatchException">The stream is of another network.</exception>
    public void Load(Stream stream)
    {
        InputStream.CheckReadable(stream);
        _storage.Buffer = NetworkWeights.Read(stream, "stream", Definition);
    }

    /// <summary>Writes the parameters beside the file and renames, so that a failed save leaves the file that was there.</summary>
    /// <param name="path">The file to write or replace; of a link, what it leads to.</param>
    public void Save(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        AtomicFile.Write(path, Save);
    }

    /// <summary>Writes the parameters as safetensors.</summary>
    /// <param name="stream">The stream; it stays open.</param>
    public void Save(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        if (!stream.CanWrite)
        {
            throw new ArgumentException("The stream can't be written. Pass one that is open for writing.", nameof(stream));
        }

        NetworkWeights.Write(stream, Definition, _storage.Buffer);
    }

    /// <summary>Takes a workspace from the pool, or makes one.</summary>
    public Workspace RentWorkspace() => _workspaces.Rent();

    /// <summary>Gives a workspace back to the pool.</summary>
    /// <param name="workspace">A workspace that <see cref="RentWorkspace"/> gave.</param>
    public void ReturnWorkspace(Workspace workspace) => _workspaces.Return(workspace);

    /// <summary>Checks the arguments of a prediction, marks the workspace as used and returns its memory.</summary>
    /// <param name="workspace">Scratch memory.</param>
    /// <param name="input">The input.</param>
    /// <param name="output">The output.</param>
    public ref float Enter(Workspace workspace, ReadOnlySpan<float> input, Span<float> output)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        if (input.Length != _inputLength || output.Length != _outputLength || workspace.Bytes < _workspaceBytes || input.Overlaps(output))
        {
            ThrowUnfit(workspace, input, output);
        }

        EnsurePacked();
        return ref workspace.Enter();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void EnsurePacked()
    {
        if (Volatile.Read(ref _packedVersion) != _storage.Version && _packWeights is not null)
        {
            Pack(_packWeights);
        }
    }

    private void Pack(PackWeights pack)
    {
        lock (_packing)
        {
            int version = _storage.Version;
            if (_packedVersion != version)
            {
                _packed = _packed.Length == Definition.PackedFloats ? _packed : new AlignedBuffer(Definition.PackedFloats);
                pack(ref Parameters, ref _packed.Reference);
                Volatile.Write(ref _packedVersion, version);
            }
        }
    }

    /// <summary>Marks the workspace as free.</summary>
    /// <param name="workspace">The workspace that <see cref="Enter"/> marked.</param>
    [SuppressMessage("Performance", "CA1822:Mark members as static", Justification = "Emitted code pairs it with Enter.")]
    public void Exit(Workspace workspace)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        workspace.Exit();
    }

    /// <summary>Memory for one output, behind the arena of a workspace.</summary>
    /// <param name="workspace">A workspace large enough for this network.</param>
    public Span<float> OutputOf(Workspace workspace)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        ThrowIfTooSmall(workspace);
        return workspace.Span.Slice((workspace.Threads * Definition.ScratchFloats) + Definition.ArenaFloats, _outputLength);
    }

    /// <summary>
    /// The class that an output stands for: the place of its first greatest value, or where there is a
    /// <see cref="NetworkDefinition.DecisionThreshold"/> whether it is above that: 1 or 0.
    /// </summary>
    /// <param name="output">One output.</param>
    public int PredictedClass(ReadOnlySpan<float> output) =>
        Definition.DecisionThreshold is float threshold ? (output[0] > threshold ? 1 : 0) : IndexOfGreatest(output);

    /// <summary>Checks the memory for one of several outputs.</summary>
    /// <param name="output">The memory.</param>
    /// <param name="length">The output's values.</param>
    /// <param name="name">The output's name.</param>
    /// <exception cref="ArgumentException">The memory has another length.</exception>
    public void CheckOutput(ReadOnlySpan<float> output, int length, string name)
    {
        if (output.Length != length)
        {
            throw new ArgumentException(
                $"The output {name} of {Definition.Name} is {(length == 1 ? "1 value" : $"{length} values")}; the span has room for {output.Length}.", name);
        }
    }

    internal static int IndexOfGreatest(ReadOnlySpan<float> values)
    {
        int greatest = 0;
        for (int i = 1; i < values.Length; i++)
        {
            if (values[i] > values[greatest])
            {
                greatest = i;
            }
        }

        return greatest;
    }

    [DoesNotReturn]
    private void ThrowUnfit(Workspace workspace, ReadOnlySpan<float> input, Span<float> output)
    {
        if (input.Length != _inputLength)
        {
            ThrowUnfit(input);
        }

        ThrowIfUnfit(workspace, output);
        throw new ArgumentException($"The output of {Definition.Name} overlaps its input. Give the output memory of its own.", nameof(output));
    }

    [DoesNotReturn]
    private void ThrowUnfit(ReadOnlySpan<float> input) => throw new ArgumentException(
        $"{Definition.Name} takes {Values(_inputLength, Definition.InputShape)}; the input has {input.Length}.", nameof(input));

    private void ThrowIfUnfit(Workspace workspace, ReadOnlySpan<float> output)
    {
        if (output.Length != _outputLength)
        {
            throw new ArgumentException(
                $"{Definition.Name} gives {Values(_outputLength, Definition.OutputShape)}; the output has room for {output.Length}. "
                + "Pass a span of OutputLength values.",
                nameof(output));
        }

        ThrowIfTooSmall(workspace);
    }

    private void ThrowIfTooSmall(Workspace workspace)
    {
        if (workspace.Bytes < _workspaceBytes)
        {
            throw new ArgumentException(
                $"{Definition.Name} needs a workspace of {_workspaceBytes} bytes; this one has {workspace.Bytes}. "
                + $"Make it with Workspace.For<{Definition.Name}>().",
                nameof(workspace));
        }
    }

    private static string Values(int length, TensorShape shape) =>
        (length == 1 ? "1 value" : $"{length} values") + (shape.IsVector ? "" : $" ({shape})");
}
