namespace CxrNet.Imaging.Dicom.Codecs.Jpeg2000;

/// <summary>Where a coding pass takes its decisions from: the MQ coder or raw bits. A struct, so that the pass inlines it.</summary>
internal interface IBlockBits
{
    /// <summary>Whether signs are stored as they are, without prediction.</summary>
    static abstract bool IsRaw { get; }

    /// <summary>The next decision, 0 or 1, in a context whose state it moves on.</summary>
    uint Decode(ref byte state, byte[] data);
}
