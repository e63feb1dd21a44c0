namespace CxrNet.Imaging.Dicom;

/// <summary>What a derived object refers to, and takes over: identifiers of objects, made by machines; none of a person.</summary>
/// <param name="SopClassUid">(0008,0016); null where the file does not state it.</param>
/// <param name="SopInstanceUid">(0008,0018); null where the file does not state it.</param>
/// <param name="StudyInstanceUid">(0020,000D); null where the file does not state it.</param>
/// <param name="SeriesInstanceUid">(0020,000E); null where the file does not state it.</param>
public sealed record DicomReference(string? SopClassUid, string? SopInstanceUid, string? StudyInstanceUid, string? SeriesInstanceUid)
{
    /// <summary>Whether text burnt into the pixels names the patient, (0028,0301); what is drawn over them has it too. Null, the default, where the file does not state it.</summary>
    public bool? BurnedInAnnotation { get; init; }
}
