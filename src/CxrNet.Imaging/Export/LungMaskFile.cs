using System.Text.Json;
using CxrNet.Imaging.Dicom;

namespace CxrNet.Imaging;

/// <summary>Writes a lung mask as a PNG (0 and 255) with a small JSON file beside it, which says what it is the mask of and who made it.</summary>
public static class LungMaskFile
{
    /// <summary>Writes <paramref name="path"/> and the JSON file of the same name.</summary>
    /// <param name="path">The PNG; replaced where it exists.</param>
    /// <param name="mask">The mask.</param>
    /// <param name="provenance">Which model made it.</param>
    /// <param name="source">The radiograph's identifiers, from <see cref="DicomFile.Reference"/>; null where it was no DICOM file.</param>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public static void Write(string path, LungMask mask, ResultProvenance provenance, DicomReference? source)
    {
        ArgumentNullException.ThrowIfNull(mask);
        ArgumentNullException.ThrowIfNull(provenance);
        byte[] bytes = new byte[mask.Width * mask.Height];
        for (int i = 0; i < bytes.Length; i++)
        {
            bytes[i] = mask.Probabilities[i] >= mask.Threshold ? (byte)255 : (byte)0;
        }

        PngFile.WriteGrey(path, bytes, mask.Width, mask.Height, new Dictionary<string, string> { ["Comment"] = $"{ResultProvenance.Stamp}; {provenance.ModelId}" });
        using AtomicFile file = AtomicFile.Create(Path.ChangeExtension(path, ".json"));
        using (Utf8JsonWriter json = new(file.Stream, new JsonWriterOptions { Indented = true }))
        {
            Write(json, mask, provenance, source);
        }

        file.Commit();
    }

    private static void Write(Utf8JsonWriter json, LungMask mask, ResultProvenance provenance, DicomReference? source)
    {
        json.WriteStartObject();
        json.WriteString("kind", "lung_mask");
        json.WriteNumber("width", mask.Width);
        json.WriteNumber("height", mask.Height);
        json.WriteNumber("threshold", mask.Threshold);
        json.WriteString("note", ResultProvenance.Stamp);
        json.WriteStartObject("model");
        json.WriteString("id", provenance.ModelId);
        json.WriteString("weights_sha256", provenance.WeightsSha256);
        json.WriteEndObject();
        if (source is not null)
        {
            json.WriteStartObject("source");
            json.WriteString("sop_class_uid", source.SopClassUid);
            json.WriteString("sop_instance_uid", source.SopInstanceUid);
            json.WriteString("study_instance_uid", source.StudyInstanceUid);
            json.WriteString("series_instance_uid", source.SeriesInstanceUid);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }
}
