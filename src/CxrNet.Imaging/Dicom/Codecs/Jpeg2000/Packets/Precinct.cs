namespace CxrNet.Imaging.Dicom.Codecs.Jpeg2000;

/// <summary>A precinct: the code-blocks of one resolution that share packets, one packet for each layer.</summary>
/// <param name="Component">Index of its component.</param>
/// <param name="Resolution">Index of its resolution, 0 the lowest.</param>
/// <param name="Index">Its number in raster order within the resolution.</param>
/// <param name="ReferenceX">Where the position-first progressions meet it, on the reference grid.</param>
/// <param name="ReferenceY">The row of that position.</param>
/// <param name="Bands">Its part of each subband.</param>
internal sealed record Precinct(int Component, int Resolution, int Index, int ReferenceX, int ReferenceY, PrecinctBand[] Bands)
{
    /// <summary>The layer whose packet comes next.</summary>
    public int NextLayer { get; set; }
}
