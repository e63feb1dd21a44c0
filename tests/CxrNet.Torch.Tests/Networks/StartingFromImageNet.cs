using CxrNet.Torch.Models;
using CxrNet.Torch.Networks;
using CxrNet.Torch.Tests.Models.StateDicts;
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

        adopted.Adopt(TorchvisionMobileNetV2.Folded(weights, "folded"), images);
        adopted.eval();

        Tensor expected = folded.Features(images);
        Tensor actual = adopted.Features(images);
        Assert.Equal([6, 1280, 2, 2], actual.shape);
        Assert.True(expected.abs().max().item<float>() > 1e-3f);
        Assert.Equal(0, ((expected - actual).abs().max() / expected.abs().max()).item<float>(), 1e-3f);
    }

    [Theory, InlineData(""), InlineData("module.")]
    public void TorchvisionsOwnFileIsFolded(string prefix)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        Dictionary<string, Tensor> expected = Folded(out _);
        Dictionary<string, Tensor> own = Unfolded(expected).ToDictionary(entry => prefix + entry.Key, static entry => entry.Value);

        IReadOnlyDictionary<string, Tensor> actual = TorchvisionMobileNetV2.Folded(TorchvisionMobileNetV2.Named(own, "own"), "own");

        Assert.Equal(2 * 52, actual.Count);
        foreach ((string name, Tensor value) in actual)
        {
            Assert.True((value - expected[name]).abs().max().item<float>() < 1e-5f, name);
        }
    }

    [Fact]
    public void AFileOfTorchSaveStartsTheNetworkThatTheFoldedOneDoes()
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        string folder = Directory.CreateTempSubdirectory().FullName, folded = Path.Combine(folder, "folded.safetensors"), own = Path.Combine(folder, "own.pth");
        Dictionary<string, Tensor> weights = Folded(out _);
        SafetensorsFile.Write(folded, weights, new Dictionary<string, string>());
        File.WriteAllBytes(own, TorchSave.StateDict(Unfolded(weights)));
        Tensor images = randn(6, 1, 64, 64);
        Tensor Features(string file)
        {
            using CxrNetwork network = new(CxrNetPresets.Small, 4);
            StartingWeights.Load(TinySet.Options with { Network = CxrNetPresets.Small, InitialWeights = file }, network, TinySet.Create(32, 1));
            network.eval();
            return network.Encoder.Features(images);
        }

        Tensor expected = Features(folded), actual = Features(own);

        Assert.Equal(0, ((expected - actual).abs().max() / expected.abs().max()).item<float>(), 1e-3f);
    }

    [Fact]
    public void AFileOfTorchSaveThatIsAnotherNetworkIsNamed()
    {
        using var scope = NewDisposeScope();
        string file = Path.Combine(Directory.CreateTempSubdirectory().FullName, "resnet.pth");
        File.WriteAllBytes(file, TorchSave.StateDict(new Dictionary<string, Tensor> { ["conv1.weight"] = zeros(4, 3, 7, 7) }));
        using CxrNetwork network = new(CxrNetPresets.Small, 4);

        CxrModelException error = Assert.Throws<CxrModelException>(() => StartingWeights.Load(TinySet.Options with { Network = CxrNetPresets.Small, InitialWeights = file }, network, TinySet.Create(32, 1)));
        Assert.Contains($"'{file}' is a PyTorch state_dict without 'features.18.0.weight'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void WhatIsMissingOrOfAnotherShapeIsNamed()
    {
        using var scope = NewDisposeScope();
        string Refusal(Action<Dictionary<string, Tensor>> change)
        {
            Dictionary<string, Tensor> weights = Unfolded(Folded(out _));
            change(weights);
            string file = Path.Combine(Directory.CreateTempSubdirectory().FullName, "mobilenet.safetensors");
            SafetensorsFile.Write(file, weights, new Dictionary<string, string>());
            TrainingSet set = TinySet.Create(32, 1);
            string message = Assert.Throws<CxrModelException>(() =>
                new CxrTrainer(set, set, TinySet.Options with { Network = CxrNetPresets.Small, InitialWeights = file }, Directory.CreateTempSubdirectory().FullName).Run()).Message;
            Assert.StartsWith($"'{file}'", message, StringComparison.Ordinal);
            return message;
        }

        Assert.Contains("has no tensor 'features.3.conv.1.1.running_var'", Refusal(static w => w.Remove("features.3.conv.1.1.running_var")), StringComparison.Ordinal);
        Assert.Contains("'features.0.0.weight' of [32, 1, 3, 3]; torchvision's MobileNetV2 1.0", Refusal(static w => w["features.0.0.weight"] = w["features.0.0.weight"].sum(1, keepdim: true)), StringComparison.Ordinal);
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

    // A normalisation of random statistics behind each convolution, which undoes them.
    private static Dictionary<string, Tensor> Unfolded(Dictionary<string, Tensor> folded)
    {
        Dictionary<string, Tensor> weights = [];
        foreach (string convolution in folded.Keys.Where(static name => name.EndsWith(".weight", StringComparison.Ordinal)).Select(static name => name[..^".weight".Length]))
        {
            Tensor bias = folded[convolution + ".bias"], gamma = rand(bias.shape[0]) + 0.5f, mean = randn(bias.shape[0]), variance = rand(bias.shape[0]) + 0.5f;
            Tensor scale = gamma / (variance + 1e-5f).sqrt();
            int last = convolution.LastIndexOf('.');
            string norm = $"{convolution[..last]}.{int.Parse(convolution[(last + 1)..], System.Globalization.CultureInfo.InvariantCulture) + 1}";
            weights[convolution + ".weight"] = (folded[convolution + ".weight"] / scale.view(-1, 1, 1, 1)).contiguous();
            weights[norm + ".weight"] = gamma;
            weights[norm + ".bias"] = bias + (mean * scale);
            weights[norm + ".running_mean"] = mean;
            weights[norm + ".running_var"] = variance;
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
