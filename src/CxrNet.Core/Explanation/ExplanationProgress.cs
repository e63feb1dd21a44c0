namespace CxrNet;

/// <summary>How far a method that needs many forward passes has come.</summary>
/// <param name="Image">Which image of the call, from 0.</param>
/// <param name="Images">Images of the call.</param>
/// <param name="Done">Perturbed inputs of this image that were scored.</param>
/// <param name="Total">Perturbed inputs of this image, at most: a method may stop early.</param>
public readonly record struct ExplanationProgress(int Image, int Images, int Done, int Total);
