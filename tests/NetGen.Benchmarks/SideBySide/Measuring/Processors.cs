using System.Globalization;
using System.Runtime.InteropServices;

namespace NetGen.Benchmarks.SideBySide;

/// <summary>Keeps the process on a number of processors, so that neither engine gets more than the other.</summary>
internal static partial class Processors
{
    // The kernel's cpu_set_t has 1024 bits; machines with more need a larger mask and get none here.
    private const int MaskBytes = 128;

    /// <summary>The most processors that can be asked for, whatever the machine has.</summary>
    public const int Most = 8 * MaskBytes;

    /// <summary>
    /// Pins every thread of the process to the last of the processors it may use; threads and processes that they start inherit it.
    /// </summary>
    /// <param name="count">Number of processors.</param>
    /// <returns>Their numbers; empty where the system is not Linux, and nothing was done.</returns>
    /// <exception cref="CommandLineException">The process may not use so many.</exception>
    public static IReadOnlyList<int> Pin(int count)
    {
        Span<byte> mask = stackalloc byte[MaskBytes];
        bool canPin = OperatingSystem.IsLinux() && GetAffinity(0, MaskBytes, ref mask[0]) >= 0;
        List<int> allowed = [.. Enumerable.Range(0, canPin ? Most : Environment.ProcessorCount)];
        if (canPin)
        {
            byte[] bits = mask.ToArray();
            allowed.RemoveAll(processor => (bits[processor / 8] >> (processor % 8) & 1) == 0);
        }

        if (count > allowed.Count)
            throw new CommandLineException($"--threads {count}: the process may use {allowed.Count} processors.");
        if (!canPin) return [];

        int[] pinned = [.. allowed.TakeLast(count)];
        mask.Clear();
        foreach (int processor in pinned) mask[processor / 8] |= (byte)(1 << (processor % 8));

        // The call is for one thread, and the runtime has started some already. One that has ended since is no matter.
        foreach (string thread in Directory.EnumerateDirectories("/proc/self/task"))
            _ = SetAffinity(int.Parse(Path.GetFileName(thread), CultureInfo.InvariantCulture), MaskBytes, ref mask[0]);
        return pinned;
    }

    [LibraryImport("libc", EntryPoint = "sched_getaffinity")]
    private static partial int GetAffinity(int thread, nuint maskBytes, ref byte mask);

    [LibraryImport("libc", EntryPoint = "sched_setaffinity")]
    private static partial int SetAffinity(int thread, nuint maskBytes, ref byte mask);
}
