namespace CxrNet.Evaluation;

/// <summary>One layer of a cascading randomisation.</summary>
/// <param name="Name">The layer.</param>
/// <param name="Randomize">Gives the layer new weights; what was randomised before stays so.</param>
public sealed record RandomizationStage(string Name, Action Randomize);
