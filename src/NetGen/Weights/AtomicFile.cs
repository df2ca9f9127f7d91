using Microsoft.Win32.SafeHandles;

namespace NetGen;

/// <summary>Replaces files as a whole: readers and crashes see the old contents or the new, never a part.</summary>
internal static class AtomicFile
{
    /// <summary>
    /// Writes a new file beside the one named, and renames it once it is complete and on disk. A link stays and what it leads to is
    /// replaced; on Unix the new file has the old one's mode.
    /// </summary>
    public static void Write(string path, Action<Stream> write)
    {
        string target = ResolveLinks(Path.GetFullPath(path));
        string temporary = Path.Combine(Path.GetDirectoryName(target) ?? target, $".netgen-{Path.GetRandomFileName()}");
        try
        {
            using (FileStream stream = new(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 1))
            {
                // Before there is anything to read that the mode may forbid.
                CopyMode(target, stream.SafeFileHandle);
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, target, overwrite: true);
        }
        catch
        {
            TryDelete(temporary);
            throw;
        }
    }

    private static string ResolveLinks(string path)
    {
        FileInfo file = new(path);
        return file.LinkTarget is null ? path : file.ResolveLinkTarget(returnFinalTarget: true)!.FullName;
    }

    private static void CopyMode(string source, SafeFileHandle destination)
    {
        if (!OperatingSystem.IsWindows() && File.Exists(source))
        {
            UnixFileMode mode = File.GetUnixFileMode(source);

            // Some file systems have one mode for all files and refuse any change.
            if (File.GetUnixFileMode(destination) != mode)
            {
                File.SetUnixFileMode(destination, mode);
            }
        }
    }

    private static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The exception that made the save fail says more than this one.
        }
    }
}
