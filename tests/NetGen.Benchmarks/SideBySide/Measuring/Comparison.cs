namespace NetGen.Benchmarks.SideBySide;

/// <summary>What one network cost in both engines.</summary>
internal sealed record Comparison
{
    public required string Network { get; init; }

    public required long MultiplyAdds { get; init; }

    /// <summary>Median time of an image in microseconds.</summary>
    public required double NetGenMicroseconds { get; init; }

    /// <summary>Median time of an image in microseconds.</summary>
    public required double OnnxRuntimeMicroseconds { get; init; }

    /// <summary>Median of the processors' peak in gigaflops, measured between the runs; 0 where vectors are not accelerated.</summary>
    public required double PeakGigaflops { get; init; }

    /// <summary>The largest difference between the outputs, as a part of the largest output; NaN where an output is not finite.</summary>
    public required double Error { get; init; }

    /// <summary>What a process with NetGen needs for its first result.</summary>
    public required FirstResult NetGenFirst { get; init; }

    /// <summary>What a process with ONNX Runtime needs for its first result.</summary>
    public required FirstResult OnnxRuntimeFirst { get; init; }

    /// <summary>How many times faster NetGen is.</summary>
    public double Ratio => OnnxRuntimeMicroseconds / NetGenMicroseconds;

    public double NetGenGigaflops => Gigaflops(NetGenMicroseconds);

    public double OnnxRuntimeGigaflops => Gigaflops(OnnxRuntimeMicroseconds);

    private double Gigaflops(double microseconds) => 2e-3 * MultiplyAdds / microseconds;
}
