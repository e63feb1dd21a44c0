namespace CxrNet;

/// <summary>What every loader asks of a card before it trusts it.</summary>
public static class CxrModelCardCheck
{
    private const int KnownSchema = 1;

    // The input of one image is bounded, so that a hostile card cannot claim all memory: 4096 x 4096 is beyond any radiograph network.
    private const int MaxSide = 4096;

    /// <summary>Requires a card to be complete and free of contradictions.</summary>
    /// <param name="card">The card.</param>
    /// <param name="task">What the caller needs the model for.</param>
    /// <param name="source">The file's name, for the error.</param>
    /// <exception cref="CxrModelException">It is not; the message says the field, what was found and what was expected.</exception>
    public static void Require(CxrModelCard card, CxrModelTask task, string source)
    {
        ArgumentNullException.ThrowIfNull(card);
        string? problem = Problem(card, task) ?? InputProblem(card.Input) ?? FindingsProblem(card) ?? CardGuardCheck.Problem(card);
        if (problem is not null)
        {
            throw new CxrModelException(source, $"'{source}': the card {problem}.");
        }
    }

    private static string? Problem(CxrModelCard card, CxrModelTask task) => card switch
    {
        { SchemaVersion: not KnownSchema } => $"has schema {card.SchemaVersion}, this version reads {KnownSchema}",
        { Id: null or "" } => "has no id",
        { Input: null } => "has no input",
        { Outputs: null } => "has no outputs",
        _ when !Enum.IsDefined(card.Activation) => $"has activation {card.Activation}, which is none of {Names<FindingActivation>()}",
        _ when card.Task != task => $"says {card.Task}, {task} was asked for",
        { Task: CxrModelTask.Classification, Outputs.Logits: null or "" } => "names no logits output",
        { Task: CxrModelTask.LungSegmentation, Outputs.Map: null or "" } => "names no map output",
        _ when card.Outputs.Map == card.Outputs.Logits => $"names '{card.Outputs.Map}' as logits and as map",
        { Outputs.Pooled: { } pooled } when pooled == card.Outputs.Logits || pooled == card.Outputs.Map => $"names '{pooled}' as pooled features and as logits or map",
        _ when !(card.Temperature > 0 && float.IsFinite(card.Temperature)) => $"has temperature {card.Temperature}, a number above 0 was expected",
        _ => null,
    };

    private static string? InputProblem(CardInput input)
    {
        InputNormalization normalization = input.Normalization;
        return input switch
        {
            { Name: null or "" } => "names no input",
            { Channels: not (1 or 3) } => $"has {input.Channels} input channels, 1 or 3 were expected",
            _ when input.Width is < 1 or > MaxSide || input.Height is < 1 or > MaxSide => $"has an input of {input.Width} x {input.Height}, sides of 1 to {MaxSide} were expected",
            _ when normalization is null => "has no input normalisation",
            _ when !Enum.IsDefined(input.Layout) => $"has input layout {input.Layout}, which is none of {Names<TensorLayout>()}",
            _ when !Enum.IsDefined(input.Geometry) => $"has input geometry {input.Geometry}, which is none of {Names<InputGeometry>()}",
            _ when !Enum.IsDefined(input.Filter) => $"has input filter {input.Filter}, which is none of {Names<ResizeFilter>()}",
            _ when !Enum.IsDefined(input.Lungs) => $"has lung handling {input.Lungs}, which is none of {Names<LungHandling>()}",
            _ when !Enum.IsDefined(normalization.Kind) => $"has input normalisation {normalization.Kind}, which is none of {Names<NormalizationKind>()}",
            _ when normalization.Kind == NormalizationKind.Range && !(float.IsFinite(normalization.Min) && float.IsFinite(normalization.Max)) => "has an input range that is no number",
            _ when normalization.Kind == NormalizationKind.Range && (normalization.Min == normalization.Max || !float.IsFinite(normalization.Max - normalization.Min)) => $"has an input range from {normalization.Min} to {normalization.Max}, two numbers a finite distance apart were expected",
            _ when normalization.Kind == NormalizationKind.MeanStd && (normalization.Mean.Count != input.Channels || normalization.Std.Count != input.Channels) => $"has {normalization.Mean.Count} means and {normalization.Std.Count} deviations for {input.Channels} channels",
            _ when normalization.Kind == NormalizationKind.MeanStd && !(normalization.Mean.All(float.IsFinite) && normalization.Std.All(static s => s > 0 && float.IsFinite(s))) => "has a mean or deviation that is no number, or a deviation that is not above 0",
            _ => null,
        };
    }

    // A number in a card's JSON becomes a value that has no name.
    private static string Names<T>()
        where T : struct, Enum => string.Join(", ", Enum.GetNames<T>());

    private static string? FindingsProblem(CxrModelCard card)
    {
        if (card.Task != CxrModelTask.Classification)
        {
            return null;
        }

        if (card.Findings.Any(static f => f?.Name is null))
        {
            return "lists a finding without a name; an output that was never trained has an empty one";
        }

        if (!card.Findings.Any(static f => f.IsTrained))
        {
            return $"lists {card.Findings.Count} findings, none of them trained";
        }

        foreach (CardFinding finding in card.Findings)
        {
            if (finding.Threshold is not (>= 0 and <= 1))
            {
                return $"has threshold {finding.Threshold} for '{finding.Name}', 0 to 1 was expected";
            }
        }

        string? twice = card.Findings.Where(static f => f.IsTrained).GroupBy(static f => f.Name, StringComparer.Ordinal).FirstOrDefault(static g => g.Count() > 1)?.Key;
        return twice is null ? null : $"lists '{twice}' twice";
    }
}
