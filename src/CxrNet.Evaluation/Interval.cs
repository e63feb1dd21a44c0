namespace CxrNet.Evaluation;

/// <summary>A figure with its confidence interval.</summary>
/// <param name="Estimate">The figure itself; NaN where it is not defined.</param>
/// <param name="Low">The lower end; NaN where the data says nothing of it.</param>
/// <param name="High">The upper end; NaN with the lower.</param>
public readonly record struct Interval(double Estimate, double Low, double High)
{
    /// <summary>Whether the value lies between the ends, both included.</summary>
    public bool Contains(double value) => value >= Low && value <= High;

    /// <summary>The figure and its interval with three decimals, for example <c>0.879 (0.861 to 0.895)</c>; the figure alone where there is no interval.</summary>
    public override string ToString() => double.IsNaN(Low) && double.IsNaN(High) ? FormattableString.Invariant($"{Estimate:0.000}") : FormattableString.Invariant($"{Estimate:0.000} ({Low:0.000} to {High:0.000})");
}
