using CxrNet.TestData;
using Microsoft.ML.OnnxRuntime;

namespace CxrNet.Evaluation.Tests;

/// <summary>A network of golden/explain, run by ONNX Runtime on planes that already are network input.</summary>
internal sealed class GoldenNet(string name) : IDisposable
{
    private readonly InferenceSession _session = new(GoldenFolder.Explain($"{name}/model.onnx"));

    public static GrayImage Input(int index)
    {
        Npy x = Npy.Read(GoldenFolder.Explain("inputs/x.npy"));
        int size = x.Shape[^1];
        return new GrayImage(size, x.Shape[^2], [.. x.Floats.Skip(index * size * x.Shape[^2]).Take(size * x.Shape[^2])]);
    }

    public ImageScore Logit(int target) => (images, _) => [.. Run(images).Select(row => row[target])];

    public ImageScore Probability(int target) => (images, _) => new ScoreTable(["0", "1", "2", "3"], [.. Run(images).SelectMany(r => r)]).Softmax().Column(target);

    public void Dispose() => _session.Dispose();

    private IEnumerable<double[]> Run(IReadOnlyList<GrayImage> images)
    {
        float[] input = [.. images.SelectMany(i => i.Pixels.ToArray())];
        using OrtValue tensor = OrtValue.CreateTensorValueFromMemory(input, [images.Count, 1, images[0].Height, images[0].Width]);
        using RunOptions options = new();
        using IDisposableReadOnlyCollection<OrtValue> outputs = _session.Run(options, _session.InputNames, [tensor], ["logits"]);
        return [.. outputs[0].GetTensorDataAsSpan<float>().ToArray().Chunk(4).Select(row => Array.ConvertAll(row, v => (double)v))];
    }
}
