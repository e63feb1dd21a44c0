#:project ../src/CxrNet/CxrNet.csproj
#:property PublishAot=false
#:property IsPackable=false

// JPEG files to results beside each of the two stages alone: dotnet run -c Release eng/stream-throughput.cs FOLDER [rounds] [batch]
// Each stage has the one thread that it has in the stream. Rounds alternate, so that a machine that slows down slows all sides; of each side the fastest round counts.
// The last part does the same with stages that sleep: what the machinery alone loses, whatever else the machine does.
using System.Diagnostics;
using System.Globalization;
using CxrNet;
using CxrNet.Imaging;
using CxrNet.Models;
using CxrNet.Onnx;

int rounds = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 5, batch = args.Length > 2 ? int.Parse(args[2], CultureInfo.InvariantCulture) : 8;
string[] files = [.. Directory.EnumerateFiles(args[0], "*.jp*g", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];
PreprocessingThreads.Maximum = 1;
using OnnxClassifier classifier = OnnxClassifier.Load(BundledModels.CxrNetS.ReadAllBytes(), new OnnxOptions { IntraOpThreads = 1, MaxBatch = batch });
StreamingOptions options = new() { MaxBatch = batch, Decoders = 1, ConcurrentBatches = 1 };
GrayImage Decode(string path) => GrayConversion.ToGray(RadiographDecoder.Default.DecodeFile(path));
GrayImage[] images = [.. files.Select(Decode)];

await Report($"{files.Length} JPEGs, {classifier.Card.Id}, batches of up to {batch}, {Environment.ProcessorCount} processors", files.Length, new()
{
    ["decoding alone"] = () => { foreach (string file in files) { _ = Decode(file); } return Task.CompletedTask; },
    ["classifying alone"] = () => { foreach (GrayImage[] part in images.Chunk(batch)) { _ = classifier.Classify(part); } return Task.CompletedTask; },
    ["one after the other"] = () => { foreach (string[] part in files.Chunk(batch)) { _ = classifier.Classify([.. part.Select(Decode)]); } return Task.CompletedTask; },
    ["streamed"] = async () => { await foreach (StreamResult<CxrPrediction> result in classifier.ClassifyAsync(files.ToAsyncEnumerable(), RadiographDecoder.Default, options)) { _ = result.Require(); } },
});

const int Slept = 40;
SleepyClassifier sleepy = new(classifier.Card, milliseconds: 25);
RadiographSource[] slow = [.. Enumerable.Range(0, Slept).Select(i => RadiographSource.FromStream(async stop => { await Task.Delay(20, stop); return Stream.Null; }, $"{i}"))];
await Report("stages that sleep, 20 ms and 25 ms an image", Slept, new()
{
    ["decoding alone"] = async () => { for (int i = 0; i < Slept; i++) { await Task.Delay(20); } },
    ["classifying alone"] = () => { for (int i = 0; i < Slept; i++) { _ = sleepy.Classify([images[0]]); } return Task.CompletedTask; },
    ["streamed"] = async () => { await foreach (StreamResult<CxrPrediction> result in sleepy.ClassifyAsync(slow.ToAsyncEnumerable(), new EmptyDecoder(), options)) { _ = result.Require(); } },
});

async Task Report(string title, int count, Dictionary<string, Func<Task>> sides)
{
    Console.WriteLine(title);
    Dictionary<string, List<double>> seconds = sides.Keys.ToDictionary(static name => name, static _ => new List<double>());
    Dictionary<string, double> processor = sides.Keys.ToDictionary(static name => name, static _ => double.MaxValue);
    for (int round = 0; round <= rounds; round++)
    {
        foreach ((string name, Func<Task> run) in sides)
        {
            TimeSpan before = Environment.CpuUsage.TotalTime;
            long started = Stopwatch.GetTimestamp();
            await run();
            if (round > 0)
            {
                seconds[name].Add(Stopwatch.GetElapsedTime(started).TotalSeconds);
                processor[name] = Math.Min(processor[name], (Environment.CpuUsage.TotalTime - before).TotalMilliseconds / count);
            }
        }
    }

    foreach ((string name, List<double> times) in seconds)
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {name,-20} {count / times.Min(),7:0.0} images/s at best, median {count / times.Order().ElementAt(times.Count / 2),7:0.0}; {processor[name]:0.0} ms of processor an image"));
    }

    double slower = Math.Max(seconds["decoding alone"].Min(), seconds["classifying alone"].Min());
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  streamed / slower stage alone: {slower / seconds["streamed"].Min():0.00} at best; processor time streamed / both stages: {processor["streamed"] / (processor["decoding alone"] + processor["classifying alone"]):0.00}"));
}

internal sealed class EmptyDecoder : IRadiographDecoder
{
    public bool CanDecode(ReadOnlySpan<byte> header) => true;

    public DecodedImage Decode(ReadOnlyMemory<byte> data, DecodeLimits? limits = null) => new(1, 1, SampleFormat.UInt8, PhotometricMeaning.Monochrome2, new byte[1], 8);
}

internal sealed class SleepyClassifier(CxrModelCard card, int milliseconds) : ICxrClassifier
{
    public CxrModelCard Card => card;

    public IReadOnlyList<CxrPrediction> Classify(IReadOnlyList<GrayImage> images, CancellationToken cancellationToken = default)
    {
        cancellationToken.WaitHandle.WaitOne(milliseconds * images.Count);
        return [.. images.Select(_ => new CxrPrediction { ModelId = card.Id, Findings = [], Logits = [] })];
    }

    public void Dispose()
    {
    }
}
