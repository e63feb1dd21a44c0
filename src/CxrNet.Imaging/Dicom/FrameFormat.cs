namespace CxrNet.Imaging.Dicom;

/// <summary>How the pixels of one frame are stored; DICOM PS3.3 C.7.6.3.</summary>
public sealed record FrameFormat
{
    /// <summary>Columns, (0028,0011).</summary>
    public required int Width { get; init; }

    /// <summary>Rows, (0028,0010).</summary>
    public required int Height { get; init; }

    /// <summary>Samples per pixel, (0028,0002): 1 or 3.</summary>
    public required int Channels { get; init; }

    /// <summary>Bits that a sample takes: 1, 8, 16 or 32, (0028,0100).</summary>
    public required int BitsAllocated { get; init; }

    /// <summary>Bits of a sample that mean something, (0028,0101).</summary>
    public required int BitsStored { get; init; }

    /// <summary>The highest of them, counted from 0, (0028,0102).</summary>
    public required int HighBit { get; init; }

    /// <summary>Whether samples are two's complement, (0028,0103).</summary>
    public required bool IsSigned { get; init; }

    /// <summary>Whether uncompressed colour lies plane by plane, (0028,0006).</summary>
    public required bool IsPlanar { get; init; }

    /// <summary>What the samples mean, for example "MONOCHROME2", (0028,0004).</summary>
    public required string PhotometricInterpretation { get; init; }

    /// <summary>How they are coded, (0002,0010).</summary>
    public required string TransferSyntaxUid { get; init; }

    /// <summary>Bytes of a decoded sample: 1, 2 or 4.</summary>
    public int BytesPerSample => BitsAllocated <= 8 ? 1 : BitsAllocated / 8;

    /// <summary>Bytes of a decoded frame.</summary>
    public int FrameBytes => Width * Height * Channels * BytesPerSample;
}
