using CxrNet.Imaging.Dicom;

namespace CxrNet.Imaging;

/// <summary>Writes a picture as a DICOM Secondary Capture (PS3.3 A.8.1), explicit little endian, in the study of the radiograph that it was made from.</summary>
/// <remarks>
/// It is a new object in a new series of the source's study and refers to the source by its UIDs. The patient's module is there and empty, as the standard allows:
/// an archive that receives it fills it in from the study. "RESEARCH USE ONLY" stands in the pixels and in the Derivation Description; the model's id and the hash of
/// its weights in Contributing Equipment (0018,A001) and Software Versions (0018,1020). Burned In Annotation (0028,0301) is the source's where the source states it.
/// </remarks>
public static class SecondaryCapture
{
    /// <summary>Secondary Capture Image Storage.</summary>
    internal const string SopClass = "1.2.840.10008.5.1.4.1.1.7";

    /// <summary>Writes one file.</summary>
    /// <param name="path">The file; replaced where it exists.</param>
    /// <param name="picture">The picture, for example an overlay; it is copied and stamped.</param>
    /// <param name="provenance">Which model made it.</param>
    /// <param name="source">The radiograph's identifiers, from <see cref="DicomFile.Reference"/>; null makes a study of its own.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, RgbImage picture, ResultProvenance provenance, DicomReference? source)
    {
        ArgumentNullException.ThrowIfNull(picture);
        ArgumentNullException.ThrowIfNull(provenance);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(picture.Width, ushort.MaxValue, nameof(picture));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(picture.Height, ushort.MaxValue, nameof(picture));
        byte[] pixels = (byte[])picture.Rgb.Clone();
        StampText.Draw(pixels, picture.Width, picture.Height);
        string instance = DicomWriter.NewUid();
        DicomWriter meta = new();
        meta.Bytes(0x0002_0001, "OB", [0, 1]);
        meta.Text(0x0002_0002, "UI", SopClass);
        meta.Text(0x0002_0003, "UI", instance);
        meta.Text(DicomTag.TransferSyntaxUid, "UI", TransferSyntax.ExplicitLittleEndian);
        meta.Text(0x0002_0012, "UI", DicomWriter.ImplementationUid);
        meta.Text(0x0002_0013, "SH", "CXRNET");

        using AtomicFile file = AtomicFile.Create(path);
        DicomWriter.WriteFile(file.Stream, meta, DataSet(picture, pixels, instance, provenance, source));
        file.Commit();
    }

    private static DicomWriter DataSet(RgbImage picture, byte[] pixels, string instance, ResultProvenance provenance, DicomReference? source)
    {
        DicomWriter set = new();

        // An instance without its class is half a reference, which a receiver may refuse.
        DicomReference? referenced = source is { SopClassUid: not null, SopInstanceUid: not null } ? source : null;
        set.Text(0x0008_0008, "CS", "DERIVED\\SECONDARY");
        set.Text(DicomTag.SopClassUid, "UI", SopClass);
        set.Text(DicomTag.SopInstanceUid, "UI", instance);
        set.Text(0x0008_0020, "DA", "");
        set.Text(0x0008_0030, "TM", "");
        set.Text(0x0008_0050, "SH", "");
        set.Text(DicomTag.Modality, "CS", "OT");
        set.Text(0x0008_0064, "CS", "WSD");
        set.Text(0x0008_0070, "LO", "CxrNet");
        set.Text(0x0008_0090, "PN", "");
        set.Text(0x0008_103E, "LO", "CxrNet explanation, research use only");
        set.Text(0x0008_1090, "LO", "CxrNet");
        if (referenced?.SeriesInstanceUid is { } series)
        {
            set.Sequence(0x0008_1115, item =>
            {
                item.Sequence(0x0008_114A, inner => Reference(inner, referenced));
                item.Text(DicomTag.SeriesInstanceUid, "UI", series);
            });
        }

        // 1,024 characters at most (PS3.5, ST); the id gives way, the stamp never does.
        set.Text(0x0008_2111, "ST", $"Explanation of a research model ({DicomWriter.Limit(provenance.ModelId, 900)}). {ResultProvenance.Stamp}; not for diagnosis.");
        if (referenced is not null)
        {
            set.Sequence(0x0008_2112, item => Reference(item, referenced));
        }

        set.Text(0x0010_0010, "PN", "");
        set.Text(0x0010_0020, "LO", "");
        set.Text(0x0010_0030, "DA", "");
        set.Text(DicomTag.PatientSex, "CS", "");
        set.Text(0x0018_1020, "LO", $"{DicomWriter.Limit(provenance.ModelId, 64)}\\{DicomWriter.Limit(provenance.WeightsSha256, 64)}");
        set.Sequence(0x0018_A001, item => Equipment(item, provenance));
        set.Text(DicomTag.StudyInstanceUid, "UI", source?.StudyInstanceUid ?? DicomWriter.NewUid());
        set.Text(DicomTag.SeriesInstanceUid, "UI", DicomWriter.NewUid());
        set.Text(0x0020_0010, "SH", "");
        set.Text(0x0020_0011, "IS", "");
        set.Text(0x0020_0013, "IS", "1");
        set.UInt16(DicomTag.SamplesPerPixel, 3);
        set.Text(DicomTag.Photometric, "CS", "RGB");
        set.UInt16(DicomTag.PlanarConfiguration, 0);
        set.UInt16(DicomTag.Rows, (ushort)picture.Height);
        set.UInt16(DicomTag.Columns, (ushort)picture.Width);
        set.UInt16(DicomTag.BitsAllocated, 8);
        set.UInt16(DicomTag.BitsStored, 8);
        set.UInt16(DicomTag.HighBit, 7);
        set.UInt16(DicomTag.PixelRepresentation, 0);
        if (source?.BurnedInAnnotation is { } burnedIn)
        {
            set.Text(DicomTag.BurnedInAnnotation, "CS", burnedIn ? "YES" : "NO");
        }

        set.Bytes(DicomTag.PixelData, "OB", pixels);
        return set;
    }

    private static void Reference(DicomWriter item, DicomReference source)
    {
        item.Text(0x0008_1150, "UI", source.SopClassUid!);
        item.Text(0x0008_1155, "UI", source.SopInstanceUid!);
    }

    private static void Equipment(DicomWriter item, ResultProvenance provenance)
    {
        item.Text(0x0008_0070, "LO", "CxrNet");
        item.Text(0x0008_1090, "LO", DicomWriter.Limit(provenance.ModelId, 64));
        item.Text(0x0018_1020, "LO", DicomWriter.Limit(provenance.WeightsSha256, 64));
        item.Sequence(0x0040_A170, code =>
        {
            code.Text(0x0008_0100, "SH", "109102");
            code.Text(0x0008_0102, "SH", "DCM");
            code.Text(DicomTag.CodeMeaning, "LO", "Processing Equipment");
        });
    }
}
