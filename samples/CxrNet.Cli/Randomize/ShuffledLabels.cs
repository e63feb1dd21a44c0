namespace CxrNet.Cli;

/// <summary>The label randomisation test: a network of the same kind that was trained on shuffled labels.</summary>
internal static class ShuffledLabels
{
    /// <summary>What its stage is called.</summary>
    public const string Stage = "shuffled labels";

    /// <summary>Refuses a model whose maps could not be compared. Its turn comes last: a file that does not fit should not cost the stages before it.</summary>
    /// <param name="model">The trained network.</param>
    /// <param name="file">The one of shuffled labels.</param>
    /// <exception cref="CxrModelException">It knows other findings, or sees another part of an image.</exception>
    public static void Require(ModelChoice model, string file)
    {
        using ICxrClassifier trained = model.LoadAlone(), other = (model with { File = file }).LoadAlone();
        string expected = string.Join(", ", trained.Card.Findings.Select(f => f.Name)), found = string.Join(", ", other.Card.Findings.Select(f => f.Name));
        if (found != expected)
        {
            throw new CxrModelException(file, $"'{file}' knows {found}; {expected} were expected, as of the trained network.");
        }

        // Maps of other grids, or of other parts of an image, cannot be compared.
        if (Seen(other.Card.Input) is var its && Seen(trained.Card.Input) is var own && its != own)
        {
            throw new CxrModelException(file, $"'{file}' sees {its}; {own} was expected, as of the trained network.");
        }

        static string Seen(CardInput input) => $"{input.Width} x {input.Height}, {input.Geometry}, LungHandling.{input.Lungs}";
    }
}
