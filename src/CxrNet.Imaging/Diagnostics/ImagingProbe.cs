using System.Globalization;
using SkiaSharp;

namespace CxrNet.Imaging;

/// <summary>SkiaSharp: whether its native library loads and from where, and whether it decodes.</summary>
/// <remarks>Loads the native library.</remarks>
public sealed class ImagingProbe : IDiagnosticProbe
{
    /// <inheritdoc/>
    public string Area => "imaging";

    /// <inheritdoc/>
    public IEnumerable<DiagnosticFact> Look()
    {
        try
        {
            using SKBitmap drawn = new(2, 2);
            using SKData jpeg = drawn.Encode(SKEncodedImageFormat.Jpeg, 90);
            using SKBitmap decoded = SKBitmap.Decode(jpeg);
            string paths = string.Join(" and ", LoadedLibraries.Find("skiasharp").Where(static p => !p.EndsWith("SkiaSharp.dll", StringComparison.Ordinal)));
            int families = SKFontManager.Default.FontFamilyCount;
            return
            [
                decoded is { Width: 2, Height: 2 }
                    ? new DiagnosticFact(Area, "SkiaSharp", $"{SkiaSharpVersion.Native}, {(paths.Length > 0 ? paths : "from a place that the system does not tell")}")
                    : new DiagnosticFact(Area, "SkiaSharp", $"{SkiaSharpVersion.Native} does not decode its own JPEG", DiagnosticStatus.Broken, "Use the native package of the version of SkiaSharp that the application references."),
                new DiagnosticFact(Area, "fonts", string.Create(CultureInfo.InvariantCulture, $"{families} families"), families > 0 ? DiagnosticStatus.Fine : DiagnosticStatus.Note, families > 0 ? null : "Decoding and overlays need none; an application that draws text with SkiaSharp on Linux adds SkiaSharp.NativeAssets.Linux and fonts."),
            ];
        }
        catch (Exception e) when (e is DllNotFoundException or TypeInitializationException or EntryPointNotFoundException)
        {
            return [new DiagnosticFact(Area, "SkiaSharp", $"its native library does not load: {e.GetBaseException().Message.Split('\n')[0].Trim()}", DiagnosticStatus.Broken, "Add SkiaSharp.NativeAssets.Linux.NoDependencies (Linux), or the native package of the system, in the version of SkiaSharp.")];
        }
    }
}
