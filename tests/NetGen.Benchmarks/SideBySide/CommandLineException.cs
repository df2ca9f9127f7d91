namespace NetGen.Benchmarks.SideBySide;

/// <summary>The command line asks for something impossible; the message is for its author.</summary>
internal sealed class CommandLineException(string message) : Exception(message);
