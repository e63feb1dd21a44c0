namespace CxrNet;

/// <summary>What a header says of a radiograph that matters for reading it. Nothing that names or identifies a person.</summary>
public sealed record RadiographInfo
{
    /// <summary>A file that says nothing of itself (JPEG, PNG).</summary>
    public static RadiographInfo Unknown { get; } = new();

    /// <summary>The view; DICOM (0018,5101) View Position.</summary>
    public RadiographView View { get; init; }

    /// <summary>The side, "L", "R", "B" or "U"; DICOM (0020,0060) or (0020,0062). Null where it is not stated.</summary>
    public string? Laterality { get; init; }

    /// <summary>The modality, for example "DX" or "CR"; DICOM (0008,0060). Null where it is not stated.</summary>
    public string? Modality { get; init; }

    /// <summary>The body part, for example "CHEST"; DICOM (0018,0015). Null where it is not stated.</summary>
    public string? BodyPart { get; init; }

    /// <summary>The patient's age in years (a fraction for infants); DICOM (0010,1010). Null where it is not stated.</summary>
    public double? PatientAgeYears { get; init; }

    /// <summary>The patient's sex, "M", "F" or "O"; DICOM (0010,0040). Null where it is not stated.</summary>
    public string? PatientSex { get; init; }

    /// <summary>Distance between rows in millimetres; DICOM (0028,0030) or (0018,1164). Null where it is not stated.</summary>
    public double? RowSpacingMillimetres { get; init; }

    /// <summary>Distance between columns in millimetres; DICOM (0028,0030) or (0018,1164). Null where it is not stated.</summary>
    public double? ColumnSpacingMillimetres { get; init; }

    /// <summary>Whether text is burnt into the pixels; DICOM (0028,0301). Null where it is not stated.</summary>
    public bool? BurnedInAnnotation { get; init; }

    /// <summary>What the decoder noticed and went on from, for example truncated pixel data; in reading order.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
}
