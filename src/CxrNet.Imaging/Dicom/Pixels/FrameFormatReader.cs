using System.Globalization;

namespace CxrNet.Imaging.Dicom;

/// <summary>Reads and checks the image pixel module; what can be mended is mended with a warning, the rest is an error that names the element.</summary>
internal static class FrameFormatReader
{
    public static FrameFormat Read(DicomDataSet set, string transferSyntaxUid, DecodeLimits limits, List<string> warnings)
    {
        int height = Required(set, DicomTag.Rows, "Rows");
        int width = Required(set, DicomTag.Columns, "Columns");
        DecodeGuard.CheckSize("DICOM", width, height, limits);
        int channels = set.Integer(DicomTag.SamplesPerPixel) ?? 1;
        string photometric = Photometric(set, channels, warnings);
        int expected = photometric is "RGB" or "YBR_FULL" or "YBR_FULL_422" or "YBR_ICT" or "YBR_RCT" ? 3 : 1;
        if (channels != expected)
        {
            throw new InvalidDataException($"{photometric} with {channels} samples per pixel (0028,0002); {expected} expected.");
        }

        int allocated = Required(set, DicomTag.BitsAllocated, "Bits Allocated");
        if (allocated is not (1 or 8 or 16 or 32) || (channels == 3 && allocated is 1 or 32))
        {
            throw new InvalidDataException($"{allocated} bits allocated (0028,0100) for {photometric}; 8 or 16 expected, for grey also 1 or 32.");
        }

        int stored = Stored(set, allocated, warnings);
        FrameFormat format = new()
        {
            Width = width,
            Height = height,
            Channels = channels,
            BitsAllocated = allocated,
            BitsStored = stored,
            HighBit = HighBit(set, stored, allocated, warnings),
            IsSigned = IsSigned(set, warnings) && channels == 1,
            IsPlanar = channels == 3 && set.Integer(DicomTag.PlanarConfiguration) == 1,
            PhotometricInterpretation = photometric,
            TransferSyntaxUid = transferSyntaxUid,
        };
        return (long)width * height * channels * format.BytesPerSample <= Array.MaxLength
            ? format
            : throw new InvalidDataException($"A frame of {width} x {height} x {channels} samples of {allocated} bits does not fit in memory.");
    }

    private static int Required(DicomDataSet set, uint tag, string name) =>
        set.Integer(tag) ?? throw new InvalidDataException($"The DICOM file has no {name} {DicomTag.Name(tag)}.");

    private static string Photometric(DicomDataSet set, int channels, List<string> warnings)
    {
        string? stated = set.Text(DicomTag.Photometric);
        switch (stated)
        {
            case "MONOCHROME1" or "MONOCHROME2" or "PALETTE COLOR" or "RGB" or "YBR_FULL" or "YBR_FULL_422" or "YBR_ICT" or "YBR_RCT":
                return stated;
            case null:
                string assumed = channels == 3 ? "RGB" : "MONOCHROME2";
                warnings.Add($"No Photometric Interpretation (0028,0004); {assumed} is assumed.");
                return assumed;
            default:
                throw new InvalidDataException($"The Photometric Interpretation (0028,0004) '{DecodeGuard.Printable(stated)}' is not read; MONOCHROME1, MONOCHROME2, PALETTE COLOR, RGB, YBR_FULL, YBR_FULL_422, YBR_ICT or YBR_RCT expected.");
        }
    }

    private static int Stored(DicomDataSet set, int allocated, List<string> warnings)
    {
        int? stated = set.Integer(DicomTag.BitsStored);
        if (stated is >= 1 && stated <= allocated)
        {
            return stated.Value;
        }

        warnings.Add($"Bits Stored (0028,0101) is {stated?.ToString(CultureInfo.InvariantCulture) ?? "missing"}, 1 to {allocated} expected; {allocated} is assumed.");
        return allocated;
    }

    private static int HighBit(DicomDataSet set, int stored, int allocated, List<string> warnings)
    {
        int? stated = set.Integer(DicomTag.HighBit);
        if (stated is null || (stated >= stored - 1 && stated < allocated))
        {
            return stated ?? stored - 1;
        }

        warnings.Add($"High Bit (0028,0102) is {stated}, {stored - 1} to {allocated - 1} expected; {stored - 1} is assumed.");
        return stored - 1;
    }

    private static bool IsSigned(DicomDataSet set, List<string> warnings)
    {
        int? stated = set.Integer(DicomTag.PixelRepresentation);
        if (stated is null)
        {
            warnings.Add("No Pixel Representation (0028,0103); unsigned is assumed.");
        }

        return stated == 1;
    }
}
