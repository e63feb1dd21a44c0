namespace CxrNet.Imaging.Dicom.Codecs.Jpeg2000;

/// <summary>Bytes that one packet brings to a code-block.</summary>
/// <param name="Passes">Coding passes that end in these bytes.</param>
/// <param name="Length">Number of bytes.</param>
/// <param name="Offset">Position in the tile's data.</param>
/// <param name="StartsSegment">Whether they begin a terminated segment, or go on with the one before.</param>
internal readonly record struct BlockChunk(int Passes, int Length, int Offset, bool StartsSegment);
