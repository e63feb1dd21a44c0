namespace CxrNet.WebViewer.Api;

/// <summary>The image, and what its header says of the radiograph: nothing of the patient.</summary>
/// <param name="Width">Columns.</param>
/// <param name="Height">Rows.</param>
/// <param name="View">PA, AP, Lateral, Oblique; null where it is not stated.</param>
/// <param name="Modality">For example DX or CR; null where it is not stated.</param>
/// <param name="PixelMillimetres">Distance between pixels; null where it is not stated.</param>
internal sealed record ImageFacts(int Width, int Height, string? View, string? Modality, double? PixelMillimetres)
{
    public static ImageFacts From(GrayImage image) => new(
        image.Width,
        image.Height,
        image.Info.View == RadiographView.Unknown ? null : image.Info.View.ToString(),
        image.Info.Modality,
        image.Info.RowSpacingMillimetres);
}
