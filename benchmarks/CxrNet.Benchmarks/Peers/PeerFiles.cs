using System.Globalization;
using System.Runtime.InteropServices;

namespace CxrNet.Benchmarks.Peers;

/// <summary>What the scripts are given: the plain model, its graph and weights as data, ready inputs and one JPEG.</summary>
internal static class PeerFiles
{
    public const int MostImages = 32;

    public static string Folder { get; } = Path.Combine(SuiteFolder.Path, "work");

    /// <summary>Writes them anew.</summary>
    public static void Write()
    {
        Directory.CreateDirectory(Folder);
        _ = BenchmarkModel.PlainFile;
        File.WriteAllBytes(Path.Combine(Folder, "inputs.f32"), MemoryMarshal.AsBytes<float>(BenchmarkModel.Inputs(MostImages)).ToArray());
        File.WriteAllBytes(Path.Combine(Folder, "film.jpg"), EndToEnd.Film.Jpeg);
        CxrModelCard card = BenchmarkModel.Card;
        File.WriteAllText(Path.Combine(Folder, "facts.txt"), string.Create(CultureInfo.InvariantCulture, $"{card.Input.Name} {card.Outputs.Logits} {card.Outputs.Map} {BenchmarkModel.Side} {card.Findings.Count}\n"));
    }
}
