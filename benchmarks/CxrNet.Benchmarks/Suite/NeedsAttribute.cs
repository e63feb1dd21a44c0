namespace CxrNet.Benchmarks;

/// <summary>What a benchmark cannot run without; where it is missing, the case is left out and the report says why.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class NeedsAttribute(string what) : Attribute
{
    /// <summary><c>torch</c>, <c>opencv</c> or <c>int8</c>.</summary>
    public string What => what;
}
