// A third engine in one class: OpenCV's dnn module runs the shipped network and must give ONNX Runtime's numbers.
//
//   dotnet run -c Release --project samples/CustomBackend                 a synthetic chest, drawn on the spot
//   dotnet run -c Release --project samples/CustomBackend -- chest.png
//
// On Linux OpenCV's native part needs GTK 3 (apt install libgtk-3-0). tests/CxrNet.Docs.Tests puts it through the suite that every backend has to pass. A research result, not a diagnosis.
using System.Diagnostics;
using System.Globalization;
using CxrNet;
using CxrNet.CustomBackend;
using CxrNet.Imaging;
using CxrNet.Models;
using CxrNet.Onnx;
using OpenCvSharp;
using OpenCvSharp.Dnn;

GrayImage image = args.Length > 0
    ? GrayConversion.ToGray(RadiographDecoder.Default.DecodeFile(args[0]))
    : ChestPhantom.Create(new PhantomOptions { Class = PhantomClass.Covid19 }).Image;

byte[] weights = BundledModels.CxrNetS.ReadAllBytes();
using OpenCvClassifier mine = new(weights, BundledModels.CxrNetS.Card);
using OnnxClassifier theirs = OnnxClassifier.Load(weights);
CxrPrediction prediction = mine.Classify(image);
foreach (Finding finding in prediction.Findings)
{
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{finding.Name,-20} {finding.Probability:F4}"));
}

ModelParity parity = ModelParity.Compare([prediction], [theirs.Classify(image)]);
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"greatest difference from ONNX Runtime: logits {parity.MaxLogitDifference:E1}, map {parity.MaxMapDifference:E1}"));
parity.Require();

namespace CxrNet.CustomBackend
{
    /// <summary>Scores chest radiographs with OpenCV's dnn module.</summary>
    /// <remarks>Safe for concurrent use; OpenCV's network is not, so calls take turns.</remarks>
    public sealed class OpenCvClassifier : ICxrClassifier
    {
        private readonly Lock _turn = new();
        private readonly Net _net;
        private bool _disposed;

        /// <param name="onnx">The bytes of an ONNX file.</param>
        /// <param name="card">What the model says of itself.</param>
        public OpenCvClassifier(byte[] onnx, CxrModelCard card)
        {
            Card = card;
            _net = CvDnn.ReadNetFromOnnx(onnx) ?? throw new CxrModelException(card.Id, $"OpenCV does not read '{card.Id}'.");
        }

        /// <inheritdoc/>
        public CxrModelCard Card { get; }

        /// <inheritdoc/>
        public IReadOnlyList<CxrPrediction> Classify(IReadOnlyList<GrayImage> images, CancellationToken cancellationToken = default)
        {
            ArgumentNullException.ThrowIfNull(images);
            List<CxrPrediction> predictions = new(images.Count);
            foreach (GrayImage image in images)
            {
                cancellationToken.ThrowIfCancellationRequested();
                predictions.Add(ClassifyOne(image));
            }

            return predictions;
        }

        /// <inheritdoc/>
        public void Dispose()
        {
            lock (_turn)
            {
                _disposed = true;
                _net.Dispose();
            }
        }

        // Prepare and read are the library's, the same for all backends; only the line in the middle is the engine's.
        private CxrPrediction ClassifyOne(GrayImage image)
        {
            long started = Stopwatch.GetTimestamp();
            using InputTensor input = InputTensor.From([image], Card.Input with { Lungs = LungHandling.None });
            using TensorBuffer logits = TensorBuffer.Rent(1, Card.Findings.Count);
            using TensorBuffer map = TensorBuffer.Rent(1, Card.Input.Width * Card.Input.Height);

            long prepared = Stopwatch.GetTimestamp();
            Run(input, logits, map);

            long ran = Stopwatch.GetTimestamp();
            IReadOnlyList<Heatmap> maps = HeatmapReader.Read(map, Card.Input.Width, Card.Input.Height, input, [image], Card.Id);
            StageTimings times = new(TimeSpan.Zero, Stopwatch.GetElapsedTime(started, prepared), Stopwatch.GetElapsedTime(prepared, ran), Stopwatch.GetElapsedTime(ran));
            return PredictionReader.Read(logits.Values.Span, 1, Card, maps, [image], times)[0];
        }

        private void Run(InputTensor input, TensorBuffer logits, TensorBuffer map)
        {
            lock (_turn)
            {
                ObjectDisposedException.ThrowIf(_disposed, this);
                using Mat blob = Mat.FromPixelData([1, Card.Input.Channels, Card.Input.Height, Card.Input.Width], MatType.CV_32FC1, input.Values.ToArray());
                _net.SetInput(blob, Card.Input.Name);
                using Mat scores = new(), evidence = new();
                _net.Forward([scores, evidence], [Card.Outputs.Logits!, Card.Outputs.Map!]);
                scores.AsSpan<float>().CopyTo(logits.Values.Span);
                evidence.AsSpan<float>().CopyTo(map.Values.Span);
            }
        }
    }
}
