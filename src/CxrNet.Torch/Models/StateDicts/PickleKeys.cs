namespace CxrNet.Torch.Models;

/// <summary>Compares the keys of a pickle's dictionaries: strings, numbers and truth values by their type and bits, all else by being the same object.</summary>
/// <remarks>.NET hashes a long to the exclusive or of its halves, so that a file could choose a million keys of one hash and reading it would take hours. These hashes differ from process to process, as those of strings do by themselves.</remarks>
internal sealed class PickleKeys : IEqualityComparer<object>
{
    /// <summary>The only one that is needed.</summary>
    public static PickleKeys Instance { get; } = new();

    /// <inheritdoc/>
    public new bool Equals(object? x, object? y) => ReferenceEquals(x, y) || (x, y) switch
    {
        (string a, string b) => string.Equals(a, b, StringComparison.Ordinal),
        (long a, long b) => a == b,
        (double a, double b) => BitConverter.DoubleToInt64Bits(a) == BitConverter.DoubleToInt64Bits(b),
        (bool a, bool b) => a == b,
        _ => false,
    };

    /// <inheritdoc/>
    public int GetHashCode(object obj) => obj switch
    {
        string text => text.GetHashCode(StringComparison.Ordinal),
        long number => Mix(number),
        double number => Mix(BitConverter.DoubleToInt64Bits(number)),
        bool truth => HashCode.Combine(truth),
        _ => ReferenceEqualityComparer.Instance.GetHashCode(obj),
    };

    private static int Mix(long bits) => HashCode.Combine((int)bits, (int)(bits >> 32));
}
