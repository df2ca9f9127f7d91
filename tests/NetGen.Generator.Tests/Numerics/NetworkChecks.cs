using System.Reflection;
using Xunit;

namespace NetGen.Generator.Tests.Numerics;

/// <summary>What is to be checked of a network.</summary>
internal interface INetworkCheck
{
    void Run<TNetwork>(NetworkCase network)
        where TNetwork : class, ITrainableNetwork<TNetwork>;
}

/// <summary>Compiles networks together and checks each of them.</summary>
internal static class NetworkChecks
{
    private static readonly MethodInfo s_run = typeof(INetworkCheck).GetMethod(nameof(INetworkCheck.Run))!;

    /// <summary>Demands that all networks pass, and names those that do not.</summary>
    /// <param name="networks">The declarations.</param>
    /// <param name="check">What is checked; unless given, that each network agrees with its reference.</param>
    public static void Run(IReadOnlyList<NetworkCase> networks, INetworkCheck? check = null)
    {
        Assembly assembly = CompiledNetworks.Load(string.Concat(networks.Select(network => network.Source)));
        check ??= new ReferenceCheck();
        string[] failures = [.. networks.Select(network => FailureOf(assembly, network, check)).OfType<string>()];
        Assert.True(failures.Length == 0, $"{failures.Length} of {networks.Count} networks fail:\n{string.Join("\n", failures)}");
    }

    private static string? FailureOf(Assembly assembly, NetworkCase network, INetworkCheck check)
    {
        try
        {
            Type type = assembly.GetType(network.Name, throwOnError: true)!;
            s_run.MakeGenericMethod(type).Invoke(check, BindingFlags.DoNotWrapExceptions, null, [network], null);
            return null;
        }
        catch (Exception exception)
        {
            return $"{network}\n    {exception.Message}";
        }
    }
}
