// The same weights in ONNX Runtime and in libtorch on the same file: how far do they differ, and how long does each take?
//
//   dotnet run -c Release --project samples/CompareBackends -- chest.png
//
// On Debian 12, Ubuntu 22.04 and others of their age put eng/libstdcxx-shim.sh in front of the command.
using System.Globalization;
using CxrNet;
using CxrNet.Imaging;
using CxrNet.Models;
using CxrNet.Onnx;
using CxrNet.Torch;

GrayImage image = args.Length > 0
    ? GrayConversion.ToGray(RadiographDecoder.Default.DecodeFile(args[0]))
    : ChestPhantom.Create(new PhantomOptions { Class = PhantomClass.Covid19 }).Image;

byte[] weights = BundledModels.CxrNetS.ReadAllBytes();
using OnnxClassifier onnx = OnnxClassifier.Load(weights);
using TorchClassifier torch = TorchClassifier.Load(weights);

CxrPrediction first = Measure("ONNX Runtime", onnx);
CxrPrediction second = Measure("libtorch", torch);

ModelParity parity = ModelParity.Compare([first], [second]);
Print($"greatest difference: logits {parity.MaxLogitDifference:E1}, probabilities {parity.MaxProbabilityDifference:E1}, map {parity.MaxMapDifference:E1}");

CxrPrediction Measure(string name, ICxrClassifier classifier)
{
    classifier.Classify(image);   // the first pass makes buffers and picks kernels
    CxrPrediction prediction = classifier.Classify(image);
    Print($"{name,-14} {string.Join("  ", prediction.Findings.Select(static finding => string.Create(CultureInfo.InvariantCulture, $"{finding.Name} {finding.Probability:F4}")))}  {prediction.Timings.Inference.TotalMilliseconds:F1} ms");
    return prediction;
}

static void Print(FormattableString text) => Console.WriteLine(FormattableString.Invariant(text));
