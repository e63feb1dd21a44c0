namespace CxrNet.Imaging.Dicom.Codecs.Jpeg2000;

/// <summary>Bit 0: high-pass in x; bit 1: high-pass in y.</summary>
internal enum BandOrientation
{
    LowLow = 0,
    HighLow = 1,
    LowHigh = 2,
    HighHigh = 3,
}
