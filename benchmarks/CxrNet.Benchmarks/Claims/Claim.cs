namespace CxrNet.Benchmarks.Claims;

/// <summary>A figure that the project says holds.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Goal">The number to reach.</param>
/// <param name="AtLeast">Whether that is the least (true) or the most (false) that is allowed.</param>
/// <param name="Unit">Behind the numbers, for example <c> x</c>.</param>
/// <param name="Measured">The median; NaN where it could not be measured.</param>
/// <param name="Spread">Quartiles, or why there is no figure.</param>
internal sealed record Claim(string Name, double Goal, bool AtLeast, string Unit, double Measured, string Spread)
{
    public string Verdict => double.IsNaN(Measured) ? "not measured" : (AtLeast ? Measured >= Goal : Measured <= Goal) ? "met" : "NOT MET";
}
