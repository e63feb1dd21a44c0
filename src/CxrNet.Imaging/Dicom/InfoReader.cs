using System.Globalization;

namespace CxrNet.Imaging.Dicom;

/// <summary>Reads what a header says of a radiograph, as typed values. Nothing that names a person is looked at.</summary>
internal static class InfoReader
{
    public static RadiographInfo Read(DicomDataSet set, int frame, IReadOnlyList<string> warnings)
    {
        DicomDataSet spacing = Spacing(set, frame, out uint tag);
        return new RadiographInfo
        {
            View = View(set),
            Laterality = OneOf(set.Text(DicomTag.ImageLaterality) ?? set.Text(DicomTag.Laterality), "L", "R", "B", "U"),
            Modality = Code(set.Text(DicomTag.Modality)),
            BodyPart = Code(set.Text(DicomTag.BodyPart)),
            PatientAgeYears = Age(set.Text(DicomTag.PatientAge)),
            PatientSex = OneOf(set.Text(DicomTag.PatientSex), "M", "F", "O"),
            RowSpacingMillimetres = Positive(spacing.Number(tag, 0)),
            ColumnSpacingMillimetres = Positive(spacing.Number(tag, 1)),
            BurnedInAnnotation = BurnedIn(set),
            Warnings = warnings,
        };
    }

    public static bool? BurnedIn(DicomDataSet set) => set.Text(DicomTag.BurnedInAnnotation) switch { "YES" => true, "NO" => false, _ => null };

    private static RadiographView View(DicomDataSet set)
    {
        string? stated = set.Text(DicomTag.ViewPosition) ?? set.Item(DicomTag.ViewCodeSequence).Text(DicomTag.CodeMeaning);
        string view = (stated ?? "").ToUpperInvariant().Replace('-', ' ');
        return view switch
        {
            "PA" or "POSTERO ANTERIOR" or "POSTEROANTERIOR" => RadiographView.PA,
            "AP" or "ANTERO POSTERIOR" or "ANTEROPOSTERIOR" => RadiographView.AP,
            "LL" or "RL" or "LAT" or "LLAT" or "RLAT" => RadiographView.Lateral,
            "LAO" or "RAO" or "LPO" or "RPO" or "LLO" or "RLO" => RadiographView.Oblique,
            _ when view.Contains("OBLIQUE", StringComparison.Ordinal) => RadiographView.Oblique,
            _ when view.Contains("LATERAL", StringComparison.Ordinal) => RadiographView.Lateral,
            _ => RadiographView.Unknown,
        };
    }

    private static DicomDataSet Spacing(DicomDataSet set, int frame, out uint tag)
    {
        tag = DicomTag.PixelSpacing;
        if (set.Number(tag) is not null)
        {
            return set;
        }

        foreach (DicomDataSet group in (DicomDataSet[])[set.Item(DicomTag.PerFrameFunctionalGroups, frame), set.Item(DicomTag.SharedFunctionalGroups)])
        {
            DicomDataSet measures = group.Item(DicomTag.PixelMeasuresSequence);
            if (measures.Number(tag) is not null)
            {
                return measures;
            }
        }

        tag = DicomTag.ImagerPixelSpacing;
        return set;
    }

    // "045Y", "006M", "010D", "003W"; PS3.5, AS.
    private static double? Age(string? text)
    {
        if (text is not { Length: >= 2 } || !double.TryParse(text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out double number))
        {
            return null;
        }

        return text[^1] switch
        {
            'Y' => number,
            'M' => number / 12,
            'W' => number * 7 / 365.25,
            'D' => number / 365.25,
            _ => null,
        };
    }

    private static string? OneOf(string? text, params ReadOnlySpan<string> allowed) => text is not null && allowed.Contains(text) ? text : null;

    // A code string has 16 characters at most (PS3.5, CS); anything else could be free text, which is not kept.
    private static string? Code(string? text) => text is { Length: <= 16 } && text.All(static c => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c) || c is ' ' or '_') ? text : null;

    private static double? Positive(double? value) => value > 0 ? value : null;
}
