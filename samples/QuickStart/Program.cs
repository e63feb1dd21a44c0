// A chest X-ray in; probabilities and an overlay picture out. A research result, not a diagnosis.
//
//   dotnet run -c Release --project samples/QuickStart -- patient.dcm     a file of yours: JPEG, PNG or DICOM
//   dotnet run -c Release --project samples/QuickStart                    a synthetic chest, drawn on the spot
using System.Globalization;
using CxrNet;
using CxrNet.Imaging;

string path = args.Length > 0 ? args[0] : "phantom.png";
if (args.Length == 0)
{
    PngFile.Write(path, ChestPhantom.Create(new PhantomOptions { Class = PhantomClass.Covid19 }).Image);
}

using var cxr = CxrNetPipeline.CreateDefault();
CxrReport report = cxr.Analyze(path);
report.SaveOverlay("overlay.png");

foreach (Finding finding in report.Prediction.Findings)
{
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{finding.Name,-20} {finding.Probability:F4}{(finding.IsPositive ? "  at or above its threshold" : "")}"));
}

foreach (string warning in report.Prediction.Warnings)
{
    Console.WriteLine(warning);
}

Console.WriteLine("overlay.png shows where the network looked.");
