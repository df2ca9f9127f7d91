namespace NetGen.Benchmarks.SideBySide;

/// <summary>A directory for the networks' files, which goes with them: VGG-16 takes half a gigabyte for each engine.</summary>
internal sealed class TemporaryDirectory : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("netgen-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
