using CxrNet.Torch.Models;
using CxrNet.Torch.Networks;
using CxrNet.Torch.Tests.Training;
using CxrNet.Torch.Training;
using static TorchSharp.torch;

namespace CxrNet.Torch.Tests.Networks;

public sealed class StartingFromImageNet
{
    [Fact]
    public void TheAdoptedEncoderComputesWhatTheFoldedWeightsDo()
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        Dictionary<string, Tensor> weights = Folded(out ClassifyingEncoder folded);
        ClassifyingEncoder adopted = new(CxrNetPresets.Small, 4, folded: false);
        Tensor images = randn(6, 1, 64, 64);

        adopted.Adopt(weights, images);
        adopted.eval();

        Tensor expected = folded.Features(images);
        Tensor actual = adopted.Features(images);
        Assert.Equal([6, 1280, 2, 2], actual.shape);
        Assert.True(expected.abs().max().item<float>() > 1e-3f);
        Assert.Equal(0, ((expected - actual).abs().max() / expected.abs().max()).item<float>(), 1e-3f);
    }

    [Fact]
    public void AnEncoderOfAnotherKindRefusesTheFile()
    {
        using var scope = NewDisposeScope();
        string file = Path.Combine(Directory.CreateTempSubdirectory().FullName, "mobilenet.safetensors");
        SafetensorsFile.Write(file, Folded(out _), new Dictionary<string, string>());
        TrainingSet set = TinySet.Create(32, 1);

        CxrModelException error = Assert.Throws<CxrModelException>(() =>
            new CxrTrainer(set, set, TinySet.Options with { InitialWeights = file }, Directory.CreateTempSubdirectory().FullName).Run());
        Assert.Contains("CxrNet-S", error.Message, StringComparison.Ordinal);
    }

    // A folded network's weights under torchvision's names, with three equal thirds of the first kernel.
    private static Dictionary<string, Tensor> Folded(out ClassifyingEncoder network)
    {
        TorchSharp.torch.random.manual_seed(1);
        network = new ClassifyingEncoder(CxrNetPresets.Small, 4, folded: true);
        network.eval();
        Dictionary<string, Tensor> weights = [];
        foreach ((string name, Tensor value) in network.state_dict().Where(static entry => !entry.Key.StartsWith("head", StringComparison.Ordinal)))
        {
            weights[TorchvisionName(name)] = name == "stem.conv.weight" ? (value / 3).expand([32, 3, 3, 3]).contiguous() : value;
        }

        return weights;
    }

    private static string TorchvisionName(string name)
    {
        string[] parts = name.Split('.');
        if (parts[0] == "stem")
        {
            return $"features.0.0.{parts[^1]}";
        }

        int block = int.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture) + 1;
        int first = block == 1 ? 0 : 1;
        return parts[2] switch
        {
            "expand" => $"features.{block}.conv.0.0.{parts[^1]}",
            "depthwise" => $"features.{block}.conv.{first}.0.{parts[^1]}",
            "project" => $"features.{block}.conv.{first + 1}.{parts[^1]}",
            _ => $"features.{block}.0.{parts[^1]}",
        };
    }
}
