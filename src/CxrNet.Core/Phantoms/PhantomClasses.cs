namespace CxrNet;

/// <summary>The phantoms' classes by the names that model cards use.</summary>
public static class PhantomClasses
{
    private static readonly string[] Names = ["normal", "bacterial_pneumonia", "viral_pneumonia", "covid19"];

    /// <summary>The finding's name, for example <c>bacterial_pneumonia</c>.</summary>
    public static string FindingName(this PhantomClass phantomClass) => Names[(int)phantomClass];

    /// <summary>The class of a finding's name.</summary>
    /// <exception cref="ArgumentException">There is no such class; the message lists those that there are.</exception>
    public static PhantomClass Parse(string findingName)
    {
        ArgumentNullException.ThrowIfNull(findingName);
        int index = Array.IndexOf(Names, findingName);
        return index >= 0
            ? (PhantomClass)index
            : throw new ArgumentException($"'{findingName}' is no class of phantom; there are {string.Join(", ", Names)}.", nameof(findingName));
    }
}
