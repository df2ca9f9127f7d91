namespace NetGen.Generator.Schedule;

/// <summary>A vector length that kernels are printed for: its lanes, its registers, and how C# spells its operations.</summary>
internal sealed record VectorWidth(int Bits, int Registers)
{
    /// <summary>AVX-512: 32 registers, and an arithmetic instruction can broadcast its memory operand.</summary>
    public static readonly VectorWidth V512 = new(512, 32);

    /// <summary>AVX2 with FMA: 16 registers.</summary>
    public static readonly VectorWidth V256 = new(256, 16);

    /// <summary>SSE has 16 registers, Arm's AdvSimd 32; the smaller file decides the tile.</summary>
    public static readonly VectorWidth V128 = new(128, 16);

    /// <summary>Widest first, the order in which they are tried at run time.</summary>
    public static readonly VectorWidth[] All = [V512, V256, V128];

    public int Lanes => Bits / 32;

    public string Class => $"Vector{Bits}";

    /// <summary>
    /// The condition, a constant to the JIT, that the machine has such vectors. <c>Vector512.IsHardwareAccelerated</c> says no for processors that
    /// lower their clock for them (Skylake-X, Cascade Lake), but kernels of nothing but multiply-adds are half as fast again with them there.
    /// </summary>
    public string IsAccelerated => Bits == 512 ? "Avx512DQ.VL.IsSupported" : $"{Class}.IsHardwareAccelerated";

    public string Type => $"Vector{Bits}<float>";

    public string Zero => $"{Type}.Zero";

    /// <summary>A scalar in every lane. The C# compiler takes a tenth less time over emitted code where it need not infer the type.</summary>
    public string Broadcast(string scalar, string type = "float") => $"{Class}.Create<{type}>({scalar})";

    /// <summary>
    /// a · b + c. At 128 bit the estimate form: a fused one would be emulated in software on machines without FMA.
    /// </summary>
    public string MultiplyAdd(string a, string b, string c) =>
        Bits == 128 ? $"{Class}.MultiplyAddEstimate({a}, {b}, {c})" : $"{Class}.FusedMultiplyAdd({a}, {b}, {c})";

    public override string ToString() => $"V{Bits}";
}
