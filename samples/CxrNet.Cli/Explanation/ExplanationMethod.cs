namespace CxrNet.Cli;

/// <summary>One method that explain and compare-maps know by name.</summary>
/// <param name="Name">As the options have it.</param>
/// <param name="Description">In a few words.</param>
/// <param name="Create">Makes it; the caller disposes of it.</param>
/// <param name="Missing">Why it is not there for this model; null where it is. "all" and a command's default leave such a method out, naming it is an error.</param>
internal sealed record ExplanationMethod(string Name, string Description, Func<ExplanationContext, IExplanationMap> Create, Func<ExplanationContext, string?> Missing)
{
    public ExplanationMethod(string name, string description, Func<ExplanationContext, IExplanationMap> create)
        : this(name, description, create, static _ => null)
    {
    }

    /// <summary>Whether "all" or a command's default chose it and nobody named it: then it may turn out not to go with the model.</summary>
    public bool IsUnnamed { get; init; }
}
