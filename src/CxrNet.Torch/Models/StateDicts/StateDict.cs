using static TorchSharp.torch;

namespace CxrNet.Torch.Models;

/// <summary>Weights by name, as a network's definition takes them one after the other. What does not fit is collected and told in one error.</summary>
/// <param name="tensors">Floating-point tensors of any width under the network's own names.</param>
/// <param name="source">The file's name, for errors.</param>
internal class StateDict(IReadOnlyDictionary<string, Tensor> tensors, string source)
{
    // How many names an error tells: enough to see the pattern.
    private const int MostNamed = 4;

    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);
    private readonly List<string> _missing = [];
    private readonly List<string> _misfits = [];

    /// <summary>Whether something taken so far was missing or did not fit: then there is nothing to compute with.</summary>
    public bool IsBroken => _missing.Count + _misfits.Count > 0;

    /// <summary>Whether there is a tensor of this name.</summary>
    public virtual bool Has(string name) => tensors.ContainsKey(name);

    /// <summary>Takes a tensor in single precision; null, and remembered, where there is none or it does not fit.</summary>
    public Tensor? Take(string name, params ReadOnlySpan<long> shape)
    {
        _taken.Add(name);
        if (Find(name, shape) is not { } tensor)
        {
            _missing.Add(name);
            return null;
        }

        string? problem = !tensor.shape.AsSpan().SequenceEqual(shape) ? $"is [{string.Join(", ", tensor.shape)}], [{string.Join(", ", shape.ToArray())}] expected"
            : !tensor.is_floating_point() ? $"holds {tensor.dtype}, floating-point numbers expected"
            : !tensor.isfinite().all().item<bool>() ? "has values that are no finite numbers"
            : null;
        if (problem is null)
        {
            return tensor.to(ScalarType.Float32);
        }

        _misfits.Add($"'{name}' {problem}");
        return null;
    }

    /// <summary>Requires that everything taken was there and fitted, and that nothing else is left.</summary>
    /// <param name="network">The network's name, for the error.</param>
    /// <param name="ignored">Names that may be left.</param>
    /// <exception cref="CxrModelException">It is not so; the message names what is missing, wrong or too much.</exception>
    public void RequireFit(string network, Func<string, bool> ignored)
    {
        string[] unexpected = [.. tensors.Keys.Where(name => !_taken.Contains(name) && !ignored(name)).Order(StringComparer.Ordinal)];
        string[] problems = [.. new[] { Told("misses", _missing, quoted: true), Told("has a misfit:", _misfits, quoted: false), Told("has unexpected", unexpected, quoted: true) }.OfType<string>()];
        if (problems.Length > 0)
        {
            throw new CxrModelException(source, $"'{source}' does not hold the weights of '{network}' as its card describes it: it {string.Join("; it ", problems)}.");
        }
    }

    /// <summary>The tensor of a name; null where there is none.</summary>
    protected virtual Tensor? Find(string name, ReadOnlySpan<long> shape) => tensors.GetValueOrDefault(name);

    private static string? Told(string verb, IReadOnlyList<string> names, bool quoted) => names.Count == 0
        ? null
        : $"{verb} {string.Join(", ", names.Take(MostNamed).Select(n => quoted ? $"'{n}'" : n))}{(names.Count > MostNamed ? $" and {names.Count - MostNamed} more" : "")}";
}
