namespace CxrNet.Imaging.Dicom.Codecs;

/// <summary>What a codestream holds, before DICOM says what it means.</summary>
/// <param name="Width">Columns.</param>
/// <param name="Height">Rows.</param>
/// <param name="Components">Samples per pixel.</param>
/// <param name="BitsPerSample">Precision that the codestream declares.</param>
/// <param name="IsSigned">Whether the codestream itself knows signed samples; only JPEG 2000 does.</param>
/// <param name="Samples">Interleaved, row-major: <c>Samples[(y * Width + x) * Components + component]</c>.</param>
internal sealed record CodedImage(int Width, int Height, int Components, int BitsPerSample, bool IsSigned, int[] Samples)
{
    /// <summary>Whether the coding keeps every value (JPEG 2000 with the integer wavelet) or bounds the error (JPEG-LS), so that nothing overshoots; true by default.</summary>
    public bool IsReversible { get; init; } = true;
}
