using CxrNet.Conformance;
using CxrNet.Onnx.Quantization;

namespace CxrNet.Onnx.Tests;

public sealed class QuantizingWhatCannotBe
{
    private static readonly GrayImage[] Images = Quantized.Phantoms(2);

    [Fact]
    public void AModelThatIsQuantizedAlready()
    {
        byte[] once = OnnxQuantizer.Quantize(Quantized.Tiny, Images).Model.ToArray();
        Refused<CxrModelException>(once, Images, "is quantised already: it has the operator");
    }

    [Fact]
    public void AModelWithNothingWorthIt() =>
        Refused<CxrModelException>(TinyOnnx.For(ConformanceCards.Classifier).ToBytes(), Images, "has no convolution or matrix product that can be quantised: Conv 'stem': reads fewer than 4 channels");

    [Fact]
    public void NoImages() => Refused<ArgumentException>(Quantized.Tiny, [], "There are no calibration images");

    [Fact]
    public void ANullAmongTheImages() => Refused<ArgumentException>(Quantized.Tiny, [Images[0], null!], "Calibration image 1 is null");

    [Fact]
    public void BlackImagesAlone() => Refused<ArgumentException>(Quantized.Tiny, [Flat(0), Flat(0)], "All 2 calibration images are of one grey level");

    [Fact]
    public void ABlackImageAmongOthersIsTaken() =>
        Assert.Equal(3, OnnxQuantizer.Quantize(Quantized.Tiny, [Flat(0), .. Images]).CalibrationImages);

    [Fact]
    public void APixelThatIsNoNumber() => Refused<ArgumentException>(Quantized.Tiny, [Images[0], Flat(float.NaN)], "Calibration image 1 has pixels that are no finite numbers");

    [Fact]
    public void WeightsThatAreNoNumbers() =>
        Refused<CxrModelException>((TinyOnnx.For(ConformanceCards.Classifier) with { SlowLayers = 2, Weight = float.NaN }).ToBytes(), Images, "no finite numbers for calibration image 0");

    [Fact]
    public void AnOldOpset()
    {
        byte[] old = [.. Quantized.Tiny];
        int at = old.AsSpan().IndexOf(new byte[] { 0x42, 2, 0x10, 17 });
        old[at + 3] = 12;
        Refused<CxrModelException>(old, Images, "is of opset 12; scales per channel need opset 13 or later");
    }

    [Fact]
    public void BytesThatAreNoModel() => Refused<CxrModelException>([1, 2, 3], Images, "is no ONNX model or is damaged");

    [Fact]
    public void AModelWithoutACard() => Refused<CxrModelException>((TinyOnnx.For(ConformanceCards.Classifier) with { Card = null }).ToBytes(), Images, "has no model card");

    [Fact]
    public void ACardOfAnotherInputThanTheModels()
    {
        CxrModelCard other = ConformanceCards.Classifier with { Input = ConformanceCards.Classifier.Input with { Name = "image" } };
        Refused<CxrModelException>(Quantized.Tiny, Images, "has the inputs 'input', its card names one, 'image'", new QuantizationOptions { Card = other });
        Refused<CxrModelException>(Quantized.Tiny, Images, "has an input of 0 x 32", new QuantizationOptions { Card = ConformanceCards.Classifier with { Input = ConformanceCards.Classifier.Input with { Width = 0 } } });
    }

    [Fact]
    public void ATruncatedModel()
    {
        for (int length = 0; length < Quantized.Tiny.Length; length += 997)
        {
            Assert.ThrowsAny<CxrModelException>(() => OnnxQuantizer.Quantize(Quantized.Tiny[..length], Images));
        }
    }

    [Fact]
    public void OptionsThatNameWhatIsNotThere()
    {
        Refused<ArgumentException>(Quantized.Tiny, Images, "No operator of the model is named 'layer9'", new QuantizationOptions { ExcludedNodes = ["layer9"] });
        Refused<ArgumentException>(Quantized.Tiny, Images, "The model has no output 'heat'; it has 'logits', 'map'", new QuantizationOptions { ExcludedOutputs = ["heat"] });
    }

    [Theory]
    [InlineData(50)]
    [InlineData(100.1)]
    [InlineData(double.NaN)]
    public void APercentileOutOfRange(double percentile) =>
        Refused<ArgumentOutOfRangeException>(Quantized.Tiny, Images, "above 50 and up to 100", new QuantizationOptions { Percentile = percentile });

    private static void Refused<T>(byte[] model, IEnumerable<GrayImage> images, string message, QuantizationOptions? options = null)
        where T : Exception => Assert.Contains(message, Assert.Throws<T>(() => OnnxQuantizer.Quantize(model, images, options)).Message, StringComparison.Ordinal);

    private static GrayImage Flat(float value) => new(40, 40, [.. Enumerable.Repeat(value, 1600)]);
}
