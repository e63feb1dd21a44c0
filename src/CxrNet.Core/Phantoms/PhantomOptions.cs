namespace CxrNet;

/// <summary>Which phantom to make.</summary>
public sealed record PhantomOptions
{
    /// <summary>What it shows; <see cref="PhantomClass.Normal"/> by default.</summary>
    public PhantomClass Class { get; init; }

    /// <summary>Another seed is another patient: build, exposure, noise and lesions differ; 1 by default.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Columns, 16 or more; 512 by default.</summary>
    public int Width { get; init; } = 512;

    /// <summary>Rows, 16 or more; 512 by default.</summary>
    public int Height { get; init; } = 512;

    /// <summary>Standard deviation of the quantum noise in grey levels of 0 … 1, 0 for none; 0.012 by default.</summary>
    public double Noise { get; init; } = 0.012;
}
