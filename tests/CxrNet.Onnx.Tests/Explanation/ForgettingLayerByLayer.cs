
namespace CxrNet.Onnx.Tests;

public sealed class ForgettingLayerByLayer
{
    private static byte[] Model => File.ReadAllBytes(GoldenNetwork.Path("netA/model.onnx"));

    [Fact]
    public void TheHeadComesFirstAndTheInputsLayerLast()
    {
        IReadOnlyList<string> layers = OnnxRandomization.Layers(Model);
        Assert.Equal(4, layers.Count);   // conv1, conv2, conv3, fc
        Assert.Equal("logits", layers[0]);
    }

    [Fact]
    public void AShuffledHeadChangesTheScoresAndNotTheFeatures()
    {
        byte[] shuffled = OnnxRandomization.Shuffle(Model, [OnnxRandomization.Layers(Model)[0]]);
        Assert.Equal(Model.Length, shuffled.Length);

        using GoldenNetwork net = new("netA");
        using OnnxFeatureModel after = OnnxFeatureModel.Load(shuffled, net.Options);
        OnnxFeatureModel before = net.Features;
        using InputTensor input = InputTensor.From([GoldenNetwork.Input(0)], net.Classifier.Card.Input);
        float[] features = new float[before.FeatureLength], scores = new float[4], otherFeatures = new float[before.FeatureLength], otherScores = new float[4];
        before.Run(input.Values, 1, features, scores, TestContext.Current.CancellationToken);
        after.Run(input.Values, 1, otherFeatures, otherScores, TestContext.Current.CancellationToken);
        Assert.Equal(features, otherFeatures);
        Assert.NotEqual(scores, otherScores);
    }

    [Fact]
    public void ALayerKeepsItsValuesInAnotherOrderWhichTheSeedFixes()
    {
        IReadOnlyList<string> layers = OnnxRandomization.Layers(Model);
        byte[] once = OnnxRandomization.Shuffle(Model, layers, seed: 3), again = OnnxRandomization.Shuffle(Model, layers, seed: 3), other = OnnxRandomization.Shuffle(Model, layers, seed: 4);
        Assert.Equal(once, again);
        Assert.NotEqual(once, other);

        // The same bytes altogether, so the same sum.
        Assert.Equal(Model.Sum(static b => (long)b), once.Sum(static b => (long)b));
    }

    [Fact]
    public void BiasesOfQuantisedLayersAreShuffledToo()
    {
        int[] values = [.. Enumerable.Range(1, 40)];
        ProtobufMessage shuffled = OnnxWeights.Shuffle("bias", OnnxTensor.Of("bias", values, 40).ToMessage().Bytes, seed: 1);
        int[] found = System.Runtime.InteropServices.MemoryMarshal.Cast<byte, int>(OnnxTensor.Read(shuffled.Bytes)!.Values.Span).ToArray();
        Assert.NotEqual(values, found);
        Assert.Equal(values, found.Order());
    }

    [Fact]
    public void BiasesThatAreAddedBehindALayerBelongToIt()
    {
        float[] values = [.. Enumerable.Range(1, 9).Select(i => (float)i)];
        ProtobufMessage graph = new ProtobufMessage()
            .Copy(OnnxNode.Create("MatMul", "m", ["x", "weight"], "product").Raw.Span)
            .Copy(OnnxNode.Create("Add", "a", ["bias", "product"], "logits").Raw.Span)
            .Message(5, OnnxTensor.Of("weight", values, 3, 3).ToMessage())
            .Message(5, OnnxTensor.Of("bias", values, 9).ToMessage());
        byte[] model = new ProtobufMessage().Message(7, graph).Bytes.ToArray();
        OnnxParts shuffled = OnnxParts.Read(OnnxRandomization.Shuffle(model, OnnxRandomization.Layers(model)));
        Assert.All(["weight", "bias"], name => Assert.NotEqual(values, shuffled.StoredOf(name)!.Floats));
    }

    [Fact]
    public void ALayerThatIsNotThereIsNamedWithThoseThatAre()
    {
        string message = Assert.Throws<ArgumentException>(() => OnnxRandomization.Shuffle(Model, ["magic"])).Message;
        Assert.Contains("'magic'", message, StringComparison.Ordinal);
        Assert.Contains("logits", message, StringComparison.Ordinal);
    }

    [Fact]
    public void BytesThatAreNoModelAreRefused()
    {
        Assert.Throws<InvalidDataException>(() => OnnxRandomization.Layers([]));
        Assert.Throws<InvalidDataException>(() => OnnxRandomization.Layers([0xFF, 0xFF, 0xFF]));
    }
}
