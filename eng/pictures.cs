#!/usr/bin/env dotnet
#:project ../src/CxrNet/CxrNet.csproj
// Draws docs/images/phantoms.png: a phantom of each class and, below it, what the shipped network makes of it.
// Run in the repository's root: dotnet run -c Release eng/pictures.cs
using CxrNet;
using CxrNet.Imaging;

const int Side = 256;
PhantomClass[] classes = Enum.GetValues<PhantomClass>();
byte[] sheet = new byte[3 * classes.Length * Side * 2 * Side];
using CxrPipeline pipeline = CxrNetPipeline.CreateDefault();
for (int i = 0; i < classes.Length; i++)
{
    CxrReport report = pipeline.Analyze(ChestPhantom.Create(new PhantomOptions { Class = classes[i], Seed = 7, Width = Side, Height = Side }).Image);
    Place(Overlay.Blend(report.Image, new Heatmap(1, 1, [0], Side, Side).ToImageSize()), i, 0);
    Place(report.RenderOverlay(), i, 1);
    Console.WriteLine($"{classes[i].FindingName()}: {string.Join(", ", report.Prediction.Findings.Select(finding => $"{finding.Name} {finding.Probability:F3}"))}");
}

Directory.CreateDirectory("docs/images");
PngFile.WriteRgb("docs/images/phantoms.png", sheet, classes.Length * Side, 2 * Side, new Dictionary<string, string> { ["Description"] = "Synthetic chest phantoms and the network's own maps; no patient's image." });

void Place(RgbImage picture, int column, int row)
{
    for (int y = 0; y < Side; y++)
    {
        picture.Rgb.AsSpan(3 * Side * y, 3 * Side).CopyTo(sheet.AsSpan(3 * Side * ((((row * Side) + y) * classes.Length) + column)));
    }
}
