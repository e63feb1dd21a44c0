using System.Buffers.Binary;
using System.Numerics.Tensors;

namespace CxrNet;

/// <summary>The Gaussian of one part of a guard, ready to measure.</summary>
/// <remarks>Immutable and safe for concurrent use.</remarks>
public sealed class GuardGaussian
{
    private readonly float[] _means;
    private readonly float[] _inverseDeviation;
    private readonly float[] _directions;
    private readonly float[] _gains;
    private readonly float _residualGain;
    private readonly float[] _sizes;

    /// <summary>Reads a part's numbers.</summary>
    /// <param name="part">A card's.</param>
    /// <exception cref="ArgumentException">The numbers do not fit what the part says of them.</exception>
    public GuardGaussian(CardGuardPart part)
    {
        ArgumentNullException.ThrowIfNull(part);
        Part = part;
        if (Problem(part) is { } problem)
        {
            throw new ArgumentException($"The part {problem}.", nameof(part));
        }

        Half[] numbers = Decode(part.Statistics) ?? [];
        float[] values = Array.ConvertAll(numbers, static half => (float)half);
        int length = part.Length;
        int means = (part.Groups + part.Others) * length;
        int directions = means + length;
        _means = values[..means];
        _inverseDeviation = values[means..directions];
        _directions = values[directions..(directions + (part.Components * length))];
        float[] deviations = values[(directions + (part.Components * length))..^part.Groups];
        _sizes = values[^part.Groups..];
        _residualGain = 1 / (deviations[^1] * deviations[^1]);

        // d² = |z|² / s² - sum_c (u_c · z)² (1 / s² - 1 / l_c²): only the directions that stand out cost a product each.
        _gains = [.. deviations[..^1].Select(d => _residualGain - (1 / (d * d)))];
    }

    /// <summary>What was read.</summary>
    public CardGuardPart Part { get; }

    /// <summary>Mahalanobis distance to the nearest group, per number: <c>sqrt(d² / Length)</c>, over the group's size.</summary>
    /// <param name="values">The part's numbers.</param>
    /// <param name="scratch">As many, overwritten.</param>
    public float Distance(ReadOnlySpan<float> values, Span<float> scratch)
    {
        float least = float.PositiveInfinity;
        for (int group = 0; group < Part.Groups; group++)
        {
            least = MathF.Min(least, SquareTo(group, values, scratch) / (_sizes[group] * _sizes[group]));
        }

        return Root(least);
    }

    /// <summary>The same to the nearest group of unwanted images; positive infinity where there is none.</summary>
    /// <param name="values">The part's numbers.</param>
    /// <param name="scratch">As many, overwritten.</param>
    public float DistanceToOthers(ReadOnlySpan<float> values, Span<float> scratch)
    {
        float least = float.PositiveInfinity;
        for (int group = Part.Groups; group < Part.Groups + Part.Others; group++)
        {
            least = MathF.Min(least, SquareTo(group, values, scratch));
        }

        return Root(least);
    }

    private float Root(float square) => MathF.Sqrt(MathF.Max(square, 0) / Part.Length);

    private float SquareTo(int group, ReadOnlySpan<float> values, Span<float> scratch)
    {
        Span<float> z = scratch[..Part.Length];
        TensorPrimitives.Subtract(values, _means.AsSpan(group * z.Length, z.Length), z);
        TensorPrimitives.Multiply(z, _inverseDeviation, z);
        return SquareOf(z);
    }

    private float SquareOf(ReadOnlySpan<float> z)
    {
        float sum = TensorPrimitives.SumOfSquares(z) * _residualGain;
        for (int c = 0; c < _gains.Length; c++)
        {
            float along = TensorPrimitives.Dot(z, _directions.AsSpan(c * z.Length, z.Length));
            sum -= along * along * _gains[c];
        }

        return sum;
    }

    /// <summary>What is wrong with a part's numbers, or null.</summary>
    internal static string? Problem(CardGuardPart part)
    {
        long expected = ((1L + part.Groups + part.Others + part.Components) * part.Length) + part.Components + 1 + part.Groups;
        Half[]? numbers = Decode(part.Statistics);
        if (numbers is null || numbers.Length != expected)
        {
            return $"has a guard with {(numbers is null ? "statistics that are no base64 text" : $"{numbers.Length} numbers")}, {expected} half-precision numbers were expected";
        }

        return numbers.All(Half.IsFinite) && numbers[^(part.Components + 1 + part.Groups)..].All(static d => d > (Half)0)
            ? null
            : "has a guard with a number that is not finite, or a standard deviation or size that is not above 0";
    }

    private static Half[]? Decode(string? text)
    {
        byte[] bytes = new byte[text?.Length ?? 0];
        if (text is null || !Convert.TryFromBase64String(text, bytes, out int written) || written % 2 != 0)
        {
            return null;
        }

        Half[] numbers = new Half[written / 2];
        for (int i = 0; i < numbers.Length; i++)
        {
            numbers[i] = BinaryPrimitives.ReadHalfLittleEndian(bytes.AsSpan(2 * i));
        }

        return numbers;
    }
}
