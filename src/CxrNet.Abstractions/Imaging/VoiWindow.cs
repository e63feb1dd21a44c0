namespace CxrNet;

/// <summary>A window on the modality output, DICOM PS3.3 C.11.2.1.2 and C.11.2.1.3.</summary>
/// <param name="Center">Window centre, in modality units.</param>
/// <param name="Width">Window width, in modality units; at least 1 for <see cref="VoiFunction.Linear"/>, above 0 otherwise.</param>
/// <param name="Function">The shape between the ends.</param>
public sealed record VoiWindow(double Center, double Width, VoiFunction Function = VoiFunction.Linear);
