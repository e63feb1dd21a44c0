// Every X-ray of a folder into one CSV. Stopped or killed, it goes on where it was: started again, it skips what the CSV has.
//
//   dotnet run -c Release --project samples/BatchFolder -- folder results.csv
//   dotnet run -c Release --project samples/BatchFolder                      three synthetic chests in ./phantoms
//
// Exit code: 0 all scored, 1 some file was no image (its row says why), 2 wrong arguments. A research result, not a diagnosis.
using System.Globalization;
using CsvHelper;
using CxrNet;
using CxrNet.Imaging;

if (args.Length is not (0 or 2))
{
    Console.Error.WriteLine("usage: BatchFolder <folder> <results.csv>");
    return 2;
}

(string folder, string results) = args.Length == 2 ? (args[0], args[1]) : (DrawPhantoms(), "results.csv");
string[] files = [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(IsImage).Order(StringComparer.Ordinal)];

using CxrPipeline cxr = CxrNetPipeline.CreateDefault();
string[] header = ["file", .. cxr.Card.Findings.Where(static f => f.IsTrained).Select(static f => f.Name), "undecided", "warnings", "error"];
Dictionary<string, bool> done = ReadDone(results, header);
using StreamWriter text = new(results, append: true);
using CsvWriter csv = new(text, CultureInfo.InvariantCulture);
if (done.Count == 0 && text.BaseStream.Length == 0)
{
    WriteRow(header);
}

int failed = 0, scored = 0;
foreach (string file in files.Where(f => !done.ContainsKey(Path.GetRelativePath(folder, f))))
{
    string name = Path.GetRelativePath(folder, file);
    try
    {
        CxrPrediction found = cxr.Analyze(file).Prediction;
        string[] probabilities = [.. header[1..^3].Select(h => found.Findings.Where(f => f.Name == h).Select(static f => f.Probability.ToString("F6", CultureInfo.InvariantCulture)).FirstOrDefault(""))];
        WriteRow([name, .. probabilities, found.IsUndecided ? "yes" : "no", string.Join(" ", found.Warnings), ""]);
        scored++;
    }
    catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException)
    {
        WriteRow([name, .. header[1..^1].Select(static _ => ""), e.Message.ReplaceLineEndings(" ")]);
        failed++;
    }

    Console.Error.Write($"\r{done.Count + scored + failed} of {files.Length}");
}

Console.Error.WriteLine();
int before = done.Values.Count(static isFailure => isFailure);
Console.WriteLine($"{results}: {scored} scored now, {failed} unreadable, {done.Count} were there already, {before} of them unreadable (take their rows out to try them again).");
return failed + before > 0 ? 1 : 0;

// A row is in the file before the next image is read.
void WriteRow(IEnumerable<string> cells)
{
    foreach (string cell in cells)
    {
        csv.WriteField(cell);
    }

    csv.NextRecord();
    csv.Flush();
}

// What a run before has done, and whether it failed on it. A last line that it could not finish is cut off, and its file is done again.
static Dictionary<string, bool> ReadDone(string results, string[] header)
{
    if (!File.Exists(results))
    {
        return new(StringComparer.Ordinal);
    }

    byte[] bytes = File.ReadAllBytes(results);
    using (FileStream whole = File.OpenWrite(results))
    {
        whole.SetLength(Array.LastIndexOf(bytes, (byte)'\n') + 1);
    }

    using CsvReader csv = new(new StreamReader(results), CultureInfo.InvariantCulture);
    if (!csv.Read())
    {
        return new(StringComparer.Ordinal);
    }

    csv.ReadHeader();
    if (!csv.HeaderRecord!.SequenceEqual(header))
    {
        throw new InvalidDataException($"'{results}' has the columns {string.Join(", ", csv.HeaderRecord!)}; {string.Join(", ", header)} expected: it is of another model. Name another file.");
    }

    Dictionary<string, bool> done = new(StringComparer.Ordinal);
    while (csv.Read())
    {
        done[csv.GetField(0)!] = csv.GetField(header.Length - 1) is { Length: > 0 };
    }

    return done;
}

static bool IsImage(string file) => Path.GetExtension(file).ToUpperInvariant() is ".PNG" or ".JPG" or ".JPEG" or ".BMP" or ".WEBP" or ".TIF" or ".TIFF" or ".DCM" or ".DICOM" or "";

static string DrawPhantoms()
{
    Directory.CreateDirectory("phantoms");
    for (int seed = 1; seed <= 3; seed++)
    {
        PngFile.Write($"phantoms/{seed}.png", ChestPhantom.Create(new PhantomOptions { Class = PhantomClass.Covid19, Seed = seed }).Image);
    }

    return "phantoms";
}
