using CxrNet.Torch.Models;
using CxrNet.Torch.Networks;
using static TorchSharp.torch;

namespace CxrNet.Torch.Tests.Networks.Field;

/// <summary>Networks of the field with drawn weights: small ones for most tests, and their own sizes.</summary>
internal static class FieldNetworks
{
    public static TheoryData<string> Families => [.. FieldFamily.Names];

    /// <summary>A multi-label card of a small network.</summary>
    public static CxrModelCard Tiny(string family, int channels = 1) => Card(family, channels, 64) with
    {
        Network = family switch
        {
            "densenet121" => new CardNetwork { Family = family, EncoderWidths = [16, 8], Repeats = [2, 1, 1, 2] },
            "mobilenet-v2" => new CardNetwork { Family = family, EncoderWidths = [8, 8, 8, 16, 16, 16, 24, 24, 32], Repeats = [1, 2, 1, 1, 1, 1, 1] },
            _ => new CardNetwork { Family = family, EncoderWidths = [16, 16, 24, 32], Repeats = [1, 2, 1, 1] },
        },
    };

    /// <summary>A multi-label card of a network of its own size.</summary>
    public static CxrModelCard Card(string family, int channels = 1, int side = 224) => new()
    {
        Id = family,
        Findings = [new("Atelectasis"), new("Consolidation", 0.4f), new("Pneumonia", 0.3f), new("")],
        Activation = FindingActivation.Sigmoid,
        Input = new CardInput { Height = side, Width = side, Channels = channels, Normalization = new InputNormalization { Min = -2, Max = 2 } },
        Network = new CardNetwork { Family = family },
    };

    /// <summary>Weights under torchvision's names, as a training could have left them. They live in the caller's dispose scope.</summary>
    public static Dictionary<string, Tensor> Draw(CxrModelCard card, int seed = 1)
    {
        random.manual_seed(seed);
        DrawnStateDict weights = new();
        FieldGraph.Write(card, weights, card.Id);
        return weights.Drawn;
    }

    /// <summary>A safetensors file without a card.</summary>
    public static byte[] Safetensors(IReadOnlyDictionary<string, Tensor> weights)
    {
        string path = Path.Combine(Directory.CreateTempSubdirectory().FullName, "w.safetensors");
        SafetensorsFile.Write(path, weights, new Dictionary<string, string>());
        return File.ReadAllBytes(path);
    }

    public static TorchClassifier Load(byte[] file, CxrModelCard card, string name = "weights") => TorchClassifier.Load(file, new TorchOptions { Card = card }, name);

    public static float[][] Logits(ICxrClassifier classifier, int images = 3) => [.. classifier.Classify(TinyNetworks.Images(images)).Select(static p => p.Logits.ToArray())];
}
