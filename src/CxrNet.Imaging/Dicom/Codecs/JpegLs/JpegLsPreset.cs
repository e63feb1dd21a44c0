using System.Buffers.Binary;

namespace CxrNet.Imaging.Dicom.Codecs.JpegLs;

/// <summary>The coding parameters that an LSE segment may preset (ITU-T T.87 C.2.4.1.1); 0 stands for the default.</summary>
internal readonly record struct JpegLsPreset(int MaxValue, int Threshold1, int Threshold2, int Threshold3, int Reset)
{
    private const int Parameters = 1;
    private const int OversizeFrame = 4;

    /// <summary>Reads an LSE segment; mapping tables keep <paramref name="current"/>, since the scan header says whether they are used.</summary>
    public static JpegLsPreset Read(ReadOnlySpan<byte> body, JpegLsPreset current)
    {
        int kind = body.IsEmpty ? 0 : body[0];
        if (kind == Parameters && body.Length >= 11)
        {
            return new JpegLsPreset(At(body, 1), At(body, 3), At(body, 5), At(body, 7), At(body, 9));
        }

        return kind is > Parameters and < OversizeFrame
            ? current
            : throw JpegLsDecoder.Error($"a preset segment of kind {kind} and {body.Length} bytes found, kinds 1 to 3 expected.");
    }

    private static int At(ReadOnlySpan<byte> body, int offset) => BinaryPrimitives.ReadUInt16BigEndian(body[offset..]);
}
