using CxrNet.Torch.Training;
using static TorchSharp.torch;

namespace CxrNet.Torch.Tests.Training;

public sealed class VaryingTones
{
    private static readonly AugmentationOptions Options = new();

    [Fact]
    public void AFlatImageStaysFlat()
    {
        using var scope = NewDisposeScope();
        Tensor flat = full([8, 1, 64, 64], 0.4f);
        Tensor toned = RandomTone.Apply(flat, Options, new Random(1));
        Tensor sharpened = RandomSharpness.Apply(flat, 2, new Random(1));
        Assert.InRange(toned.std([2L, 3L]).max().item<float>(), 0, 1e-5f);
        Assert.True(sharpened.allclose(flat, 0, 1e-5));
    }

    [Fact]
    public void EachImageHasItsOwnSharpness()
    {
        using var scope = NewDisposeScope();
        Tensor noise = rand(1, 1, 64, 64).expand(32, -1, -1, -1).contiguous() * 0.5 + 0.25;
        float[] detail = (RandomSharpness.Apply(noise, 2, new Random(1)).std([2L, 3L]) / noise.std([2L, 3L])).data<float>().ToArray();
        Assert.Contains(detail, static d => d < 0.8f);
        Assert.Contains(detail, static d => d > 1.05f);
        Assert.Contains(detail, static d => Math.Abs(d - 1) < 1e-5f);
    }

    [Fact]
    public void RowsAndColumnsAreSoftenedApart()
    {
        using var scope = NewDisposeScope();
        Tensor stripes = (arange(64).view(1, 1, 1, 64) % 4 < 2).to(ScalarType.Float32).expand(48, 1, 64, 64).contiguous();
        Tensor both = cat([stripes, stripes.transpose(2, 3).contiguous()], 0);

        // The same draws for both halves would soften both alike; the deviations differ from image to image.
        float[] detail = RandomSharpness.Apply(both, 2, new Random(3)).std([2L, 3L]).data<float>().ToArray();
        Assert.True(detail.Distinct().Count() > 40);
    }

    [Fact]
    public void NothingIsChangedWhereNothingIsAskedFor()
    {
        using var scope = NewDisposeScope();
        Tensor image = rand(4, 1, 64, 64), lungs = rand(4, 1, 64, 64);
        AugmentationOptions none = new() { Angle = 0, Shift = 0, Scale = 0, Aspect = 0, LogGamma = 0, LocalContrast = 0, Blur = 0, Noise = 0 };
        (Tensor same, Tensor sameLungs) = Augmenter.Apply(image, lungs, none, new Random(1));
        Assert.True(same.allclose(image.clamp(1e-4, 1), 0, 1e-5));
        Assert.True(sameLungs.allclose(lungs, 0, 1e-5));
    }

    [Fact]
    public void TheAspectWidensAndNarrowsColumnsAndLeavesRowsAlone()
    {
        using var scope = NewDisposeScope();
        Tensor square = zeros(32, 1, 64, 64);
        square.narrow(2, 24, 16).narrow(3, 24, 16).fill_(1);
        AugmentationOptions aspect = new() { Angle = 0, Shift = 0, Scale = 0, Aspect = 0.5, LogGamma = 0, LocalContrast = 0, Blur = 0, Noise = 0 };
        Tensor varied = RandomMotion.Apply(square, square, aspect, new Random(2)).Images;
        float[] widths = varied.select(2, 32).sum(2).data<float>().ToArray();
        float[] heights = varied.select(3, 32).sum(2).data<float>().ToArray();
        Assert.All(heights, static height => Assert.Equal(16, height, 0.01));
        Assert.InRange(widths.Min(), 16 * Math.Exp(-0.5), 16 * Math.Exp(-0.25));
        Assert.InRange(widths.Max(), 16 * Math.Exp(0.25), 16 * Math.Exp(0.5));
    }

    [Fact]
    public void GreyValuesStayInRangeAndTheSameSeedGivesTheSameImages()
    {
        using var scope = NewDisposeScope();
        Tensor image = rand(8, 1, 64, 64), lungs = rand(8, 1, 64, 64);
        Tensor once = Augmenter.Apply(image, lungs, Options, new Random(7)).Images, twice = Augmenter.Apply(image, lungs, Options, new Random(7)).Images;
        Assert.True(once.Equals(twice));
        Assert.InRange(once.min().item<float>(), 0, 1);
        Assert.InRange(once.max().item<float>(), 0, 1);
    }
}
