namespace NetGen.Benchmarks.SideBySide;

/// <summary>A process that was to load a network and compute one output did not.</summary>
internal sealed class EngineProcessException(string message) : Exception(message);
