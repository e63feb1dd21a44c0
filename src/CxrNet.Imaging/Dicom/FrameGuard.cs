namespace CxrNet.Imaging.Dicom;

/// <summary>Compares a compressed frame's claim with what its bytes can hold, before the frame is allocated.</summary>
internal static class FrameGuard
{
    public static void CheckClaim(FrameFormat format, int streamBytes)
    {
        // Pixels per byte at the most: PackBits 128 for 2 bytes; a JPEG block of 64 for a bit; a lossless JPEG sample for a bit.
        // JPEG-LS runs and JPEG 2000 blocks without content have no such bound; there the decoder limit counts.
        long most = format.TransferSyntaxUid switch
        {
            TransferSyntax.RleLossless => 64,
            TransferSyntax.JpegBaseline or TransferSyntax.JpegExtended => 512,
            TransferSyntax.JpegLossless or TransferSyntax.JpegLosslessSv1 => 8,
            _ => long.MaxValue,
        };
        if (most != long.MaxValue && (long)format.Width * format.Height > most * streamBytes)
        {
            throw new InvalidDataException($"The header claims {format.Width} x {format.Height} pixels, which the frame's {streamBytes} bytes cannot hold.");
        }
    }
}
