using Microsoft.Win32.SafeHandles;

namespace NetGen;

/// <summary>Replaces files as a whole: readers and crashes see the old contents or the new, never a part.</summary>
internal static class AtomicFile
{
    /// <summary>
    /// Writes a new file beside the one named, and renames it once it is complete and on disk. A link stays and what it leads to is
    /// replaced; on Unix the new file has the old one's mode.
    /// </summary>
    /// <exception cref="DirectoryNotFoundException">The directory does not exist.</exception>
    /// <exception cref="UnauthorizedAccessException">No file may be created in the directory.</exception>
    /// <exception cref="IOException"><paramref name="path"/> is a directory, or writing fails.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        string target = ResolveLinks(Path.GetFullPath(path));
        string directory = Path.GetDirectoryName(target) ?? target;
        if (Directory.Exists(target))
        {
            throw new IOException($"'{path}' can't be written: it is a directory. Name a file.");
        }

        if (!Directory.Exists(directory))
        {
            throw new DirectoryNotFoundException($"'{path}' can't be written: the directory '{directory}' does not exist. Create it first.");
        }

        string temporary = Path.Combine(directory, $".netgen-{Path.GetRandomFileName()}");
        try
        {
            using (FileStream stream = Create(path, temporary))
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

    // The framework's exception names the temporary file, which tells the user nothing.
    private static FileStream Create(string path, string temporary)
    {
        try
        {
            return new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 1);
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new UnauthorizedAccessException(
                $"'{path}' can't be written: no file may be created in the directory '{Path.GetDirectoryName(temporary)}'.", exception);
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
