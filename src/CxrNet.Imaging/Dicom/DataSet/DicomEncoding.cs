namespace CxrNet.Imaging.Dicom;

/// <summary>How the elements of a data set are written; PS3.5, sections 7 and 10.</summary>
internal readonly record struct DicomEncoding(bool IsExplicit, bool IsBigEndian)
{
    public static DicomEncoding ImplicitLittle => new(false, false);

    public static DicomEncoding ExplicitLittle => new(true, false);

    /// <summary>The encoding that a transfer syntax prescribes; every encapsulated one is explicit little endian.</summary>
    public static DicomEncoding Of(string transferSyntaxUid) => transferSyntaxUid switch
    {
        TransferSyntax.ImplicitLittleEndian => ImplicitLittle,
        TransferSyntax.ExplicitBigEndian => new(true, true),
        _ => ExplicitLittle,
    };
}
