namespace CxrNet.Imaging.Dicom.Codecs.Jpeg2000;

/// <summary>One subband of a resolution.</summary>
/// <param name="Orientation">Which of the two directions is high-pass.</param>
/// <param name="Area">Its coordinates (ITU-T T.800 B-15).</param>
/// <param name="OffsetX">Column of its first sample in the component's plane of coefficients.</param>
/// <param name="OffsetY">Row of it.</param>
/// <param name="Planes">Bit-planes that a code-block may have (E-2).</param>
/// <param name="StepSize">Value of the least significant bit (E-3); 1 with the reversible wavelet.</param>
internal sealed record Subband(BandOrientation Orientation, Rectangle Area, int OffsetX, int OffsetY, int Planes, float StepSize);
