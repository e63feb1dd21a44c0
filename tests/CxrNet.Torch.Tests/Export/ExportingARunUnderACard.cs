using CxrNet.Torch.Export;
using CxrNet.Torch.Tests.Training;
using CxrNet.Torch.Training;

namespace CxrNet.Torch.Tests.Export;

/// <summary>A card that describes a model is often that of the model before: what was fitted or measured there does not belong to new weights.</summary>
public sealed class ExportingARunUnderACard : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    [Fact]
    public void AnotherNetworksCalibrationAndFiguresAreLeftOut()
    {
        CxrModelCard written = TrainedModel.Export(Run(), Fitted(""), Path.Combine(_folder, "a.onnx"));

        AssertBare(written);
        Assert.Equal("described", written.Description);
        AssertBare(TrainedModel.Export(Run(), Fitted(new string('0', 64)), Path.Combine(_folder, "b.onnx")));
    }

    [Fact]
    public void ACardOfTheseVeryWeightsKeepsItsOwn()
    {
        string hash = TrainedModel.Export(Run(), Fitted(""), Path.Combine(_folder, "a.onnx")).WeightsSha256;
        CxrModelCard card = Fitted(hash.ToUpperInvariant());

        CxrModelCard written = TrainedModel.Export(Run(), card, Path.Combine(_folder, "a.onnx"));

        Assert.Equal(2.5f, written.Temperature);
        Assert.Equal(card.Metrics, written.Metrics);
        Assert.Equal(card.Abstain, written.Abstain);
        Assert.Equal(0.3f, written.Findings[3].Threshold);
    }

    [Fact]
    public void WithBiasesTheCalibrationIsTheirsAndTheFiguresNeedTheHashAllTheSame()
    {
        double[] biases = [0.5, 0, 0, -0.5];
        string file = Path.Combine(_folder, "a.onnx");
        CxrModelCard first = TrainedModel.Export(Run(), Fitted(""), file, biases: biases);
        Assert.Equal(2.5f, first.Temperature);
        Assert.NotNull(first.Abstain);
        Assert.Empty(first.Metrics);

        // Measured, and written again with what was measured.
        Assert.Equal(0.9, TrainedModel.Export(Run(), Fitted(first.WeightsSha256), file, biases: biases).Metrics["test.accuracy"]);
    }

    [Fact]
    public void AFinishedFileTakesACardThatIsNotOfOtherWeights()
    {
        string file = Path.Combine(_folder, "a.onnx"), again = Path.Combine(_folder, "again.onnx");
        string hash = TrainedModel.Export(Run(), Fitted(""), file).WeightsSha256;

        Assert.Equal(2.5f, TrainedModel.Export(file, Fitted(""), again).Temperature);
        Assert.Equal(2.5f, TrainedModel.Export(file, Fitted(hash), again, halfPrecisionWeights: true).Temperature);
        AssertBare(TrainedModel.Export(file, Fitted(new string('0', 64)), again));
    }

    [Fact]
    public void ItsActivationIsWhatItLearntWithWhateverTheCardSays() =>
        Assert.Equal(FindingActivation.Softmax, TrainedModel.Export(Run(), Fitted("") with { Activation = FindingActivation.Sigmoid }, Path.Combine(_folder, "a.onnx")).Activation);

    [Fact]
    public void OfALungSegmenterNeitherAnEncoderNorBiasesAreTaken()
    {
        TrainingOptions options = TinySet.Options with { Network = new CardNetwork { Family = "unet", MapStride = 2, MapWidths = [16, 32] }, EncoderEpochs = 1 };
        string run = Path.Combine(_folder, "lungs"), file = Path.Combine(_folder, "lungs.onnx");
        new LungTrainer(TinySet.Create(32, 1), TinySet.Create(16, 2), options, run).Run();

        Assert.Contains("which has no classifying encoder", Assert.Throws<ArgumentException>(() => TrainedModel.Export(run, Fitted(""), file, encoderAlone: true)).Message, StringComparison.Ordinal);
        Assert.Contains("is a lung segmenter", Assert.Throws<ArgumentException>(() => TrainedModel.Export(run, Fitted(""), file, biases: [])).Message, StringComparison.Ordinal);
        Assert.False(File.Exists(file));
        Assert.Equal(CxrModelTask.LungSegmentation, TrainedModel.Export(run, Fitted(""), file).Task);
        Assert.Contains("is a lung segmenter", Assert.Throws<ArgumentException>(() => TrainedModel.Export(file, Fitted(""), Path.Combine(_folder, "again.onnx"), biases: [])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AWeightThatHalfPrecisionCannotHoldIsNamedAndWhatWasThereStays()
    {
        string file = Path.Combine(_folder, "a.onnx"), half = Path.Combine(_folder, "half.onnx");
        TrainedModel.Export(Run(), Fitted(""), file);
        TrainedModel.Export(file, Fitted(""), half, halfPrecisionWeights: true);
        byte[] before = File.ReadAllBytes(half);

        CxrModelException error = Assert.Throws<CxrModelException>(() => TrainedModel.Export(file, Fitted(""), half, halfPrecisionWeights: true, biases: [1e6, 0, 0, 0]));

        Assert.Contains("'encoder.head.bias' has values up to", error.Message, StringComparison.Ordinal);
        Assert.Contains("fp16 ends at 65504", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(half));
    }

    [Fact]
    public void TheEncoderAloneOfAFinishedFileIsRefused()
    {
        string file = Path.Combine(_folder, "a.onnx");
        TrainedModel.Export(Run(), Fitted(""), file);
        Assert.Contains("finished file", Assert.Throws<ArgumentException>(() => TrainedModel.Export(file, Fitted(""), file, encoderAlone: true)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TheRunsOwnWeightsAreNotWrittenOver()
    {
        string best = Path.Combine(Run(), "best.safetensors");
        byte[] before = File.ReadAllBytes(best);
        Assert.Contains("would overwrite the run's own", Assert.Throws<ArgumentException>(() => TrainedModel.Export(Run(), Fitted(""), Path.Combine(Run(), "best.onnx"), encoderAlone: true)).Message, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(best));
    }

    [Fact]
    public void AFinishedFileIsNotWrittenOverByTheWeightsBesideTheOnnxFile()
    {
        string file = Path.Combine(_folder, "a.onnx"), weights = Path.Combine(_folder, "a.safetensors");
        TrainedModel.Export(Run(), Fitted(""), file);
        byte[] before = File.ReadAllBytes(weights);
        double[] biases = [.. Fitted("").Findings.Select(static _ => 0.5)];
        Assert.Contains($"would overwrite '{weights}'", Assert.Throws<ArgumentException>(() => TrainedModel.Export(weights, Fitted(""), file, biases: biases)).Message, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(weights));
    }

    [Fact]
    public void AnOnnxFileNamedAsItsSiblingIsRefused()
    {
        string file = Path.Combine(_folder, "a.safetensors");
        Assert.Contains("a.onnx' was expected", Assert.Throws<ArgumentException>(() => TrainedModel.Export(Run(), Fitted(""), file)).Message, StringComparison.Ordinal);
        Assert.False(File.Exists(file));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Run()
    {
        string run = Path.Combine(_folder, "run");
        if (!Directory.Exists(run))
        {
            new CxrTrainer(TinySet.Create(32, 1), TinySet.Create(16, 2), TinySet.Options with { EncoderEpochs = 1, MapEpochs = 1 }, run).Run();
        }

        return run;
    }

    private static CxrModelCard Fitted(string hash) => TinyNetworks.Card(TinyNetworks.Product) with
    {
        Description = "described",
        WeightsSha256 = hash,
        Temperature = 2.5f,
        Abstain = new CardAbstain(0.1, 0.8f, "val"),
        Findings = [new("normal"), new("bacterial_pneumonia"), new("viral_pneumonia"), new("covid19", 0.3f) { ThresholdProvenance = "Youden", OperatingPoints = [new CardOperatingPoint("Youden", 0.3f, 1, 1, "val")] }],
        Metrics = new SortedDictionary<string, double>(StringComparer.Ordinal) { ["test.accuracy"] = 0.9 },
    };

    private static void AssertBare(CxrModelCard written)
    {
        Assert.Equal(1, written.Temperature);
        Assert.Null(written.Abstain);
        Assert.Empty(written.Metrics);
        Assert.All(written.Findings, static finding => Assert.Equal(new CardFinding(finding.Name), finding));
    }
}
