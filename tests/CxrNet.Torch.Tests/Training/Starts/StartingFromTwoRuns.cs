using CxrNet.Torch.Models;
using CxrNet.Torch.Training;
using static TorchSharp.torch;

namespace CxrNet.Torch.Tests.Training;

public sealed class StartingFromTwoRuns
{
    private static readonly TrainingOptions Short = TinySet.Options with { EncoderEpochs = 1, MapEpochs = 1 };

    [Fact]
    public void TheMapIsThatOfTheOneAndTheEncoderLearnsFromThatOfTheOther()
    {
        string first = Run(Short), second = Run(Short with { Seed = 2 });

        string settled = Run(Short with { EncoderEpochs = 0, MapEpochs = 0, SettleEpochs = 1, SettleMapShare = 1, PeakLearningRate = 1e-9, AverageDecay = 0, InitialWeights = second, InitialMap = first });

        using var scope = NewDisposeScope();
        Dictionary<string, Tensor> map = Read(first), encoder = Read(second);
        foreach ((string name, Tensor tensor) in Read(settled).Where(static named => named.Key.EndsWith(".weight", StringComparison.Ordinal)))
        {
            Tensor own = name.StartsWith("map.", StringComparison.Ordinal) ? map[name] : encoder[name];
            Assert.True(tensor.allclose(own, rtol: 1e-4, atol: 1e-5), name);
        }
    }

    [Fact]
    public void ANetworkWithoutAMapRefusesOne()
    {
        TrainingOptions options = Short with { Network = Short.Network with { Feed = "image" }, InitialMap = "map.safetensors" };
        ArgumentException error = Assert.Throws<ArgumentException>(options.Check);
        Assert.Contains("'map.safetensors' is to give the map of a network that has none", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AFileThatIsNotThereIsNamedBeforeAnythingIsLearnt()
    {
        TrainingSet set = TinySet.Create(32, 1);
        ArgumentException error = Assert.Throws<ArgumentException>(() => new CxrTrainer(set, set, Short with { InitialMap = "nowhere.safetensors" }, "unused"));
        Assert.Contains("InitialMap: there is no file 'nowhere.safetensors'", error.Message, StringComparison.Ordinal);
    }

    private static string Run(TrainingOptions options)
    {
        TrainingSet set = TinySet.Create(32, 1);
        return new CxrTrainer(set, set, options, Directory.CreateTempSubdirectory().FullName).Run();
    }

    private static Dictionary<string, Tensor> Read(string file) => SafetensorsFile.Read(File.ReadAllBytes(file), file).Tensors;
}
