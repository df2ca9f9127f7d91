using System.Runtime.InteropServices;

namespace NetGen.Benchmarks.SideBySide;

/// <summary>
/// A directory for the networks' files, which goes when it is no longer needed, also when the user stops the program: VGG-16 takes half
/// a gigabyte for each engine.
/// </summary>
internal sealed class TemporaryDirectory : IDisposable
{
    private readonly PosixSignalRegistration[] _signals;

    public TemporaryDirectory()
    {
        PosixSignal[] signals = [PosixSignal.SIGINT, PosixSignal.SIGTERM];
        _signals = [.. signals.Select(signal => PosixSignalRegistration.Create(signal, _ => Delete()))];
    }

    public string Path { get; } = Directory.CreateTempSubdirectory("netgen-side-by-side-").FullName;

    public void Dispose()
    {
        foreach (PosixSignalRegistration signal in _signals) signal.Dispose();
        Delete();
    }

    private void Delete()
    {
        if (Directory.Exists(Path)) Directory.Delete(Path, recursive: true);
    }
}
