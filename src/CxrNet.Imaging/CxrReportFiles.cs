namespace CxrNet;

/// <summary>Reports as files. In the namespace of <see cref="CxrReport"/>, so that whoever has a report finds it.</summary>
public static class CxrReportFiles
{
    /// <summary>Writes the radiograph with the map over it as a PNG of the image's own size.</summary>
    /// <param name="report">What a pipeline said.</param>
    /// <param name="path">The file; replaced where it exists.</param>
    /// <param name="options">Opacity and scale; the method's own where null, as <see cref="Overlay.BlendEvidence"/> has it.</param>
    /// <param name="colors">The colours; the map's own default where null.</param>
    /// <exception cref="InvalidOperationException">The report has no map.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void SaveOverlay(this CxrReport report, string path, OverlayOptions? options = null, ColorMap? colors = null)
    {
        ArgumentNullException.ThrowIfNull(report);
        RgbImage overlay = report.RenderOverlay(options, colors);
        Imaging.PngFile.WriteRgb(path, overlay.Rgb, overlay.Width, overlay.Height);
    }
}
