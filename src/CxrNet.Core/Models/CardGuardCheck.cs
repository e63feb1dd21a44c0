namespace CxrNet;

/// <summary>What a loader asks of a card's guard and of its abstain level.</summary>
internal static class CardGuardCheck
{
    // 64 directions of 4096 numbers are beyond any network here; a hostile card must not claim all memory.
    private const int MaxLength = 4096;
    private const int MaxComponents = 64;
    private const int MaxGroups = 64;

    /// <summary>The contradiction, or null.</summary>
    public static string? Problem(CxrModelCard card)
    {
        if (card.Abstain is { } abstain && !(abstain is { Alpha: > 0 and < 1, Quantile: >= 0 and <= 1 }))
        {
            return $"abstains at alpha {abstain.Alpha} and quantile {abstain.Quantile}, numbers between 0 and 1 were expected";
        }

        if (card.Guard is { Parts: null or { Count: 0 } })
        {
            return "has a guard of 0 parts, which guards nothing; 1 or more were expected";
        }

        return card.Guard?.Parts.Select(part => Problem(card, part)).FirstOrDefault(static problem => problem is not null);
    }

    private static string? Problem(CxrModelCard card, CardGuardPart part) => part switch
    {
        null => "has an empty part of a guard",
        { Source: CardGuardSource.Pooled } when card.Outputs.Pooled is null or "" => "has a guard on pooled features and names no output for them",
        { Source: CardGuardSource.Thumbnail } when part.Start != 0 || part.Length != GuardThumbnail.Length => $"has a guard on {part.Length} pixels of a thumbnail, {GuardThumbnail.Length} were expected",
        _ when part.Length is < 1 or > MaxLength || part.Start is < 0 or > MaxLength || part.Components is < 0 or > MaxComponents || part.Groups is < 1 or > MaxGroups || part.Others is < 0 or > MaxGroups =>
            $"has a guard on {part.Length} numbers from {part.Start} with {part.Groups} groups and {part.Components} directions; 1 to {MaxLength} from 0 or later, 1 to {MaxGroups} and 0 to {MaxComponents} were expected",
        _ when !(part.Threshold > 0 && float.IsFinite(part.Threshold)) => $"has a guard with threshold {part.Threshold}, a number above 0 was expected",
        _ when part.Others > 0 && !(part.RatioThreshold > 0 && float.IsFinite(part.RatioThreshold)) => $"has a guard with threshold {part.RatioThreshold} of a ratio, a number above 0 was expected",
        _ => GuardGaussian.Problem(part),
    };
}
