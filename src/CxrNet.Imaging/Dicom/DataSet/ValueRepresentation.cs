namespace CxrNet.Imaging.Dicom;

/// <summary>Value representations as two letters in one number, first letter in the high byte; PS3.5, 6.2 and 7.1.2.</summary>
internal static class ValueRepresentation
{
    public const ushort SQ = ('S' << 8) | 'Q';
    public const ushort OW = ('O' << 8) | 'W';
    public const ushort US = ('U' << 8) | 'S';
    public const ushort UN = ('U' << 8) | 'N';
    public const ushort UL = ('U' << 8) | 'L';
    public const ushort SL = ('S' << 8) | 'L';
    public const ushort SS = ('S' << 8) | 'S';

    // Every representation with a 16-bit length; all others, later ones included, have 32 bits.
    private static readonly HashSet<ushort> ShortLength =
        [.. "AE AS AT CS DA DS DT FL FD IS LO LT PN SH SL SS ST TM UI UL US".Split(' ').Select(letters => (ushort)((letters[0] << 8) | letters[1]))];

    public static bool IsLetters(ushort vr) => (vr >> 8) is >= 'A' and <= 'Z' && (vr & 0xFF) is >= 'A' and <= 'Z';

    public static bool HasShortLength(ushort vr) => ShortLength.Contains(vr);

    /// <summary>Whether the standard knows the letters, which tells an explicit data set from an implicit one.</summary>
    public static bool IsKnown(ushort vr) => HasShortLength(vr) || vr is SQ or UN or (('O' << 8) | 'B') or OW or (('U' << 8) | 'T') or (('U' << 8) | 'C') or (('U' << 8) | 'R');
}
