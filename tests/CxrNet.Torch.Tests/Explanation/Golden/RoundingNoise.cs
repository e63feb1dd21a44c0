namespace CxrNet.Torch.Tests.Explanation;

/// <summary>How far a map moves when every pixel moves by at most one unit in its last place: what no implementation in single precision can promise.</summary>
/// <remarks>Integrated Gradients sums gradients at fixed points; a unit whose input is zero but for rounding at one of them flips its whole share. In double precision two of the reference's maps differ from themselves by 1.1e-3 of their greatest value.</remarks>
internal static class RoundingNoise
{
    private const int Copies = 64;

    /// <summary>The greatest difference between two of the moved copies' maps.</summary>
    public static double Of(GoldenCase situation, string name, Func<float[], float[], double> difference)
    {
        float[][] maps = [.. Enumerable.Range(0, Copies).Select(seed => situation.Moved(pixels => Move(pixels, new Random(seed))).Compute(name)!)];
        return maps.SelectMany((a, i) => maps[..i].Select(b => difference(a, b))).Max();
    }

    private static float[] Move(float[] pixels, Random random) =>
        Array.ConvertAll(pixels, p => random.Next(3) switch { 0 => p, 1 => MathF.BitIncrement(p), _ => MathF.BitDecrement(p) });
}
