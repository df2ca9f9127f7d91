using System.Runtime.Intrinsics;
using NetGen.CompilerServices;
using Xunit;
using Xunit.Abstractions;

namespace NetGen.Tests.Numerics;

/// <summary>
/// The vector widths that a process may use. A setting of the .NET runtime switches off the wider ones, so that the kernels of narrower
/// machines, and those of machines without any vectors, can be tested on one machine.
/// </summary>
/// <param name="Setting">The environment variable that is set to 0; empty for the machine as it is.</param>
/// <param name="Has512">Whether 512-bit vectors are left.</param>
/// <param name="Has256">Whether 256-bit vectors are left.</param>
/// <param name="Has128">Whether 128-bit vectors are left.</param>
internal sealed record VectorWidths(string Setting, bool Has512, bool Has256, bool Has128)
{
    private const string ExpectedVariable = "NETGEN_TEST_VECTORS";

    /// <summary>Widths below the machine's own: 256 bit, 128 bit and none.</summary>
    private const int Narrower = 3;

    /// <summary>What this process has.</summary>
    public static VectorWidths Current { get; } =
        new("", VectorLanes.Has512, Vector256.IsHardwareAccelerated, Vector128.IsHardwareAccelerated);

    /// <summary>What a process has with a setting switched off on this machine.</summary>
    public static VectorWidths Without(string setting) => setting switch
    {
        "DOTNET_EnableAVX512" => Current with { Setting = setting, Has512 = false },
        "DOTNET_EnableAVX2" => Current with { Setting = setting, Has512 = false, Has256 = false },
        "DOTNET_EnableHWIntrinsic" => new VectorWidths(setting, false, false, false),
        _ => throw new ArgumentException($"No setting '{setting}'.", nameof(setting)),
    };

    /// <summary>
    /// What this process takes of the cases that processes of several widths share: all of them on the machine as it is; a third of them, and
    /// each another, where its parent has switched vectors off. Nearly all the time that cases take is the compiler's, whatever the width.
    /// </summary>
    public static IEnumerable<T> ShareOf<T>(IEnumerable<T> cases) => Environment.GetEnvironmentVariable(ExpectedVariable) is null
        ? cases
        : cases.Where((_, i) => i % Narrower == (Current.Has256 ? 0 : Current.Has128 ? 1 : 2));

    public override string ToString() => $"Vector512 {Has512}, Vector256 {Has256}, Vector128 {Has128}";

    /// <summary>Demands of this process the widths that its parent asked for, and prints what they are.</summary>
    public static void CheckAgainstParent(ITestOutputHelper output)
    {
        output.WriteLine($"{Current}");
        Assert.Equal(Environment.GetEnvironmentVariable(ExpectedVariable) ?? $"{Current}", $"{Current}");
        Assert.True(Current.Has256 || !Current.Has512, "512-bit vectors without 256-bit ones");
    }

    /// <summary>Runs the numeric tests of an assembly in a process of these widths, and demands that they pass.</summary>
    /// <param name="tests">Any type of the assembly.</param>
    /// <param name="output">Receives what the process printed.</param>
    /// <param name="variables">Environment variables that the process gets besides.</param>
    public void RunNumericTests(Type tests, ITestOutputHelper output, params (string Name, string Value)[] variables)
    {
        string printed = TestProcess.Run(tests, "Category=Numeric", [(Setting, "0"), (ExpectedVariable, $"{this}"), .. variables]);
        output.WriteLine(printed);
        Assert.Contains($"{this}", printed, StringComparison.Ordinal);
    }
}
