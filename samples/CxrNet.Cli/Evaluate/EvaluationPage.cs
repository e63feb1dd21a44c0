using System.Globalization;
using CxrNet.Evaluation;
using CxrNet.Imaging;

namespace CxrNet.Cli;

/// <summary>Writes an evaluation as a page into a folder that git ignores, since the page shows images.</summary>
internal static class EvaluationPage
{
    private const int LongestSide = 320;
    private const string Page = "index.html";

    /// <summary>Makes the folder, before anything is scored: a path that cannot be one is known at once.</summary>
    public static void Prepare(string folder) => IgnoredFolder.Create(folder, Page, WholeFile.TemporaryOf(Page));

    /// <returns>The page's path.</returns>
    public static string Write(string folder, EvaluationReport report, DecisionFigures decisions, IReadOnlyList<ManifestEntry> entries, ICxrClassifier classifier, CancellationToken cancellationToken)
    {
        Prepare(folder);
        List<WorstError> errors = [];
        foreach (WorstError error in report.WorstErrors)
        {
            cancellationToken.ThrowIfCancellationRequested();
            GrayImage image = GrayConversion.ToGray(RadiographDecoder.Default.DecodeFile(entries[error.Row].File));

            // In memory: a file of a patient would be left where the run is called off.
            using MemoryStream png = new();
            PngFile.Write(png, Picture(image, classifier.Classify(image, cancellationToken).Map));
            errors.Add(error with { Thumbnail = png.ToArray(), File = $"{error.File} ({entries[error.Row].Source})" });
        }

        List<string> notes = [.. report.Notes];
        if (!double.IsNaN(decisions.Undecided))
        {
            notes.Add(string.Create(CultureInfo.InvariantCulture, $"The model says that it does not know for {decisions.Undecided:P1} of the images{(double.IsNaN(decisions.DecidedAccuracy) ? "" : string.Create(CultureInfo.InvariantCulture, $"; on the rest it is right for {decisions.DecidedAccuracy:P1}"))}."));
        }

        if (!double.IsNaN(decisions.Unlike))
        {
            notes.Add(string.Create(CultureInfo.InvariantCulture, $"Its input guard calls {decisions.Unlike:P1} unlike a frontal chest X-ray."));
        }

        string page = Path.Combine(folder, Page);
        WholeFile.Write(page, temporary =>
        {
            using StreamWriter writer = new(temporary);
            EvaluationHtml.Write(report with { WorstErrors = errors, Notes = notes }, writer);
        });
        return page;
    }

    // The radiograph beside itself with the map over it.
    private static RgbImage Picture(GrayImage image, Heatmap? map)
    {
        double scale = Math.Min(1, (double)LongestSide / Math.Max(image.Width, image.Height));
        int width = Math.Max(1, (int)(image.Width * scale)), height = Math.Max(1, (int)(image.Height * scale));
        GrayImage small = new(width, height, Shrink(image.Pixels, image.Width, image.Height, width, height));
        RgbImage plain = Overlay.Blend(small, new Heatmap(1, 1, [0], width, height));
        if (map is null)
        {
            return plain;
        }

        Heatmap whole = map.ToImageSize();
        RgbImage over = Overlay.Blend(small, new Heatmap(width, height, Shrink(whole.Values, whole.Width, whole.Height, width, height), width, height));
        byte[] both = new byte[2 * 3 * width * height];
        for (int y = 0; y < height; y++)
        {
            plain.Rgb.AsSpan(y * width * 3, width * 3).CopyTo(both.AsSpan(y * width * 6));
            over.Rgb.AsSpan(y * width * 3, width * 3).CopyTo(both.AsSpan((y * width * 6) + (width * 3)));
        }

        return new RgbImage(2 * width, height, both);
    }

    private static float[] Shrink(ReadOnlySpan<float> plane, int fromWidth, int fromHeight, int width, int height)
    {
        float[] small = new float[width * height];
        Resizer.Resize(plane, fromWidth, fromHeight, small, width, height, ResizeFilter.Bilinear);
        return small;
    }
}
