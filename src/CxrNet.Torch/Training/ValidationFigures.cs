namespace CxrNet.Torch.Training;

/// <summary>Figures on the validation images after an epoch; shares 0 … 1.</summary>
/// <param name="Accuracy">Of the whole network (phase <c>encoder</c>: of E2 on whole images).</param>
/// <param name="MacroF1">Mean F1 over the classes; the best epoch is chosen by it.</param>
/// <param name="ComplementAccuracy">Of E2 on what the map leaves out; near chance when the map holds the evidence.</param>
/// <param name="ReferenceAccuracy">Of E2 on the reference alone, nothing of the image kept; must be chance.</param>
/// <param name="MapArea">Mean of the map.</param>
/// <param name="EnergyInLung">Share of the map's sum inside the lung masks.</param>
/// <param name="LungArea">Share of the image that is lung: what a map without aim would have.</param>
public sealed record ValidationFigures(double Accuracy, double MacroF1, double ComplementAccuracy, double ReferenceAccuracy, double MapArea, double EnergyInLung, double LungArea);
