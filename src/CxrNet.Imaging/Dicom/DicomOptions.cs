using CxrNet.Imaging.Dicom.Codecs;

namespace CxrNet.Imaging.Dicom;

/// <summary>How DICOM files are read.</summary>
public sealed record DicomOptions
{
    /// <summary>The first frame, files without a header allowed, no recovery, every codec of this package.</summary>
    public static DicomOptions Default { get; } = new();

    /// <summary>Which frame of a multi-frame file, from 0; 0 by default.</summary>
    public int Frame { get; init; }

    /// <summary>Whether a file without the mark of a DICOM Part 10 file ('DICM') is refused; false by default: its encoding is taken from its file meta information or guessed, with a warning.</summary>
    public bool RequireHeader { get; init; }

    /// <summary>Whether uncompressed pixel data that ends early is filled up with 0, with a warning; false by default: it is an error, since half a film is not the film.</summary>
    public bool RecoverTruncatedPixels { get; init; }

    /// <summary>Decoders of compressed frames, asked in order; by default those of this package. Put your own before them to replace one.</summary>
    public IReadOnlyList<IFrameDecoder> FrameDecoders { get; init; } = FrameDecoderList.All;
}
