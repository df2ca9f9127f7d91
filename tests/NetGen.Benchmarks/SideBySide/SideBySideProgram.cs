namespace NetGen.Benchmarks.SideBySide;

/// <summary>Runs the commands of this folder; what their user can put right is told without a stack trace.</summary>
internal static class SideBySideProgram
{
    /// <param name="arguments">The command and its options.</param>
    /// <returns>The process's exit code: 0, 1 for outputs that disagree, 2 for what could not be done.</returns>
    public static int Run(ReadOnlySpan<string> arguments)
    {
        try
        {
            return arguments[0] == FirstResultCommand.Name ? FirstResultCommand.Run(arguments[1..]) : SideBySideCommand.Run(arguments[1..]);
        }
        catch (Exception exception) when (exception
            is CommandLineException or OnnxRuntimeException or EngineProcessException or IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine(exception.Message);
            return 2;
        }
    }
}
