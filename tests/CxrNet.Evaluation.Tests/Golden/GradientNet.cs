using CxrNet.TestData;

namespace CxrNet.Evaluation.Tests;

/// <summary>The two networks of golden/explain with a gradient, for the figures that need one: README of that folder, "Nets".</summary>
internal sealed class GradientNet : IExplanationMap
{
    private readonly string _name;
    private readonly Dictionary<string, double[]> _weights;

    public GradientNet(string name)
    {
        _name = name;
        _weights = Directory.GetFiles(GoldenFolder.Explain($"{name}/weights"), "*.npy").ToDictionary(f => Path.GetFileNameWithoutExtension(f), f => Npy.Read(f).Values);
    }

    public string Method => "saliency_signed";

    public void Replace(string layer, double[] weights) => _weights[$"{layer}.weight"] = weights;

    public float[] Gradient(GrayImage image, int target)
    {
        Layer logits = Forward(Layer.Input(Array.ConvertAll(image.Pixels.ToArray(), v => (double)v), image.Height, image.Width));
        double[] seed = new double[logits.Values.Length];
        seed[target] = 1;
        return Array.ConvertAll(logits.Back(seed), v => (float)v);
    }

    public IReadOnlyList<Heatmap> Explain(IReadOnlyList<GrayImage> images, ExplanationTarget target = default, CancellationToken cancellationToken = default) =>
        [.. images.Select(i => new Heatmap(i.Width, i.Height, Gradient(i, int.Parse(target.Finding!, System.Globalization.CultureInfo.InvariantCulture)), i.Width, i.Height) { IsSigned = true })];

    public void Dispose()
    {
    }

    private Layer Forward(Layer x) => _name switch
    {
        "netA" => Connect(Norm(Conv(Conv(Norm(Conv(x, "conv1", 3, 2, 1), "bn1").Rectify(), "conv2", 3, 1, 1).Rectify().MaxPool(), "conv3", 3, 1, 1), "bn3").Rectify().AveragePool(1), "fc"),
        "netB" => Connect(Connect(Residual(Norm(Conv(x, "conv1", 5, 2, 2), "bn1").Rectify()).AveragePool(4), "fc1").Rectify(), "fc2"),
        _ => throw new NotSupportedException($"No network '{_name}'."),
    };

    private Layer Residual(Layer r)
    {
        Layer start = r.Cut();
        Layer deep = Norm(Conv(Norm(Conv(start, "conv2", 3, 2, 1), "bn2").Rectify(), "conv3", 3, 1, 1), "bn3");
        Layer joined = deep.Add(Conv(start, "skip", 1, 2, 0)).Rectify();
        return joined with { Back = g => r.Back(joined.Back(g)) };
    }

    private Layer Conv(Layer x, string name, int kernel, int stride, int padding)
    {
        double[] weights = _weights[$"{name}.weight"];
        return x.Convolve(weights, _weights.GetValueOrDefault($"{name}.bias"), weights.Length / (x.Channels * kernel * kernel), kernel, stride, padding);
    }

    private Layer Norm(Layer x, string name) =>
        x.Normalize(_weights[$"{name}.weight"], _weights[$"{name}.bias"], _weights[$"{name}.running_mean"], _weights[$"{name}.running_var"]);

    private Layer Connect(Layer x, string name) => x.Connect(_weights[$"{name}.weight"], _weights[$"{name}.bias"]);
}
