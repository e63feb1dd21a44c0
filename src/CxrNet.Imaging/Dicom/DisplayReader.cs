using System.Globalization;

namespace CxrNet.Imaging.Dicom;

/// <summary>Reads how stored values become grey levels: modality LUT or rescale, VOI LUT or window; PS3.3 C.11.1 and C.11.2.</summary>
internal static class DisplayReader
{
    /// <summary>What is stated for a frame: in the data set itself, or in the functional groups of an enhanced multi-frame file.</summary>
    public static DisplayTransform Read(DicomDataSet set, int frame, FrameFormat format, List<string> warnings)
    {
        DicomDataSet modality = Where(set, frame, DicomTag.RescaleSlope, DicomTag.PixelValueTransformationSequence);
        DicomDataSet voi = Where(set, frame, DicomTag.WindowCenter, DicomTag.FrameVoiLutSequence);
        LookupTable? modalityLut = Lut(set, DicomTag.ModalityLutSequence, format.IsSigned, warnings);
        double slope = modality.Number(DicomTag.RescaleSlope) ?? 1;
        double intercept = modality.Number(DicomTag.RescaleIntercept) ?? 0;
        if (slope == 0)
        {
            warnings.Add("Rescale Slope (0028,1053) is 0; 1 is used.");
            slope = 1;
        }

        NotePresentation(set, format, warnings);

        // The input of a VOI LUT is the modality step's output, which is signed where the rescale can make it so.
        LookupTable? voiLut = Lut(set, DicomTag.VoiLutSequence, format.IsSigned || intercept < 0, warnings);
        VoiWindow? window = voiLut is null ? Window(voi, warnings) : null;
        return new DisplayTransform
        {
            RescaleSlope = slope,
            RescaleIntercept = intercept,
            ModalityLut = modalityLut,
            VoiLut = voiLut,
            Window = window,
            UseMinMax = voiLut is null && window is null,
        };
    }

    // The shape repeats what MONOCHROME1 and 2 already say (PS3.3 C.8.11.3); it is not applied a second time, and never against them.
    private static void NotePresentation(DicomDataSet set, FrameFormat format, List<string> warnings)
    {
        string? shape = set.Text(DicomTag.PresentationLutShape);
        if ((shape, format.PhotometricInterpretation) is ("INVERSE", "MONOCHROME2") or ("IDENTITY", "MONOCHROME1"))
        {
            warnings.Add($"Presentation LUT Shape (2050,0020) {shape} contradicts {format.PhotometricInterpretation}, which is followed.");
        }
    }

    // A nested value is looked for only where the data set itself has none.
    private static DicomDataSet Where(DicomDataSet set, int frame, uint tag, uint sequence)
    {
        if (set.Has(tag))
        {
            return set;
        }

        DicomDataSet own = set.Item(DicomTag.PerFrameFunctionalGroups, frame).Item(sequence);
        return own.Has(tag) ? own : set.Item(DicomTag.SharedFunctionalGroups).Item(sequence);
    }

    private static LookupTable? Lut(DicomDataSet set, uint sequence, bool signed, List<string> warnings)
    {
        DicomDataSet item = set.Item(sequence);
        LookupTable? table = LookupTables.Read(item, DicomTag.LutDescriptor, DicomTag.LutData, signed);
        if (table is null && item.Has(DicomTag.LutDescriptor))
        {
            warnings.Add($"The lookup table in {DicomTag.Name(sequence)} makes no sense and is ignored.");
        }

        return table;
    }

    private static VoiWindow? Window(DicomDataSet set, List<string> warnings)
    {
        double? center = set.Number(DicomTag.WindowCenter);
        double? width = set.Number(DicomTag.WindowWidth);
        if (center is null && width is null)
        {
            return null;
        }

        VoiFunction function = set.Text(DicomTag.VoiLutFunction) switch
        {
            "LINEAR_EXACT" => VoiFunction.LinearExact,
            "SIGMOID" => VoiFunction.Sigmoid,
            _ => VoiFunction.Linear,
        };
        if (center is null || width is null || width <= 0 || (function == VoiFunction.Linear && width < 1))
        {
            warnings.Add($"The window (0028,1050), (0028,1051) with centre {Stated(center)} and width {Stated(width)} is ignored; minimum and maximum are used.");
            return null;
        }

        return new VoiWindow(center.Value, width.Value, function);
    }

    private static string Stated(double? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "missing";
}
