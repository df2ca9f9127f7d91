namespace NetGen.Benchmarks.SideBySide;

/// <summary>
/// A directory for the networks' files, which goes when it is no longer needed, also when the user stops the program: VGG-16 takes half
/// a gigabyte for each engine.
/// </summary>
internal sealed class TemporaryDirectory : IDisposable
{
    public TemporaryDirectory() => AppDomain.CurrentDomain.ProcessExit += Delete;

    public string Path { get; } = Directory.CreateTempSubdirectory("netgen-side-by-side-").FullName;

    public void Dispose()
    {
        AppDomain.CurrentDomain.ProcessExit -= Delete;
        Delete(null, EventArgs.Empty);
    }

    private void Delete(object? sender, EventArgs arguments) => Directory.Delete(Path, recursive: true);
}
