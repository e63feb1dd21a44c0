namespace CxrNet.Imaging.Dicom;

/// <summary>Where one element's value lies.</summary>
/// <param name="Tag">Group and element number.</param>
/// <param name="Vr">The two letters of the value representation, first in the high byte; 0 where the encoding has none.</param>
/// <param name="Offset">The value's first byte.</param>
/// <param name="Length">The bytes that are there, to the end of what holds the element where the length is undefined.</param>
/// <param name="Encoding">How a sequence in it is written.</param>
/// <param name="IsUndefinedLength">Whether delimiters end it.</param>
/// <param name="ClaimedLength">The length that the header states; more than <paramref name="Length"/> where the file is cut off.</param>
internal readonly record struct DicomElement(uint Tag, ushort Vr, int Offset, int Length, DicomEncoding Encoding, bool IsUndefinedLength, uint ClaimedLength)
{
    /// <summary>Whether its bytes are pairs in big-endian words, so that the first of two stands second; PS3.5, 7.3 and annex D.</summary>
    public bool HasSwappedPairs => Encoding.IsBigEndian && Vr is ValueRepresentation.OW or ValueRepresentation.US;

    public bool IsCutOff => !IsUndefinedLength && ClaimedLength > Length;
}
