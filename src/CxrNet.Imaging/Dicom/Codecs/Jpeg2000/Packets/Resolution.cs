namespace CxrNet.Imaging.Dicom.Codecs.Jpeg2000;

/// <summary>One resolution of a tile-component: its area and its precincts in raster order.</summary>
internal sealed record Resolution(Rectangle Area, Precinct[] Precincts);
