namespace CxrNet.Imaging.Dicom.Codecs.Jpeg2000;

/// <summary>Step sizes of the subbands of one component (the QCD and QCC segments, ITU-T T.800 A.6.4 and E.1).</summary>
/// <param name="IsDerived">Only the step of the lowest subband is stored, the others follow from it.</param>
/// <param name="GuardBits">Bits by which a subband may exceed its nominal range.</param>
/// <param name="Steps">Exponent &lt;&lt; 11 | mantissa, in the order of the subbands.</param>
internal sealed record Quantization(bool IsDerived, int GuardBits, ushort[] Steps)
{
    private const int NoQuantization = 0;
    private const int ScalarDerived = 1;
    private const int ScalarExpounded = 2;

    public static Quantization Read(ref ByteFields fields)
    {
        int style = fields.Byte();
        int kind = style & 31;
        if (kind > ScalarExpounded)
        {
            throw Jpeg2000Decoder.Error($"quantization style {kind} found, 0 to 2 expected.");
        }

        ushort[] steps = new ushort[kind == ScalarDerived ? 1 : fields.Left / (kind == NoQuantization ? 1 : 2)];
        for (int i = 0; i < steps.Length; i++)
        {
            steps[i] = (ushort)(kind == NoQuantization ? fields.Byte() >> 3 << 11 : fields.UInt16());
        }

        return new Quantization(kind == ScalarDerived, style >> 5, steps);
    }

    /// <summary>Exponent and mantissa of a subband.</summary>
    /// <param name="band">0 for the lowest, then three for each resolution.</param>
    public (int Exponent, int Mantissa) Step(int band)
    {
        int stored = IsDerived ? 0 : band;
        if (stored >= Steps.Length)
        {
            throw Jpeg2000Decoder.Error($"step sizes for {Steps.Length} subbands found, more expected.");
        }

        // E-5: each level below the lowest halves the exponent's base.
        int exponent = (Steps[stored] >> 11) - (IsDerived && band > 0 ? (band - 1) / 3 : 0);
        return (Math.Max(0, exponent), Steps[stored] & 0x7FF);
    }
}
