// Labels and images of your own to one ONNX file with a card, which both engines and every program of CxrNet then load.
//
//   dotnet run -c Release --project samples/TrainYourOwn -- folder model.onnx
//   dotnet run -c Release --project samples/TrainYourOwn                       drawn chests, about a minute on two cores
//
// The folder has train/<label>/* and val/<label>/*; keep all images of a patient on one side. The demonstration's network is
// tiny and has seen drawings only. On Debian 12, Ubuntu 22.04 and others of their age put eng/libstdcxx-shim.sh in front.
using System.Globalization;
using CxrNet;
using CxrNet.Evaluation;
using CxrNet.Imaging;
using CxrNet.Onnx;
using CxrNet.Torch.Export;
using CxrNet.Torch.Networks;
using CxrNet.Torch.Training;

bool isDemo = args.Length < 2;
string folder = isDemo ? DrawFolder() : args[0];
string file = isDemo ? Path.Combine(folder, "model.onnx") : args[1];
string[] labels = [.. Directory.GetDirectories(Path.Combine(folder, "train")).Select(static d => Path.GetFileName(d)!).Order(StringComparer.Ordinal)];

// For images of your own the defaults are the place to start: CxrNet-S, 192 px, 14 + 6 epochs; docs/training.md explains them.
TrainingOptions options = isDemo
    ? new() { Network = CxrNetPresets.Residual with { MapWidths = [16, 32], EncoderWidths = [16, 32, 32] }, Side = 64, BatchSize = 16, EncoderEpochs = 20, MapEpochs = 3, WarmupSteps = 10, PeakLearningRate = 3e-3, AverageDecay = 0.9 }
    : new();
TrainingSet train = Load("train"), validation = Load("val");
Console.WriteLine($"{train.Count} images to learn {string.Join(", ", labels)}; {validation.Count} to choose on.");

string run = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(file))!, "run");
new CxrTrainer(train, validation, options, run).Run(new Epochs());   // started again, it goes on where it was stopped
CxrModelCard card = TrainedModel.Export(run, new CxrModelCard
{
    Id = Path.GetFileNameWithoutExtension(file),
    Input = new CardInput { Width = options.Side, Height = options.Side },
    Description = isDemo ? "A demonstration on drawn chests." : "Trained with samples/TrainYourOwn.",
    IntendedUse = "Research; it makes no diagnosis.",
    License = isDemo ? "MIT" : "",
    TrainingData = [new CardDataSource(isDemo ? "ChestPhantom" : Path.GetFileName(Path.GetFullPath(folder)), isDemo ? "MIT" : "", "", train.Count)],
}, file);

// From here on it is a model as any other.
using OnnxClassifier classifier = OnnxClassifier.Load(file);
int right = 0;
foreach (ManifestEntry entry in validation.Entries)
{
    right += classifier.Classify(GrayConversion.ToGray(RadiographDecoder.Default.DecodeFile(entry.File))).Top.Name == entry.Label ? 1 : 0;
}

Console.WriteLine($"{file}: '{card.Id}', {new FileInfo(file).Length / 1024} KB; {right} of {validation.Count} validation images right (it was chosen on them: keep others for a verdict).");

TrainingSet Load(string split) => TrainingSet.Load(
    [.. labels.SelectMany(label => Directory.GetFiles(Path.Combine(folder, split, label)).Order(StringComparer.Ordinal).Select(image => new ManifestEntry(image, label, split)))],
    labels, options.Side, RadiographDecoder.Default, options.Threads);

static string DrawFolder()
{
    string folder = Directory.CreateTempSubdirectory("cxrnet-train-").FullName;
    foreach ((string split, int count, int from) in new[] { ("train", 160, 0), ("val", 40, 5000) })
    {
        for (int i = 0; i < count; i++)
        {
            PhantomClass shown = i % 2 == 0 ? PhantomClass.Normal : PhantomClass.BacterialPneumonia;
            string label = Path.Combine(folder, split, shown == PhantomClass.Normal ? "clear" : "opacity");
            Directory.CreateDirectory(label);
            PngFile.Write(Path.Combine(label, $"{i}.png"), ChestPhantom.Create(new PhantomOptions { Class = shown, Seed = from + i, Width = 128, Height = 128 }).Image);
        }
    }

    return folder;
}

/// <summary>A line an epoch.</summary>
internal sealed class Epochs : IProgress<TrainingProgress>
{
    public void Report(TrainingProgress value)
    {
        if (value.Validation is { } figures)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{value.Phase} {value.Epoch}/{value.Epochs}: loss {value.Loss:F3}, {string.Join(", ", figures.Values.Select(f => $"{f.Key} {f.Value:F2}"))}"));
        }
    }
}
