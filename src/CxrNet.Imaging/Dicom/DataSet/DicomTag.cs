namespace CxrNet.Imaging.Dicom;

/// <summary>The only elements of a file that are ever looked at: what the pixels need, and what reading a radiograph needs. None names a person.</summary>
internal static class DicomTag
{
    public const uint TransferSyntaxUid = 0x0002_0010;
    public const uint SopClassUid = 0x0008_0016;
    public const uint SopInstanceUid = 0x0008_0018;
    public const uint Modality = 0x0008_0060;
    public const uint CodeMeaning = 0x0008_0104;
    public const uint PatientSex = 0x0010_0040;
    public const uint PatientAge = 0x0010_1010;
    public const uint BodyPart = 0x0018_0015;
    public const uint ImagerPixelSpacing = 0x0018_1164;
    public const uint ViewPosition = 0x0018_5101;
    public const uint StudyInstanceUid = 0x0020_000D;
    public const uint SeriesInstanceUid = 0x0020_000E;
    public const uint Laterality = 0x0020_0060;
    public const uint ImageLaterality = 0x0020_0062;
    public const uint SamplesPerPixel = 0x0028_0002;
    public const uint Photometric = 0x0028_0004;
    public const uint PlanarConfiguration = 0x0028_0006;
    public const uint NumberOfFrames = 0x0028_0008;
    public const uint Rows = 0x0028_0010;
    public const uint Columns = 0x0028_0011;
    public const uint PixelSpacing = 0x0028_0030;
    public const uint BitsAllocated = 0x0028_0100;
    public const uint BitsStored = 0x0028_0101;
    public const uint HighBit = 0x0028_0102;
    public const uint PixelRepresentation = 0x0028_0103;
    public const uint PixelPaddingValue = 0x0028_0120;
    public const uint BurnedInAnnotation = 0x0028_0301;
    public const uint WindowCenter = 0x0028_1050;
    public const uint WindowWidth = 0x0028_1051;
    public const uint RescaleIntercept = 0x0028_1052;
    public const uint RescaleSlope = 0x0028_1053;
    public const uint VoiLutFunction = 0x0028_1056;
    public const uint RedDescriptor = 0x0028_1101;
    public const uint RedData = 0x0028_1201;
    public const uint RedSegmentedData = 0x0028_1221;
    public const uint ModalityLutSequence = 0x0028_3000;
    public const uint LutDescriptor = 0x0028_3002;
    public const uint LutData = 0x0028_3006;
    public const uint VoiLutSequence = 0x0028_3010;
    public const uint PixelMeasuresSequence = 0x0028_9110;
    public const uint FrameVoiLutSequence = 0x0028_9132;
    public const uint PixelValueTransformationSequence = 0x0028_9145;
    public const uint ViewCodeSequence = 0x0054_0220;
    public const uint PresentationLutShape = 0x2050_0020;
    public const uint SharedFunctionalGroups = 0x5200_9229;
    public const uint PerFrameFunctionalGroups = 0x5200_9230;
    public const uint OverlayRows = 0x6000_0010;
    public const uint OverlayColumns = 0x6000_0011;
    public const uint OverlayOrigin = 0x6000_0050;
    public const uint OverlayData = 0x6000_3000;
    public const uint FloatPixelData = 0x7FE0_0008;
    public const uint DoubleFloatPixelData = 0x7FE0_0009;
    public const uint PixelData = 0x7FE0_0010;
    public const uint Item = 0xFFFE_E000;
    public const uint ItemEnd = 0xFFFE_E00D;
    public const uint SequenceEnd = 0xFFFE_E0DD;

    private static readonly HashSet<uint> Known =
    [
        TransferSyntaxUid, SopClassUid, SopInstanceUid, Modality, CodeMeaning, PatientSex, PatientAge, BodyPart, ImagerPixelSpacing, ViewPosition,
        StudyInstanceUid, SeriesInstanceUid, Laterality, ImageLaterality, SamplesPerPixel, Photometric, PlanarConfiguration, NumberOfFrames, Rows, Columns,
        PixelSpacing, BitsAllocated, BitsStored, HighBit, PixelRepresentation, PixelPaddingValue, BurnedInAnnotation, WindowCenter, WindowWidth,
        RescaleIntercept, RescaleSlope, VoiLutFunction, RedDescriptor, RedDescriptor + 1, RedDescriptor + 2, RedData, RedData + 1, RedData + 2,
        RedSegmentedData, ModalityLutSequence, LutDescriptor, LutData, VoiLutSequence, PixelMeasuresSequence, FrameVoiLutSequence,
        PixelValueTransformationSequence, ViewCodeSequence, PresentationLutShape, SharedFunctionalGroups, PerFrameFunctionalGroups,
        FloatPixelData, DoubleFloatPixelData, PixelData,
    ];

    private static readonly HashSet<uint> KnownOfOverlays = [OverlayRows, OverlayColumns, OverlayOrigin, OverlayData];

    /// <summary>Whether an element is remembered while a data set is walked; overlays stand in the groups 6000 to 601E.</summary>
    public static bool IsKnown(uint tag) => Known.Contains(tag) || ((tag >> 16) is >= 0x6000 and <= 0x601E && KnownOfOverlays.Contains(0x6000_0000 | (tag & 0xFFFF)));

    /// <summary>A tag as the standard writes it: (gggg,eeee).</summary>
    public static string Name(uint tag) => $"({tag >> 16:X4},{tag & 0xFFFF:X4})";
}
