namespace CxrNet;

/// <summary>Names of explanation methods as people write them.</summary>
public static class ExplanationName
{
    /// <summary>Whether two names mean one method: hyphens, underscores, blanks and capitals do not matter, and <c>++</c> is <c>plusplus</c>.</summary>
    /// <param name="name">For example <c>Grad-CAM++</c>.</param>
    /// <param name="other">For example <c>gradcam_plusplus</c>.</param>
    public static bool IsSame(string name, string other)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(other);
        return LettersOf(name) == LettersOf(other);
    }

    private static string LettersOf(string name) => new([.. name.Replace("++", "plusplus", StringComparison.Ordinal).Where(char.IsLetterOrDigit).Select(char.ToLowerInvariant)]);
}
