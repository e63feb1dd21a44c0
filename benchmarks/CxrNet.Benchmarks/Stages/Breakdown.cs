using CxrNet.Benchmarks.EndToEnd;
using CxrNet.Benchmarks.Measuring;
using CxrNet.Benchmarks.Peers;
using CxrNet.Benchmarks.Reporting;
using CxrNet.Imaging;
using CxrNet.Onnx;
using static CxrNet.Benchmarks.Reporting.ResultFiles;

namespace CxrNet.Benchmarks.Stages;

/// <summary>Where the time of one radiograph goes, from the bytes of a JPEG to the overlay.</summary>
internal static class Breakdown
{
    public const string Table = "stages";

    public static void Run()
    {
        int threads = BenchmarkScale.MostThreads;
        PreprocessingThreads.Maximum = threads;
        using OnnxClassifier classifier = OnnxClassifier.Load(BenchmarkModel.Bytes, new OnnxOptions { IntraOpThreads = threads });
        using OnnxLungSegmenter lungs = LoadLungs(threads);
        using BareSession session = new(BenchmarkModel.Bytes, 1, threads);
        DecodedImage decoded = RadiographDecoder.Default.Decode(Film.Jpeg);
        GrayImage gray = GrayConversion.ToGray(decoded);
        CxrPrediction prediction = classifier.Classify(gray);
        Heatmap large = prediction.Map!.ToImageSize();
        LungMask mask = lungs.Segment(gray);
        CardInput input = classifier.Card.Input;
        Timing[] times = Interleaved.Measure(
            [
                Contender.Of("decode the JPEG", () => RadiographDecoder.Default.Decode(Film.Jpeg)),
                Contender.Of("samples to grey plane", () => GrayConversion.ToGray(decoded)),
                Contender.Of("resize, standardise, pack", () => InputTensor.From([gray], input).Dispose()),
                Contender.Of("network, scores and map", session.RunOnce),
                Contender.Of("map to the image's size", () => prediction.Map!.ToImageSize()),
                Contender.Of("overlay", () => Overlay.Blend(gray, large)),
                Contender.Of("lungs: segmenter and its input", () => lungs.Segment([gray])),
                Contender.Of("lungs: mask cleaned", () => mask.Clean()),
            ],
            TimeSpan.FromSeconds(BenchmarkScale.Of(6, 20)));
        Write(new ResultTable(
            Table,
            "Where the time goes",
            $"One JPEG of {Film.Side} x {Film.Side}, {threads} thread(s), each stage alone, in turn; ms.",
            ["stage", "ms", "25 %", "75 %"],
            [.. times.Select(static t => new[] { t.Name, F(t.Median), F(t.At(0.25)), F(t.At(0.75)) })]));
    }

    private static OnnxLungSegmenter LoadLungs(int threads)
    {
        using Stream weights = Models.BundledModels.Lungs.Open();
        return OnnxLungSegmenter.Load(weights, new OnnxOptions { IntraOpThreads = threads }, Models.BundledModels.Lungs.FileName);
    }
}
