using CxrNet.Torch.Export;
using CxrNet.Torch.Networks;
using CxrNet.Torch.Training;
using Google.Protobuf;
using static TorchSharp.torch;

namespace CxrNet.Torch.Tests.Training;

public sealed class StartingFromAnExportedModel
{
    private static readonly TrainingSet Set = TinySet.Create(32, 1);

    [Theory, InlineData("residual", false), InlineData("plain", false), InlineData("mobilenet-v2", true)]
    public void TheNetworkComputesWhatTheFileDoes(string block, bool half)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        CardNetwork kind = block switch { "mobilenet-v2" => CxrNetPresets.Small, "plain" => TinyNetworks.Plain, _ => TinyNetworks.Product };
        CxrNetwork model = TinyNetworks.Create(kind), start = new(kind, 4);
        Tensor images = randn(4, 1, 32, 32);

        Start(start, kind, Export(model, kind, half));

        (Tensor logits, Tensor? map) = model.forward(images);
        (Tensor actual, Tensor? actualMap) = start.forward(images);
        Assert.True(Apart(logits, actual) < (half ? 5e-3 : 1e-3), $"logits {Apart(logits, actual)}");
        Assert.True(Apart(map!, actualMap!) < (half ? 5e-3 : 1e-3), $"map {Apart(map!, actualMap!)}");
    }

    // With the statistics of the very images in place of the stored ones: a first step of the training that follows finds the function of the file.
    [Theory, InlineData(0), InlineData(2)]
    public void EachNormalisationHasTheStatisticsOfWhatTheFirstPhaseShows(int encoderEpochs)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        CxrNetwork start = new(TinyNetworks.Product, 4);
        Tensor images = Standardization.PerImage(Batch.Take(Set, [.. Enumerable.Range(0, Set.Count)]).Images);
        Start(start, TinyNetworks.Product, Export(TinyNetworks.Create(TinyNetworks.Product)), options => options with { EncoderEpochs = encoderEpochs });
        Tensor Logits() => encoderEpochs > 0 ? start.Encoder.forward(images) : start.forward(images).Logits;
        Tensor stored = Logits();

        start.train();
        Assert.True(Apart(stored, Logits()) < 1e-3);
    }

    [Fact]
    public void TheMapAloneIsTakenAsWell()
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        CxrNetwork model = TinyNetworks.Create(TinyNetworks.Product), start = new(TinyNetworks.Product, 4);
        Dictionary<string, Tensor> encoder = start.Encoder.state_dict().ToDictionary(static named => named.Key, static named => named.Value.clone());
        Tensor images = randn(4, 1, 32, 32);

        Start(start, TinyNetworks.Product, null, options => options with { InitialMap = Export(model) });

        Assert.True(Apart(model.Map.forward(images), start.Map.forward(images)) < 1e-3);
        Assert.All(start.Encoder.state_dict(), named => Assert.True(named.Value.equal(encoder[named.Key]).all().item<bool>(), named.Key));
    }

    [Fact]
    public void TheMapOfTheOneAndTheEncoderOfTheOther()
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        CxrNetwork first = TinyNetworks.Create(TinyNetworks.Product), second = TinyNetworks.Create(TinyNetworks.Product, 2), start = new(TinyNetworks.Product, 4);
        string map = Export(second);
        Tensor images = randn(4, 1, 32, 32);

        Start(start, TinyNetworks.Product, Export(first), options => options with { InitialMap = map });

        Assert.True(Apart(second.Map.forward(images), start.Map.forward(images)) < 1e-3);
        Assert.True(Apart(first.Encoder.forward(images), start.Encoder.forward(images)) < 1e-3);
    }

    [Fact]
    public void AnEncoderAloneGivesTheEncoder()
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        CardNetwork plain = TinyNetworks.Product with { Feed = "image", MapWidths = [] };
        CxrNetwork model = TinyNetworks.Create(plain), start = new(TinyNetworks.Product, 4);
        string file = Export(model, plain);
        Tensor images = randn(4, 1, 32, 32);

        Start(start, TinyNetworks.Product, file);
        using Teachers teachers = new(TinySet.Options with { Teachers = [file] }, Set.Classes);

        Assert.True(Apart(model.Encoder.forward(images), start.Encoder.forward(images)) < 1e-3);
        Assert.True(Apart(model.Encoder.forward(images).softmax(1), teachers.Ask(images)) < 1e-5);
        TrainingOptions keep = TinySet.Options with { EncoderEpochs = 0, InitialWeights = file, KeepMapWeight = 1 };
        Assert.Contains("has a map: give InitialMap", Assert.Throws<ArgumentException>(() => new CxrTrainer(Set, Set, keep, Directory.CreateTempSubdirectory().FullName).Run()).Message, StringComparison.Ordinal);
        Assert.Equal(
            $"'{file}' has no map (it is E2 alone); a map of widths 16-32 at 1 / 2 of the input was expected.",
            Assert.Throws<CxrModelException>(() => Start(start, TinyNetworks.Product, null, options => options with { InitialMap = file })).Message);
    }

    [Fact]
    public void ClassesInAnotherOrderGetTheirOwnRows()
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        CxrNetwork model = TinyNetworks.Create(TinyNetworks.Product), start = new(TinyNetworks.Product, 2);
        TrainingSet two = Of("covid19", "normal");
        Tensor images = randn(4, 1, 32, 32);

        StartingWeights.Load(TinySet.Options with { InitialWeights = Export(model) }, start, two);
        start.eval();

        Tensor expected = model.Encoder.forward(images).index_select(1, tensor(new long[] { 3, 0 }));
        Assert.True(Apart(expected, start.Encoder.forward(images)) < 1e-3);
    }

    [Fact]
    public void AModelOfOtherFindingsGivesAllButTheLastLayer()
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        CxrNetwork model = TinyNetworks.Create(TinyNetworks.Product), start = new(TinyNetworks.Product, 3);
        Tensor drawn = start.state_dict()["encoder.head.weight"].clone(), images = randn(4, 1, 32, 32);
        TrainingSet three = Of("normal", "tuberculosis", "effusion");
        string file = Export(model);

        StartingWeights.Load(TinySet.Options with { InitialWeights = file }, start, three);
        start.eval();

        Assert.True(start.state_dict()["encoder.head.weight"].equal(drawn).all().item<bool>());
        Assert.True(Apart(model.Encoder.Features(images), start.Encoder.Features(images)) < 1e-3);
        string message = Assert.Throws<CxrModelException>(() => StartingWeights.Load(TinySet.Options with { InitialWeights = file, EncoderEpochs = 0 }, start, three)).Message;
        Assert.StartsWith($"'{file}' tells normal, bacterial_pneumonia, viral_pneumonia, covid19 apart, this training normal, tuberculosis, effusion: its last layer is drawn anew", message, StringComparison.Ordinal);
    }

    [Fact]
    public void ATeacherAnswersAsTheModelDoes()
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        CxrNetwork model = TinyNetworks.Create(TinyNetworks.Product);
        Tensor images = randn(4, 1, 32, 32);
        using Teachers teachers = new(TinySet.Options with { Teachers = [Export(model)] }, Set.Classes);

        Assert.True(Apart(model.Encoder.forward(images).softmax(1), teachers.Ask(images)) < 1e-5);
    }

    [Fact]
    public void ATeacherThatDoesNotKnowAClassIsRefused()
    {
        string file = Export(TinyNetworks.Create(TinyNetworks.Product));

        string message = Assert.Throws<CxrModelException>(() => new Teachers(TinySet.Options with { Teachers = [file] }, ["normal", "nodule"])).Message;

        Assert.Equal($"'{file}' tells normal, bacterial_pneumonia, viral_pneumonia, covid19 apart; a teacher of normal, nodule was expected.", message);
    }

    [Fact]
    public void AnotherNetworkIsNamed()
    {
        using CxrNetwork start = new(TinyNetworks.Product, 4);
        string Refusal(CardNetwork kind)
        {
            string file = Export(TinyNetworks.Create(kind), kind);
            return Assert.Throws<CxrModelException>(() => Start(start, TinyNetworks.Product, file)).Message.Replace(file, "FILE", StringComparison.Ordinal);
        }

        Assert.Equal("'FILE' has the encoder residual of widths 16-32-32-32; the encoder residual of widths 16-32-32 was expected.", Refusal(TinyNetworks.Product with { EncoderWidths = [16, 32, 32, 32] }));
        Assert.Equal("'FILE' has a map of widths 16-32 at 1 / 4 of the input; a map of widths 16-32 at 1 / 2 of the input was expected.", Refusal(TinyNetworks.Product with { MapStride = 4 }));
    }

    [Fact]
    public void WhatIsNoClassifierOfThisLibraryIsNamed()
    {
        using CxrNetwork start = new(TinyNetworks.Product, 4);
        string folder = Folder(), empty = Path.Combine(folder, "empty.onnx"), bare = Path.Combine(folder, "bare.onnx"), lungs = Path.Combine(folder, "lungs.onnx");
        File.WriteAllBytes(empty, []);
        File.WriteAllBytes(bare, new Torch.Export.Schema.ModelProto { Graph = new() }.ToByteArray());
        using (MapNetwork network = new(CxrNetPresets.Lungs, folded: false))
        {
            File.WriteAllBytes(lungs, OnnxExport.Segmenter(network, TinyNetworks.Card(CxrNetPresets.Lungs) with { Id = "lungs", Task = CxrModelTask.LungSegmentation, Findings = [], Outputs = new CardOutputs { Map = "map" } }));
        }

        string Refusal(string file) => Assert.Throws<CxrModelException>(() => Start(start, TinyNetworks.Product, null, options => options with { InitialMap = file })).Message;
        Assert.StartsWith($"'{empty}' is no file of weights: best.safetensors of an earlier run, an ONNX file that export wrote, or", Refusal(empty), StringComparison.Ordinal);
        Assert.StartsWith($"'{bare}' is an ONNX file without this library's card", Refusal(bare), StringComparison.Ordinal);
        Assert.StartsWith($"'{lungs}' is the model 'lungs' (LungSegmentation, network unet); a classifier", Refusal(lungs), StringComparison.Ordinal);
    }

    [Fact]
    public void DamagedWeightsAreRefused()
    {
        using var noGrad = no_grad();
        using CxrNetwork model = TinyNetworks.Create(TinyNetworks.Product), start = new(TinyNetworks.Product, 4);
        model.state_dict()["encoder.head.weight"].fill_(float.NaN);
        string file = Export(model);

        string message = Assert.Throws<CxrModelException>(() => Start(start, TinyNetworks.Product, file)).Message;
        Assert.Equal($"'{file}': 'encoder.head.weight' has values that are no finite numbers; the weights are damaged.", message);
    }

    [Fact]
    public void ATrainingGoesOnFromIt()
    {
        string file = new CxrTrainer(Set, Set, TinySet.Options with { EncoderEpochs = 1, MapEpochs = 1 }, Folder()).Run();
        string exported = Path.Combine(Folder(), "model.onnx");
        TrainedModel.Export(Path.GetDirectoryName(file)!, new CxrModelCard { Id = "first", Input = new CardInput { Height = 32, Width = 32 } }, exported);

        string best = new CxrTrainer(Set, Set, TinySet.Options with { EncoderEpochs = 0, MapEpochs = 0, SettleEpochs = 1, InitialWeights = exported, Teachers = [exported] }, Folder()).Run();

        Assert.True(File.Exists(best));
    }

    private static void Start(CxrNetwork network, CardNetwork kind, string? file, Func<TrainingOptions, TrainingOptions>? change = null)
    {
        TrainingOptions options = TinySet.Options with { Network = kind, InitialWeights = file };
        StartingWeights.Load(change?.Invoke(options) ?? options, network, Set);
        network.eval();
    }

    private static TrainingSet Of(params string[] classes) =>
        new(Set.Side, classes, Set.Images, Set.Lungs, [.. Set.Labels.Select(label => label % classes.Length)], Set.Entries);

    private static string Export(CxrNetwork model, CardNetwork? kind = null, bool half = false)
    {
        CxrModelCard card = TinyNetworks.Card(kind ?? TinyNetworks.Product);
        string file = Path.Combine(Folder(), "model.onnx");
        File.WriteAllBytes(file, OnnxExport.Classifier(model, model.HasMap ? card : card with { Outputs = new CardOutputs { Logits = "logits" } }, half));
        return file;
    }

    private static string Folder() => Directory.CreateTempSubdirectory().FullName;

    private static float Apart(Tensor expected, Tensor actual) => ((expected - actual).abs().max() / expected.abs().max()).item<float>();
}
