namespace CxrNet;

/// <summary>A source of training data and the attribution that its licence asks for.</summary>
/// <param name="Name">For example "Kermany et al. 2018".</param>
/// <param name="License">For example "CC BY 4.0".</param>
/// <param name="Reference">Where it is published.</param>
/// <param name="Images">How many images of it were used.</param>
public sealed record CardDataSource(string Name, string License, string Reference, int Images);
