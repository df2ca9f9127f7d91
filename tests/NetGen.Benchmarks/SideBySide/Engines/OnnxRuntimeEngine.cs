using System.Runtime.InteropServices;

namespace NetGen.Benchmarks.SideBySide;

/// <summary>
/// A session of ONNX Runtime. Input and output lie in memory that both sides see, and names are converted once, so that nothing is
/// timed but the session's run.
/// </summary>
internal sealed unsafe class OnnxRuntimeEngine : InferenceEngine
{
    private readonly OnnxRuntime _runtime;
    private readonly nint _session;

    // Only the library reads the input, which the garbage collector does not see.
    private readonly float[] _input;
    private readonly float[] _output;
    private readonly nint _inputTensor;
    private readonly nint _outputTensor;
    private readonly byte* _inputName;
    private readonly byte* _outputName;
    private readonly delegate* unmanaged[Cdecl]<nint, nint, byte**, nint*, nuint, byte**, nuint, nint*, nint> _run;

    /// <param name="runtime">The library.</param>
    /// <param name="modelPath">An ONNX file that <see cref="Onnx.OnnxModel"/> wrote.</param>
    /// <param name="inputExtents">Extents of its input.</param>
    /// <param name="outputExtents">Extents of its output.</param>
    /// <param name="threads">Threads to use, the caller's counted.</param>
    public OnnxRuntimeEngine(OnnxRuntime runtime, string modelPath, long[] inputExtents, long[] outputExtents, int threads)
    {
        _runtime = runtime;
        _run = runtime.RunFunction;
        _session = runtime.CreateSession(modelPath, threads);
        _inputTensor = CreateTensor(inputExtents, out _input);
        _outputTensor = CreateTensor(outputExtents, out _output);
        _inputName = Pinned(OnnxRuntime.Text(Onnx.OnnxGraph.Input));
        _outputName = Pinned(OnnxRuntime.Text(Onnx.OnnxGraph.Output));
        FormulaValues.FillInput(_input);
    }

    public override ReadOnlySpan<float> Output => _output;

    public override void Run()
    {
        byte* inputName = _inputName, outputName = _outputName;
        nint input = _inputTensor, output = _outputTensor;
        nint status = _run(_session, 0, &inputName, &input, 1, &outputName, 1, &output);
        if (status != 0) _runtime.Check(status);
    }

    public override void Dispose()
    {
        _runtime.ReleaseTensor(_inputTensor);
        _runtime.ReleaseTensor(_outputTensor);
        _runtime.ReleaseSession(_session);
        NativeMemory.Free(_inputName);
        NativeMemory.Free(_outputName);
    }

    private nint CreateTensor(long[] extents, out float[] data)
    {
        int count = checked((int)extents.Aggregate(1L, (product, extent) => product * extent));
        data = GC.AllocateArray<float>(count, pinned: true);
        return _runtime.CreateTensor((float*)Marshal.UnsafeAddrOfPinnedArrayElement(data, 0), count, extents);
    }

    private static byte* Pinned(byte[] text)
    {
        byte* memory = (byte*)NativeMemory.Alloc((nuint)text.Length);
        text.CopyTo(new Span<byte>(memory, text.Length));
        return memory;
    }
}
