namespace NetGen.Benchmarks.SideBySide;

/// <summary>What a process needed until an engine had its first output.</summary>
/// <param name="Milliseconds">Time from the start of the process, with the runtime's own start.</param>
/// <param name="Megabytes">The most physical memory that the process had (10⁶ bytes).</param>
internal readonly record struct FirstResult(double Milliseconds, double Megabytes);
