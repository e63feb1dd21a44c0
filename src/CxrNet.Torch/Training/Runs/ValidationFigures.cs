namespace CxrNet.Torch.Training;

/// <summary>Figures on the validation images after an epoch.</summary>
/// <param name="Score">The one that the best epoch is chosen by; higher is better.</param>
/// <param name="Values">All figures by name, in the order of the log's columns; shares 0 … 1.</param>
public sealed record ValidationFigures(double Score, IReadOnlyList<KeyValuePair<string, double>> Values)
{
    /// <summary>A figure by its name, for example <c>accuracy</c>.</summary>
    /// <exception cref="KeyNotFoundException">There is none of that name.</exception>
    public double this[string name] => Values.FirstOrDefault(figure => figure.Key == name) is { Key: not null } found
        ? found.Value
        : throw new KeyNotFoundException($"There is no figure '{name}'; there are {string.Join(", ", Values.Select(static figure => figure.Key))}.");
}
