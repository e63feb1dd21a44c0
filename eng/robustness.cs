#:project ../src/CxrNet/CxrNet.csproj
#:project ../src/CxrNet.Evaluation/CxrNet.Evaluation.csproj
#:property PublishAot=false
#:property IsPackable=false

// How much a model's answers hang on what says nothing of a disease: accuracy on a split as it is, softened to copies of fewer pixels, sharpened, with rows or columns cut off, which changes the ratio of width to height, filmed from nearer, and in other tones.
// Scanners, viewers, collimation and public copies differ in this, and a class must not: dotnet run -c Release eng/robustness.cs [model.onnx|-] [manifest] [split]
using System.Globalization;
using CxrNet;
using CxrNet.Evaluation;
using CxrNet.Imaging;
using CxrNet.Models;
using CxrNet.Onnx;

string Text(int at, string otherwise) => args.Length > at && args[at] != "-" ? args[at] : otherwise;
string model = Text(0, ""), manifest = Text(1, "../shared/data/cls/manifest.csv"), split = Text(2, "val");
using OnnxClassifier classifier = model.Length > 0 ? OnnxClassifier.Load(model) : OnnxClassifier.Load(BundledModels.CxrNetS.ReadAllBytes());
string[] names = [.. classifier.Card.Findings.Select(static f => f.Name)];
IReadOnlyList<ManifestEntry> entries = ImageManifest.Read(manifest, split);
(string Name, Func<GrayImage, GrayImage> Change)[] degrees =
[
    ("sharpened", static image => Mix(image, Soft(image, 128), -0.7f)),
    ("as it is", static image => image),
    ("as of 192 px", static image => Soft(image, 192)),
    ("as of 128 px", static image => Soft(image, 128)),
    ("as of 96 px", static image => Soft(image, 96)),
    ("rows / 1.12", static image => Cut(image, 1, 1 / 1.12)),
    ("rows / 1.25", static image => Cut(image, 1, 1 / 1.25)),
    ("columns / 1.25", static image => Cut(image, 1 / 1.25, 1)),
    ("nearer by 1.2", static image => Cut(image, 1 / 1.2, 1 / 1.2)),
    ("darker", static image => Map(image, static grey => MathF.Pow(grey, 1.35f))),
    ("brighter", static image => Map(image, static grey => MathF.Pow(grey, 1 / 1.35f))),
    ("evened out", static image => Mix(image, Soft(image, 8), -0.35f)),
    ("less even", static image => Mix(image, Soft(image, 8), 0.35f)),
];

Console.WriteLine($"{classifier.Card.Id}, {entries.Count} images of '{split}'");
double sum = 0;
GrayImage[] images = [.. entries.Select(static e => GrayConversion.ToGray(RadiographDecoder.Default.Decode(File.ReadAllBytes(e.File))))];
int[] truth = [.. entries.Select(e => Array.IndexOf(names, e.Label))];
foreach ((string name, Func<GrayImage, GrayImage> change) in degrees)
{
    int[] found = [.. images.Chunk(16).SelectMany(chunk => classifier.Classify([.. chunk.Select(change)])).Select(p => Array.IndexOf(names, p.Findings.MaxBy(static f => f.Probability).Name))];
    ClassificationReport report = ClassificationReport.From(truth, found, names);
    string recalls = string.Join(", ", names.Select((n, c) => string.Create(CultureInfo.InvariantCulture, $"{n} {Enumerable.Range(0, truth.Length).Where(i => truth[i] == c).Average(i => found[i] == c ? 1.0 : 0):F3}")));
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-15} accuracy {report.Accuracy:F3}, macro-F1 {report.MacroF1:F3}; recall: {recalls}"));
    sum += report.Accuracy;
}

Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{"mean",-15} accuracy {sum / degrees.Length:F3}"));
return 0;

// The image as a copy of so many pixels on its shorter side would show it.
static GrayImage Soft(GrayImage image, int shorter)
{
    double scale = Math.Min(1, (double)shorter / Math.Min(image.Width, image.Height));
    int width = (int)Math.Round(image.Width * scale), height = (int)Math.Round(image.Height * scale);
    float[] small = new float[width * height], back = new float[image.Width * image.Height];
    Resizer.Resize(image.Pixels, image.Width, image.Height, small, width, height, ResizeFilter.Bilinear);
    Resizer.Resize(small, width, height, back, image.Width, image.Height, ResizeFilter.Bilinear);
    return new GrayImage(image.Width, image.Height, back);
}

// The middle of the image: what is cut off is little of the lungs, what changes is how far the network's square squeezes them.
static GrayImage Cut(GrayImage image, double columns, double rows)
{
    int width = (int)Math.Round(image.Width * columns), height = (int)Math.Round(image.Height * rows);
    int left = (image.Width - width) / 2, top = (image.Height - height) / 2;
    float[] part = new float[width * height];
    for (int y = 0; y < height; y++)
    {
        image.Pixels.Slice(((top + y) * image.Width) + left, width).CopyTo(part.AsSpan(y * width));
    }

    return new GrayImage(width, height, part);
}

static GrayImage Map(GrayImage image, Func<float, float> change) => new(image.Width, image.Height, [.. image.Pixels.ToArray().Select(change)]);

static GrayImage Mix(GrayImage image, GrayImage soft, float share)
{
    float[] mixed = new float[image.Width * image.Height];
    for (int i = 0; i < mixed.Length; i++)
    {
        mixed[i] = Math.Clamp(image.Pixels[i] + (share * (soft.Pixels[i] - image.Pixels[i])), 0f, 1f);
    }

    return new GrayImage(image.Width, image.Height, mixed);
}
