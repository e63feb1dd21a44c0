namespace CxrNet.Imaging.Dicom.Codecs.Jpeg2000;

/// <summary>How the passes of a code-block are coded (ITU-T T.800 Table A.19).</summary>
[Flags]
internal enum CodeBlockStyle
{
    None = 0,

    /// <summary>From the fifth bit-plane on, significance and refinement bits are stored without arithmetic coding.</summary>
    Bypass = 1,

    /// <summary>Contexts start anew with each pass.</summary>
    ResetContexts = 2,

    /// <summary>Each pass is terminated.</summary>
    TerminateAll = 4,

    /// <summary>A stripe's contexts do not see the stripe below.</summary>
    VerticallyCausal = 8,

    /// <summary>Passes end in a pattern that lets errors be found; nothing changes for a decoder.</summary>
    PredictableTermination = 16,

    /// <summary>Each cleanup pass ends with the symbols 1010.</summary>
    SegmentationSymbols = 32,

    All = 63,
}
