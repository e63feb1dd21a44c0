#!/usr/bin/env dotnet
// Looks into every package: description, licence, icon, README, XML docs, symbols with their sources, no absolute path; prints the sizes.
// dotnet run -c Release eng/packages.cs artifacts/packages
using System.IO.Compression;
using System.Reflection.Metadata;
using System.Xml.Linq;

string[] expected = ["CxrNet", "CxrNet.Abstractions", "CxrNet.Cli", "CxrNet.Core", "CxrNet.Evaluation", "CxrNet.Imaging", "CxrNet.Models", "CxrNet.Onnx", "CxrNet.Torch"];
string folder = args is [string named] ? named : "artifacts/packages";
List<string> problems = [];
Dictionary<string, string> found = Directory.GetFiles(folder, "*.nupkg").ToDictionary(static file => IdOf(file), static file => file);
problems.AddRange(expected.Except(found.Keys).Select(static id => $"{id} is missing"));
problems.AddRange(found.Keys.Except(expected).Select(static id => $"{id} is not expected: eng/packages.cs and the README's table do not know it"));

Console.WriteLine("| package | size | symbols | depends on |");
Console.WriteLine("|---|---|---|---|");
foreach ((string id, string file) in found.OrderBy(static pair => pair.Key, StringComparer.Ordinal))
{
    using ZipArchive package = ZipFile.OpenRead(file);
    XElement metadata = XDocument.Load(package.Entries.Single(static e => e.FullName.EndsWith(".nuspec", StringComparison.Ordinal)).Open()).Root!.Elements().First();
    string Value(string name) => metadata.Elements().FirstOrDefault(e => e.Name.LocalName == name)?.Value ?? "";
    void Require(bool isThere, string what)
    {
        if (!isThere)
        {
            problems.Add($"{id}: {what}");
        }
    }

    Require(Value("license") == (id == "CxrNet.Models" ? "MIT AND CC-BY-4.0" : "MIT"), $"licence '{Value("license")}'");
    Require(Value("description").Length > 20 && Value("description") != "Package Description", "no description");
    Require(Value("icon") == "icon.png" && package.GetEntry("icon.png") is { Length: > 500 and < 100_000 }, "no icon");
    Require(Value("readme") == "README.md" && package.GetEntry("README.md") is { Length: > 1000 }, "no README");
    Require(Value("tags").Contains("chest-x-ray", StringComparison.Ordinal), "no tags");
    Require(metadata.Descendants().Any(static e => e.Name.LocalName == "repository" && e.Attribute("commit")?.Value.Length == 40), "no commit");

    long symbols = 0;
    if (id != "CxrNet.Cli")
    {
        Require(package.GetEntry($"lib/net10.0/{id}.dll") is not null, "no assembly for net10.0");
        Require(package.GetEntry($"lib/net10.0/{id}.xml") is { Length: > 200 }, "no XML documentation");
        string symbolFile = Path.ChangeExtension(file, ".snupkg");
        Require(File.Exists(symbolFile), "no symbols");
        if (File.Exists(symbolFile))
        {
            symbols = new FileInfo(symbolFile).Length;
            using ZipArchive archive = ZipFile.OpenRead(symbolFile);
            CheckSymbols(archive.GetEntry($"lib/net10.0/{id}.pdb")!, Require);
        }
    }

    string dependencies = string.Join(", ", metadata.Descendants().Where(static e => e.Name.LocalName == "dependency").Select(static e => e.Attribute("id")!.Value).Order(StringComparer.Ordinal));
    Console.WriteLine($"| `{id}` | {Size(new FileInfo(file).Length)} | {(symbols > 0 ? Size(symbols) : "in it")} | {(dependencies.Length > 0 ? dependencies : "nothing")} |");
}

foreach (string problem in problems)
{
    Console.Error.WriteLine(problem);
}

return problems.Count > 0 ? 1 : 0;

static string IdOf(string file)
{
    string name = Path.GetFileNameWithoutExtension(file);
    string[] parts = name.Split('.');
    return string.Join('.', parts.TakeWhile(static part => !char.IsAsciiDigit(part[0])));
}

static string Size(long bytes) => bytes < 1_000_000 ? $"{(bytes + 500) / 1000} KB" : FormattableString.Invariant($"{bytes / 1e6:F1} MB");

// Every document is named from the root "/_/", which no machine has, and its source is inside or a remote has it.
static void CheckSymbols(ZipArchiveEntry pdb, Action<bool, string> require)
{
    using MemoryStream bytes = new();
    using (Stream stream = pdb.Open())
    {
        stream.CopyTo(bytes);
    }

    bytes.Position = 0;
    using MetadataReaderProvider provider = MetadataReaderProvider.FromPortablePdbStream(bytes);
    MetadataReader reader = provider.GetMetadataReader();
    Guid embeddedSource = new("0E8A571B-6926-466E-B4AD-8AB04611F5FE");
    foreach (DocumentHandle handle in reader.Documents)
    {
        string name = reader.GetString(reader.GetDocument(handle).Name);
        bool isInside = reader.GetCustomDebugInformation(handle).Any(info => reader.GetGuid(reader.GetCustomDebugInformation(info).Kind) == embeddedSource);
        require(name.StartsWith("/_", StringComparison.Ordinal), $"symbols name '{name}': an absolute path");
        require(isInside, $"symbols have no source for '{name}'");
    }
}
