using CxrNet.Torch.Models;
using CxrNet.Torch.Networks;
using CxrNet.Torch.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace CxrNet.Torch.Tests.Training;

public sealed class TakingWeightsThatNameTheirClasses : IDisposable
{
    private static readonly TrainingSet Set = TinySet.Create(32, 1);

    private readonly CxrNetwork _model = TinyNetworks.Create(TinyNetworks.Product);
    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;
    private readonly DisposeScope _scope = NewDisposeScope();

    [Fact]
    public void ARunsBestWeightsNameItsClasses()
    {
        string best = new CxrTrainer(Set, Set, TinySet.Options with { EncoderEpochs = 1, MapEpochs = 1 }, _folder).Run();

        WeightNotes notes = WeightNotes.Of(SafetensorsFile.ReadMetadata(File.ReadAllBytes(best), best), best);

        Assert.Equal(Set.Classes, notes.Classes);
        Assert.True(notes.IsMapTaught);
    }

    [Fact]
    public void ATeacherOfAnotherOrderAnswersInTheOrderOfTheTraining()
    {
        Tensor images = randn(4, 1, 32, 32);
        using Teachers teachers = new(TinySet.Options with { Teachers = [Saved(Set.Classes)] }, [.. Set.Classes.Reverse()]);

        AssertClose(_model.Encoder.forward(images).softmax(1).flip(1), teachers.Ask(images));
    }

    [Fact]
    public void ATeacherThatDoesNotKnowAClassIsRefused()
    {
        string file = Saved(["normal", "nodule", "viral_pneumonia", "covid19"]);
        string message = Assert.Throws<CxrModelException>(() => new Teachers(TinySet.Options with { Teachers = [file] }, Set.Classes)).Message;
        Assert.Equal($"'{file}' tells normal, nodule, viral_pneumonia, covid19 apart; a teacher of normal, bacterial_pneumonia, viral_pneumonia, covid19 was expected.", message);
    }

    [Fact]
    public void AStartGivesEachClassItsOwnRow()
    {
        using CxrNetwork start = Start(Saved(["covid19", "viral_pneumonia", "bacterial_pneumonia", "normal"]));
        Tensor images = randn(4, 1, 32, 32);

        AssertClose(_model.Encoder.forward(images).flip(1), start.Encoder.forward(images));
    }

    [Fact]
    public void AStartOfOtherClassesGivesAllButTheLastLayerWhereThatIsTaught()
    {
        string file = Saved(["normal", "nodule", "effusion", "covid19"]);
        using CxrNetwork start = Start(file);
        Tensor images = randn(4, 1, 32, 32);

        AssertClose(_model.Encoder.Features(images), start.Encoder.Features(images));
        Assert.False(start.state_dict()["encoder.head.weight"].allclose(_model.state_dict()["encoder.head.weight"]));
        Assert.Contains("its last layer is drawn anew", Assert.Throws<CxrModelException>(() => Start(file, encoderEpochs: 0)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AFileThatNamesNoneIsTakenAsItIs()
    {
        using CxrNetwork start = Start(Saved([]));
        Tensor images = randn(4, 1, 32, 32);

        AssertClose(_model.Encoder.forward(images), start.Encoder.forward(images));
    }

    [Fact]
    public void AnExportedFileNamesThemInItsCard()
    {
        string file = Path.Combine(_folder, "exported.safetensors");
        TorchFile.Write(file, _model, TinyNetworks.Card(TinyNetworks.Product));

        WeightNotes notes = WeightNotes.Of(SafetensorsFile.ReadMetadata(File.ReadAllBytes(file), file), file);

        Assert.Equal(Set.Classes, notes.Classes);
        Assert.True(notes.IsMapTaught);
    }

    public void Dispose()
    {
        _scope.Dispose();
        _model.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private string Saved(IReadOnlyList<string> classes)
    {
        string file = Path.Combine(_folder, "best.safetensors");
        SafetensorsFile.Write(file, _model.state_dict(), new WeightNotes(classes, null).ToMetadata());
        return file;
    }

    private static CxrNetwork Start(string file, int encoderEpochs = 1)
    {
        CxrNetwork start = new(TinyNetworks.Product, 4);
        StartingWeights.Load(TinySet.Options with { InitialWeights = file, EncoderEpochs = encoderEpochs }, start, Set);
        start.eval();
        return start;
    }

    private static void AssertClose(Tensor expected, Tensor actual) => Assert.True(actual.allclose(expected, rtol: 1e-5, atol: 1e-6));
}
