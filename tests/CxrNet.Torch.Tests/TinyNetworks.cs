using CxrNet.Torch.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace CxrNet.Torch.Tests;

/// <summary>Networks small enough for a test, with batch statistics that a training could have left.</summary>
internal static class TinyNetworks
{
    public const int Side = 32;

    public static CardNetwork Product { get; } = new() { Family = "cxrnet", Feed = "product", MapStride = 2, MapWidths = [16, 32], EncoderWidths = [16, 32, 32] };

    public static CardNetwork Plain { get; } = new() { Family = "cxrnet", Feed = "product", Block = "plain", MapStride = 1, MapWidths = [16, 16, 32], EncoderWidths = [16, 32] };

    public static CxrModelCard Card(CardNetwork network) => new()
    {
        Id = "tiny",
        Findings = [new("normal"), new("bacterial_pneumonia"), new("viral_pneumonia"), new("covid19")],
        Input = new CardInput { Height = Side, Width = Side, Normalization = InputNormalization.PerImage },
        Outputs = new CardOutputs { Logits = "logits", Map = "map" },
        Network = network,
    };

    /// <summary>A classifier with seeded weights and uneven batch statistics.</summary>
    public static CxrNetwork Create(CardNetwork network, int seed = 1)
    {
        torch.random.manual_seed(seed);
        CxrNetwork made = new(network, 4);
        Unsettle(made.state_dict());
        made.eval();
        return made;
    }

    public static void Unsettle(Dictionary<string, Tensor> state)
    {
        using var noGrad = no_grad();
        foreach ((string name, Tensor tensor) in state)
        {
            if (name.EndsWith("running_mean", StringComparison.Ordinal))
            {
                tensor.normal_(0, 0.3);
            }
            else if (name.EndsWith("running_var", StringComparison.Ordinal) || name.EndsWith("norm.weight", StringComparison.Ordinal))
            {
                tensor.uniform_(0.5, 2);
            }
        }
    }

    /// <summary>Images with some structure, of uneven sizes.</summary>
    public static GrayImage[] Images(int count)
    {
        GrayImage[] images = new GrayImage[count];
        for (int i = 0; i < count; i++)
        {
            Random random = new(i);
            (int width, int height) = (40 + (7 * i), 50 + (3 * i));
            float[] pixels = new float[width * height];
            for (int p = 0; p < pixels.Length; p++)
            {
                pixels[p] = (float)((0.5 + (0.4 * Math.Sin((p % width * 0.2) + i) * Math.Cos(p / width * 0.15))) * (0.8 + (0.2 * random.NextDouble())));
            }

            images[i] = new GrayImage(width, height, pixels);
        }

        return images;
    }
}
