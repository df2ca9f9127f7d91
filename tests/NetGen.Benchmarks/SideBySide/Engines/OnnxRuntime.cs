using System.Runtime.InteropServices;
using System.Text;

namespace NetGen.Benchmarks.SideBySide;

/// <summary>
/// The few functions of ONNX Runtime's C API that a session needs. The library exports one function, which gives a table of function
/// pointers; a function keeps its slot in all later versions.
/// </summary>
internal sealed unsafe class OnnxRuntime : IDisposable
{
    // Every library serves the tables of older versions, too, so that an early one that has what is used here asks for the least.
    private const uint ApiVersion = 13;
    private const int LogErrorsOnly = 3;
    private const int ExecuteSequentially = 0;
    private const int AllOptimizations = 99;
    private const int DeviceAllocator = 0;
    private const int DefaultMemory = 0;
    private const int FloatElements = 1;

    private readonly nint* _functions;
    private readonly nint _environment;
    private readonly nint _memoryInfo;

    /// <summary>Loads the library.</summary>
    /// <param name="libraryPath">The shared library.</param>
    /// <exception cref="OnnxRuntimeException">It is no ONNX Runtime, or one older than 1.13.</exception>
    public OnnxRuntime(string libraryPath)
    {
        nint* library;
        try
        {
            nint handle = NativeLibrary.Load(libraryPath);
            library = ((delegate* unmanaged[Cdecl]<nint*>)NativeLibrary.GetExport(handle, "OrtGetApiBase"))();
        }
        catch (Exception exception) when (exception is DllNotFoundException or BadImageFormatException or EntryPointNotFoundException)
        {
            throw new OnnxRuntimeException($"'{libraryPath}' can't be loaded as ONNX Runtime's library: {exception.Message}", exception);
        }

        Version = Marshal.PtrToStringUTF8(((delegate* unmanaged[Cdecl]<nint>)library[1])()) ?? "of unknown version";
        _functions = ((delegate* unmanaged[Cdecl]<uint, nint*>)library[0])(ApiVersion);
        if (_functions is null)
            throw new OnnxRuntimeException($"ONNX Runtime {Version} is too old; 1.{ApiVersion} is the oldest that will do.");

        nint created;
        fixed (byte* name = Text("NetGen.Benchmarks"))
            Check(((delegate* unmanaged[Cdecl]<int, byte*, nint*, nint>)this[Function.CreateEnv])(LogErrorsOnly, name, &created));
        _environment = created;
        var createMemoryInfo = (delegate* unmanaged[Cdecl]<int, int, nint*, nint>)this[Function.CreateCpuMemoryInfo];
        Check(createMemoryInfo(DeviceAllocator, DefaultMemory, &created));
        _memoryInfo = created;
    }

    // Positions in OrtApi of onnxruntime_c_api.h.
    private enum Function
    {
        GetErrorMessage = 2,
        CreateEnv = 3,
        CreateSession = 7,
        Run = 9,
        CreateSessionOptions = 10,
        SetSessionExecutionMode = 13,
        SetSessionGraphOptimizationLevel = 23,
        SetIntraOpNumThreads = 24,
        SetInterOpNumThreads = 25,
        CreateTensorWithDataAsOrtValue = 49,
        CreateCpuMemoryInfo = 69,
        ReleaseEnv = 92,
        ReleaseStatus = 93,
        ReleaseMemoryInfo = 94,
        ReleaseSession = 95,
        ReleaseValue = 96,
        ReleaseSessionOptions = 100,
    }

    /// <summary>The library's version.</summary>
    public string Version { get; }

    /// <summary>The function that runs a session: session, run options, input names, inputs, count, output names, count, outputs.</summary>
    public delegate* unmanaged[Cdecl]<nint, nint, byte**, nint*, nuint, byte**, nuint, nint*, nint> RunFunction =>
        (delegate* unmanaged[Cdecl]<nint, nint, byte**, nint*, nuint, byte**, nuint, nint*, nint>)this[Function.Run];

    private nint this[Function function] => _functions[(int)function];

    /// <summary>UTF-8 with a zero at the end.</summary>
    public static byte[] Text(string text) => Encoding.UTF8.GetBytes(text + '\0');

    /// <summary>Loads a model as an application would at its best: all optimisations, operators one after the other.</summary>
    /// <param name="modelPath">The ONNX file.</param>
    /// <param name="threads">Threads that an operator may use, the caller's counted.</param>
    public nint CreateSession(string modelPath, int threads)
    {
        nint options, session;
        Check(((delegate* unmanaged[Cdecl]<nint*, nint>)this[Function.CreateSessionOptions])(&options));
        SetOption(options, Function.SetIntraOpNumThreads, threads);
        SetOption(options, Function.SetInterOpNumThreads, 1);
        SetOption(options, Function.SetSessionExecutionMode, ExecuteSequentially);
        SetOption(options, Function.SetSessionGraphOptimizationLevel, AllOptimizations);

        byte[] path = OperatingSystem.IsWindows() ? Encoding.Unicode.GetBytes(modelPath + '\0') : Text(modelPath);
        fixed (byte* pinned = path)
        {
            var create = (delegate* unmanaged[Cdecl]<nint, byte*, nint, nint*, nint>)this[Function.CreateSession];
            Check(create(_environment, pinned, options, &session));
        }

        Release(Function.ReleaseSessionOptions, options);
        return session;
    }

    /// <summary>A tensor in the caller's memory.</summary>
    /// <param name="data">Its elements, which stay where they are until the tensor is released.</param>
    /// <param name="count">Number of elements.</param>
    /// <param name="extents">The extents, outermost first.</param>
    public nint CreateTensor(float* data, int count, long[] extents)
    {
        nint tensor, function = this[Function.CreateTensorWithDataAsOrtValue];
        var create = (delegate* unmanaged[Cdecl]<nint, float*, nuint, long*, nuint, int, nint*, nint>)function;
        fixed (long* pinned = extents)
            Check(create(_memoryInfo, data, sizeof(float) * (nuint)count, pinned, (nuint)extents.Length, FloatElements, &tensor));
        return tensor;
    }

    public void ReleaseSession(nint session) => Release(Function.ReleaseSession, session);

    public void ReleaseTensor(nint tensor) => Release(Function.ReleaseValue, tensor);

    /// <summary>Throws what a function reports.</summary>
    /// <param name="status">What the function returned: 0 for success.</param>
    /// <exception cref="OnnxRuntimeException">The function failed.</exception>
    public void Check(nint status)
    {
        if (status == 0) return;
        string? message = Marshal.PtrToStringUTF8(((delegate* unmanaged[Cdecl]<nint, nint>)this[Function.GetErrorMessage])(status));
        Release(Function.ReleaseStatus, status);
        throw new OnnxRuntimeException($"ONNX Runtime {Version} says: {message}");
    }

    public void Dispose()
    {
        Release(Function.ReleaseMemoryInfo, _memoryInfo);
        Release(Function.ReleaseEnv, _environment);
    }

    private void SetOption(nint options, Function function, int value) =>
        Check(((delegate* unmanaged[Cdecl]<nint, int, nint>)this[function])(options, value));

    private void Release(Function function, nint value) => ((delegate* unmanaged[Cdecl]<nint, void>)this[function])(value);
}
