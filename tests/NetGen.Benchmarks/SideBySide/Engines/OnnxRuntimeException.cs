namespace NetGen.Benchmarks.SideBySide;

/// <summary>ONNX Runtime is not there, or refused.</summary>
internal sealed class OnnxRuntimeException(string message, Exception? innerException = null) : Exception(message, innerException);
