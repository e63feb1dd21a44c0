namespace CxrNet;

/// <summary>The members that an ensemble was given.</summary>
internal static class EnsembleMembers
{
    /// <summary>The first of one or more.</summary>
    /// <exception cref="ArgumentException">There is none, or one is null.</exception>
    public static T First<T>(IReadOnlyList<T> members)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(members);
        int missing = members.Count(static m => m is null);
        return members.Count > 0 && missing == 0
            ? members[0]
            : throw new ArgumentException($"{members.Count} members given, {missing} of them null; one or more, and no null, was expected.", nameof(members));
    }

    /// <summary>Disposes of each, once where it is a member twice.</summary>
    public static void Dispose(IEnumerable<IDisposable> members)
    {
        foreach (IDisposable member in members.Distinct(ReferenceEqualityComparer.Instance).Cast<IDisposable>())
        {
            member.Dispose();
        }
    }

    /// <summary>What the ensemble is called.</summary>
    public static string Name(EnsembleRule rule, IEnumerable<CxrModelCard> cards) =>
        $"{(rule == EnsembleRule.Mean ? "mean" : "vote")}({string.Join(", ", cards.Select(static c => c.Id))})";
}
