namespace CxrNet;

/// <summary>A DICOM lookup table: entry <c>clamp(value - FirstMapped, 0, n - 1)</c>, divided by <c>2^bits - 1</c> where a grey level is asked for.</summary>
/// <param name="FirstMapped">The input value that the first entry stands for.</param>
/// <param name="BitsPerEntry">Meaningful bits of an entry, 8 to 16.</param>
/// <param name="Entries">The outputs, in order.</param>
public sealed record LookupTable(int FirstMapped, int BitsPerEntry, ReadOnlyMemory<ushort> Entries);
