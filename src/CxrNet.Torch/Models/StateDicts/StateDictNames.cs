namespace CxrNet.Torch.Models;

/// <summary>Brings the names of a state dictionary to those of torchvision: wrappers put prefixes before them, and DenseNets of 2018 wrote <c>norm.1</c> for <c>norm1</c>.</summary>
internal static class StateDictNames
{
    /// <summary>The same values under names without the prefix of a wrapper (<c>module.</c>, <c>model.</c>, <c>backbone.</c> …).</summary>
    /// <param name="values">By name.</param>
    /// <param name="first">The network's own name of its first weight.</param>
    /// <param name="head">The same of its head: both must have the prefix, so that a block which happens to end like the first weight is not taken for the network.</param>
    /// <param name="source">The file's name, for the error.</param>
    /// <exception cref="CxrModelException">There are several such networks.</exception>
    public static Dictionary<string, T> Normalize<T>(IReadOnlyDictionary<string, T> values, string first, string head, string source)
    {
        string[] prefixes = [.. values.Keys.Where(name => name.EndsWith(first, StringComparison.Ordinal)).Select(name => name[..^first.Length])
            .Where(prefix => (prefix.Length == 0 || prefix[^1] == '.') && values.ContainsKey(prefix + head))];
        if (prefixes.Length > 1)
        {
            throw new CxrModelException(source, $"'{source}' holds {prefixes.Length} networks, under {string.Join(" and ", prefixes.Select(static p => $"'{p}'"))}; one expected.");
        }

        string common = prefixes.FirstOrDefault("");
        Dictionary<string, T> normalized = new(StringComparer.Ordinal);
        foreach ((string name, T value) in values)
        {
            string own = name.StartsWith(common, StringComparison.Ordinal) ? Modern(name[common.Length..]) : name;
            if (!normalized.TryAdd(own, value))
            {
                throw new CxrModelException(source, $"'{source}' has '{own}' twice, once as '{name}'.");
            }
        }

        return normalized;
    }

    private static string Modern(string name) => !name.Contains("denselayer", StringComparison.Ordinal) ? name : name
        .Replace(".norm.1.", ".norm1.", StringComparison.Ordinal).Replace(".norm.2.", ".norm2.", StringComparison.Ordinal)
        .Replace(".conv.1.", ".conv1.", StringComparison.Ordinal).Replace(".conv.2.", ".conv2.", StringComparison.Ordinal);
}
