namespace NetGen.Tests.Networks;

/// <summary>The bits that seed 42 gives the parameters of <see cref="YesNo"/>.</summary>
internal static class InitialValues
{
    public static readonly uint[] Weight1 =
    [
        0xBE23ADC1, 0x3F18887B, 0xBF16ED93, 0x3E15DED2,
        0xBB2C9F58, 0xBEE81911, 0xBF1EDB3F, 0xBE83615E,
        0x3EF69884, 0xBE0732D2, 0x3EB14CDD, 0xBECC3024,
        0x3F024116, 0x3EBFC338, 0x3D69EE60, 0x3DCDEEB3,
    ];

    public static readonly uint[] Bias2 = [0xBE843945];
}
