namespace CxrNet.Imaging.Dicom;

/// <summary>A one-bit overlay plane of a DICOM file; PS3.3 C.9.2.</summary>
/// <param name="Width">Columns.</param>
/// <param name="Height">Rows.</param>
/// <param name="X">The image's column, from 0, that the overlay's first column lies on.</param>
/// <param name="Y">The image's row, from 0, that the overlay's first row lies on.</param>
/// <param name="Bits">0 or 1, row-major, Width x Height values.</param>
public sealed record DicomOverlay(int Width, int Height, int X, int Y, ReadOnlyMemory<byte> Bits)
{
    private const uint LastGroup = 0x001E_0000;
    private const uint GroupStep = 0x0002_0000;

    internal static bool Any(DicomDataSet set)
    {
        for (uint group = 0; group <= LastGroup; group += GroupStep)
        {
            if (set.Has(DicomTag.OverlayData + group))
            {
                return true;
            }
        }

        return false;
    }

    internal static IReadOnlyList<DicomOverlay> ReadAll(DicomDataSet set, DecodeLimits limits)
    {
        List<DicomOverlay> overlays = [];
        for (uint group = 0; group <= LastGroup; group += GroupStep)
        {
            long height = set.Integer(DicomTag.OverlayRows + group) ?? 0;
            long width = set.Integer(DicomTag.OverlayColumns + group) ?? 0;
            ReadOnlySpan<byte> packed = set.Bytes(DicomTag.OverlayData + group).Span;
            bool swapped = set.TryGet(DicomTag.OverlayData + group, out DicomElement element) && element.HasSwappedPairs;
            if (height <= 0 || width <= 0 || height * width > limits.MaxPixels || packed.Length < (height * width + 7) / 8)
            {
                continue;
            }

            byte[] bits = new byte[width * height];
            NativePixels.CopyBits(packed, 0, swapped, bits);
            int y = (set.Integer(DicomTag.OverlayOrigin + group, 0, signed: true) ?? 1) - 1;
            int x = (set.Integer(DicomTag.OverlayOrigin + group, 1, signed: true) ?? 1) - 1;
            overlays.Add(new DicomOverlay((int)width, (int)height, x, y, bits));
        }

        return overlays;
    }
}
