using System.Globalization;
using CxrNet.Models;

namespace CxrNet.Benchmarks.Backends;

/// <summary>Measurements of the backends that BenchmarkDotNet is the wrong tool for: over minutes, under load, or of a moment.</summary>
internal static class BackendModes
{
    private const int Side = 32;

    /// <summary>soak [--threads N --images N --model tiny|FILE], overhead [--calls N], stop [--calls N].</summary>
    public static void Run(string[] args)
    {
        switch (args[0])
        {
            case "soak":
                Soak.Print(Model(args), Number(args, "--threads", 8), Number(args, "--images", 10_000));
                break;
            case "overhead":
                InterleavedOverhead.Print(Number(args, "--calls", 40));
                break;
            default:
                StopLatency.Print(Number(args, "--calls", 20));
                break;
        }
    }

    private static byte[] Model(string[] args) => Value(args, "--model") switch
    {
        null => BundledModels.CxrNetS.ReadAllBytes(),
        "tiny" => Conformance.TinyOnnx.For(new CxrModelCard
        {
            Id = "tiny",
            Findings = [new CardFinding("a"), new CardFinding("b")],
            Input = new CardInput { Height = Side, Width = Side },
            Outputs = new CardOutputs { Map = "map" },
        }).ToBytes(),
        var file => File.ReadAllBytes(file),
    };

    private static int Number(string[] args, string name, int otherwise) =>
        Value(args, name) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;

    private static string? Value(string[] args, string name) => Array.IndexOf(args, name) is >= 0 and var at && at + 1 < args.Length ? args[at + 1] : null;
}
