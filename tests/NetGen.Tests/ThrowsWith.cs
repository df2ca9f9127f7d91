using Xunit;

namespace NetGen.Tests;

/// <summary>Demands an exception of just this type, with this in its message: what users are told is part of the contract.</summary>
internal static class ThrowsWith
{
    public static TException Message<TException>(string expected, Action action)
        where TException : Exception
    {
        TException exception = Assert.Throws<TException>(action);
        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
        return exception;
    }

    public static TException Message<TException>(string expected, Func<object?> function)
        where TException : Exception =>
        Message<TException>(expected, () => { function(); });
}
