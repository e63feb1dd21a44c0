namespace CxrNet.Torch.Training;

/// <summary>Where a training run is.</summary>
/// <param name="Phase"><c>encoder</c>, <c>map</c>, <c>settle</c>, <c>joint</c> or <c>lungs</c>.</param>
/// <param name="Epoch">From 1.</param>
/// <param name="Epochs">Of this phase.</param>
/// <param name="Step">Within the epoch, from 1.</param>
/// <param name="Steps">Of an epoch.</param>
/// <param name="Loss">Mean over the epoch so far.</param>
/// <param name="ImagesPerSecond">Over the epoch so far.</param>
/// <param name="LoaderShare">Share of the time that drawing and augmenting batches took, 0 … 1.</param>
/// <param name="Remaining">Of this phase.</param>
/// <param name="Validation">Figures on the validation images at the end of an epoch; null in between.</param>
public sealed record TrainingProgress(string Phase, int Epoch, int Epochs, int Step, int Steps, double Loss, double ImagesPerSecond, double LoaderShare, TimeSpan Remaining, ValidationFigures? Validation);
