namespace NetGen.Benchmarks.SideBySide;

/// <summary>What computes.</summary>
internal enum EngineKind
{
    /// <summary>Nothing: what a .NET process costs by itself.</summary>
    None,

    NetGen,

    /// <summary>ONNX Runtime.</summary>
    Ort,
}
