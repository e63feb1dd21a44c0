namespace CxrNet.Core.Tests.Preprocessing;

public sealed class ResizingAPlane
{
    public static TheoryData<int, int, int, int> Shapes => new()
    {
        { 1, 1, 1, 1 }, { 1, 1, 5, 4 }, { 7, 5, 1, 1 }, { 13, 9, 13, 9 }, { 40, 30, 7, 61 }, { 40, 30, 61, 7 },
        { 97, 103, 31, 29 }, { 31, 29, 97, 103 }, { 500, 333, 64, 48 }, { 16, 16, 224, 224 },
    };

    [Theory, MemberData(nameof(Shapes))]
    public void MatchesTheDefinition(int width, int height, int newWidth, int newHeight)
    {
        float[] source = Lengths.Noise(width * height);
        float[] actual = new float[newWidth * newHeight];
        foreach (ResizeFilter filter in new[] { ResizeFilter.Bilinear, ResizeFilter.BilinearNoAntialias, ResizeFilter.Box, ResizeFilter.Bicubic, ResizeFilter.Lanczos })
        {
            Resizer.Resize(source, width, height, actual, newWidth, newHeight, filter);
            double[] expected = Definition(source, width, height, newWidth, newHeight, filter);
            for (int i = 0; i < expected.Length; i++)
            {
                Assert.Equal(expected[i], actual[i], 3e-6);
            }
        }
    }

    [Fact]
    public void EveryWidthMatchesTheDefinition()
    {
        for (int width = 1; width <= 140; width++)
        {
            float[] source = Lengths.Noise(width * 9, width);
            float[] actual = new float[11 * 4];
            Resizer.Resize(source, width, 9, actual, 11, 4, ResizeFilter.Bilinear);
            double[] expected = Definition(source, width, 9, 11, 4, ResizeFilter.Bilinear);
            for (int i = 0; i < expected.Length; i++)
            {
                Assert.Equal(expected[i], actual[i], 3e-6);
            }
        }
    }

    [Fact]
    public void ARegionIsWhatCuttingItOutFirstGives()
    {
        float[] source = Lengths.Noise(50 * 40);
        PixelRegion region = new(7, 5, 31, 22);
        float[] cut = new float[31 * 22];
        for (int y = 0; y < 22; y++)
        {
            source.AsSpan(((y + 5) * 50) + 7, 31).CopyTo(cut.AsSpan(y * 31));
        }

        foreach ((int width, int height) in new[] { (9, 8), (64, 60), (9, 60) })
        {
            float[] expected = new float[width * height], actual = new float[width * height];
            Resizer.Resize(cut, 31, 22, expected, width, height, ResizeFilter.Bilinear);
            Resizer.Resize(source, 50, 40, region, actual, width, height, ResizeFilter.Bilinear);
            Assert.Equal(expected, actual);
        }
    }

    [Fact]
    public void AConstantStaysThatConstant()
    {
        float[] source = new float[63 * 41];
        Array.Fill(source, 0.7f);
        foreach (ResizeFilter filter in Enum.GetValues<ResizeFilter>())
        {
            foreach ((int width, int height) in new[] { (10, 10), (100, 100), (63, 41), (100, 10) })
            {
                float[] result = new float[width * height];
                Resizer.Resize(source, 63, 41, result, width, height, filter);
                Assert.All(result, v => Assert.Equal(0.7f, v, 1e-6f));
            }
        }
    }

    [Fact]
    public void ItsOwnSizeGivesTheSamePixels()
    {
        float[] source = Lengths.Noise(33 * 21);
        foreach (ResizeFilter filter in Enum.GetValues<ResizeFilter>())
        {
            float[] result = new float[source.Length];
            Resizer.Resize(source, 33, 21, result, 33, 21, filter);
            for (int i = 0; i < source.Length; i++)
            {
                Assert.Equal(source[i], result[i], 1e-6f);
            }
        }
    }

    [Fact]
    public void NothingIsAllocated()
    {
        float[] source = Lengths.Noise(300 * 200), small = new float[64 * 64], large = new float[400 * 400];
        foreach (ResizeFilter filter in Enum.GetValues<ResizeFilter>())
        {
            AllocationAssert.None(() => Resizer.Resize(source, 300, 200, small, 64, 64, filter));
            AllocationAssert.None(() => Resizer.Resize(source, 300, 200, large, 400, 400, filter));
        }
    }

    [Fact]
    public void ALengthThatDoesNotFitIsNamed()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => Resizer.Resize(new float[5], 2, 3, new float[4], 2, 2, ResizeFilter.Bilinear));
        Assert.Contains("5 values given, 2 x 3 = 6 expected", error.Message, StringComparison.Ordinal);
        error = Assert.Throws<ArgumentException>(() => Resizer.Resize(new float[6], 2, 3, new PixelRegion(1, 0, 2, 3), new float[4], 2, 2, ResizeFilter.Bilinear));
        Assert.Contains("not inside the plane of 2 x 3", error.Message, StringComparison.Ordinal);
    }

    // The formula in double precision: every output is the normalised sum over the filter's support inside the image.
    private static double[] Definition(float[] source, int width, int height, int newWidth, int newHeight, ResizeFilter filter)
    {
        double[,] columns = Matrix(width, newWidth, filter), rows = Matrix(height, newHeight, filter);
        double[] across = new double[height * newWidth];
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < newWidth; x++)
            {
                for (int k = 0; k < width; k++)
                {
                    across[(y * newWidth) + x] += columns[x, k] * source[(y * width) + k];
                }
            }
        }

        double[] result = new double[newHeight * newWidth];
        for (int y = 0; y < newHeight; y++)
        {
            for (int k = 0; k < height; k++)
            {
                for (int x = 0; x < newWidth; x++)
                {
                    result[(y * newWidth) + x] += rows[y, k] * across[(k * newWidth) + x];
                }
            }
        }

        return result;
    }

    private static double[,] Matrix(int source, int destination, ResizeFilter filter)
    {
        double scale = (double)source / destination;
        double widening = filter == ResizeFilter.BilinearNoAntialias ? 1 : Math.Max(1, scale);
        double[,] matrix = new double[destination, source];
        for (int i = 0; i < destination; i++)
        {
            double sum = 0;
            for (int k = 0; k < source; k++)
            {
                double x = (k + 0.5 - ((i + 0.5) * scale)) / widening, a = Math.Abs(x);
                matrix[i, k] = filter switch
                {
                    ResizeFilter.Box => x is > -0.5 and <= 0.5 ? 1 : 0,
                    ResizeFilter.Bicubic => a < 1 ? (1.5 * a * a * a) - (2.5 * a * a) + 1 : a < 2 ? (-0.5 * a * a * a) + (2.5 * a * a) - (4 * a) + 2 : 0,
                    ResizeFilter.Lanczos => a >= 3 ? 0 : a == 0 ? 1 : 3 * Math.Sin(Math.PI * a) * Math.Sin(Math.PI * a / 3) / (Math.PI * Math.PI * a * a),
                    _ => Math.Max(0, 1 - a),
                };
                sum += matrix[i, k];
            }

            for (int k = 0; k < source; k++)
            {
                matrix[i, k] /= sum;
            }
        }

        return matrix;
    }
}
