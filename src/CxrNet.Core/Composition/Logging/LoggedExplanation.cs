using Microsoft.Extensions.Logging;

namespace CxrNet;

/// <summary>Logs each call of an explanation method: Debug with count and time, Error where it fails. Nothing of a patient.</summary>
/// <remarks>Safe for concurrent use where the method is.</remarks>
public sealed class LoggedExplanation : DelegatingExplanation
{
    private readonly ILogger _logger;

    /// <summary>Puts a log around a method.</summary>
    /// <param name="explanation">Explains the images.</param>
    /// <param name="logger">It stays the caller's.</param>
    public LoggedExplanation(IExplanationMap explanation, ILogger logger)
        : base(explanation)
    {
        ArgumentNullException.ThrowIfNull(logger);
        _logger = logger;
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<Heatmap> ExplainCore(IReadOnlyList<GrayImage> images, ExplanationTarget target, CancellationToken cancellationToken)
    {
        IReadOnlyList<Heatmap> maps = LoggedCall.Run(_logger, Method, images.Count, () => Inner.Explain(images, target, cancellationToken), out double milliseconds);
        _logger.Explained(Method, maps.Count, milliseconds);
        return maps;
    }
}
