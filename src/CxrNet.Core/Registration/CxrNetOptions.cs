namespace CxrNet;

/// <summary>What a container is told of CxrNet. Settable, since that is how configuration is bound; nothing reads it before the host starts.</summary>
public sealed class CxrNetOptions
{
    /// <summary>The key of the classifier that is meant where none is named; the only one that is registered where null (the default).</summary>
    public string? Classifier { get; set; }

    /// <summary>When models are loaded; at first use by default.</summary>
    public ModelLoading Loading { get; set; }

    /// <summary>See <see cref="CxrPipelineOptions.AbstainWhenUnlike"/>; false by default.</summary>
    public bool AbstainWhenUnlike { get; set; }

    /// <summary>See <see cref="CxrPipelineOptions.ShortcutLimit"/>; 0.5 by default.</summary>
    public double? ShortcutLimit { get; set; } = CxrPipelineOptions.Default.ShortcutLimit;

    /// <summary>What <c>CxrPipeline.AnalyzeAsync</c> may hold at once; see <see cref="StreamingOptions"/> for the defaults. Its <see cref="StreamingOptions.Limits"/> are those of <c>CxrPipeline.Analyze</c> too.</summary>
    public StreamingOptions Streaming { get; set; } = new();

    /// <summary>Model files by the name under which a registration asks for them; an entry that nothing asks for is an error.</summary>
    public Dictionary<string, ModelFileOptions> Models { get; } = new(StringComparer.Ordinal);
}
