using System.Runtime.InteropServices;

namespace NetGen.CompilerServices;

/// <summary>
/// Asks the system for pages of two megabytes behind large blocks: first touching them takes a tenth of the time, and reading weights in
/// the hundreds of megabytes does not wait for address translation. It is a hint: without it everything works, slower.
/// </summary>
internal static partial class HugePages
{
    /// <summary>Blocks from this size on gain.</summary>
    public const long LeastBytes = 8 * PageBytes;

    private const nint PageBytes = 2 << 20;

    // MADV_HUGEPAGE of Linux, the same on all processors.
    private const int Advice = 14;

    // Not every Linux has a C library of that name, or a kernel with the call.
    private static bool s_unavailable = !OperatingSystem.IsLinux();

    /// <summary>Gives the hint for memory that nobody has touched yet; a block that is too small or a system without such pages gets none.</summary>
    /// <param name="address">Where the block starts.</param>
    /// <param name="bytes">Its length.</param>
    public static void Advise(nint address, long bytes)
    {
        if (s_unavailable || bytes < LeastBytes)
        {
            return;
        }

        nint first = (address + PageBytes - 1) & -PageBytes, end = (address + (nint)bytes) & -PageBytes;
        try
        {
            // The result does not matter: the system may have no huge pages, or none free.
            _ = Advise(first, (nuint)(end - first), Advice);
        }
        catch (Exception exception) when (exception is DllNotFoundException or EntryPointNotFoundException)
        {
            s_unavailable = true;
        }
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(nint address, nuint length, int advice);
}
