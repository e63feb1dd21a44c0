namespace CxrNet;

/// <summary>Covers the image with a moving square and says how much the score falls: M. D. Zeiler, R. Fergus, ECCV 2014 (arXiv 1311.2901).</summary>
/// <remarks>Each pixel is the mean, over the squares that cover it, of <c>f(x) - f(x covered)</c>; positive where the evidence speaks for the finding. At a right or lower border that the stride does not meet the last square is cut off there.</remarks>
public sealed class OcclusionMap : PerturbationMap
{
    private readonly OcclusionOptions _options;

    /// <summary>Explains any classifier.</summary>
    /// <param name="classifier">It stays the caller's.</param>
    /// <param name="options">Size and step of the square; the defaults where null.</param>
    public OcclusionMap(ICxrClassifier classifier, OcclusionOptions? options = null)
        : base(classifier, options ??= new OcclusionOptions()) => _options = options;

    /// <inheritdoc/>
    public override string Method => "occlusion";

    private protected override float[] Explain(PerturbedInput input, CancellationToken cancellationToken)
    {
        int window = _options.Window ?? Math.Max(1, Math.Max(input.Width, input.Height) / 8);
        int stride = _options.Stride ?? Math.Max(1, window / 2);
        int columns = Positions(input.Width, window, stride), total = columns * Positions(input.Height, window, stride);
        float[] map = new float[input.PlaneLength];
        int[] covers = new int[map.Length];
        for (int first = 0; first < total; first += input.BatchSize)
        {
            int count = Math.Min(input.BatchSize, total - first);
            for (int i = 0; i < count; i++)
            {
                input.Mask(i).Fill(1);
                foreach (Range row in Rows(first + i))
                {
                    input.Mask(i)[row].Clear();
                }
            }

            ReadOnlySpan<float> scores = input.Score(count, total, cancellationToken);
            for (int i = 0; i < count; i++)
            {
                foreach (Range row in Rows(first + i))
                {
                    Add(map.AsSpan(row), covers.AsSpan(row), input.Whole - scores[i]);
                }
            }
        }

        for (int i = 0; i < map.Length; i++)
        {
            map[i] /= Math.Max(1, covers[i]);
        }

        return map;

        IEnumerable<Range> Rows(int position)
        {
            // Where the stride leaves gaps, the last square may lie beyond the border.
            int x = Math.Min(input.Width, position % columns * stride), y = position / columns * stride;
            int right = Math.Min(input.Width, x + window);
            for (int row = y; row < Math.Min(input.Height, y + window); row++)
            {
                yield return ((row * input.Width) + x)..((row * input.Width) + right);
            }
        }
    }

    private static int Positions(int length, int window, int stride) => length <= window ? 1 : 1 + (int)Math.Ceiling((length - window) / (double)stride);

    private static void Add(Span<float> map, Span<int> covers, float value)
    {
        for (int i = 0; i < map.Length; i++)
        {
            map[i] += value;
            covers[i]++;
        }
    }
}
