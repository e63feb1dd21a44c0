using CxrNet.TestData;
using CxrNet.Torch.Explanation;
using static TorchSharp.torch;

namespace CxrNet.Torch.Tests.Explanation;

/// <summary>The two networks of golden/explain, with batch normalisation as a layer of its own: README of that folder, "Nets".</summary>
internal static class GoldenNets
{
    public const int Side = 64;

    public static CxrModelCard Card(string name) => new()
    {
        Id = name,
        Findings = [new("0"), new("1"), new("2"), new("3")],
        Input = new CardInput { Height = Side, Width = Side, Normalization = new InputNormalization { Kind = NormalizationKind.MeanStd, Mean = [0.5f], Std = [0.25f] } },
    };

    public static string Path(string relative) => TestFolders.RequireGolden(System.IO.Path.Combine("explain", relative));

    public static GrayImage[] Images()
    {
        Npy file = Npy.Read(Path("inputs/images01.npy"));
        return [.. file.Floats.Chunk(Side * Side).Select(pixels => new GrayImage(Side, Side, pixels))];
    }

    public static ExplainableNetwork Create(string name)
    {
        using var scope = NewDisposeScope();
        LayerGraph graph = name == "netA" ? NetA(new Weights(name)) : NetB(new Weights(name));
        return new ExplainableNetwork(Card(name), graph, CPU, 16);
    }

    private static LayerGraph NetA(Weights w)
    {
        LayerGraphBuilder b = new(CPU);
        int x = b.Relu("relu1", w.Norm(b, "bn1", w.Conv(b, "conv1", LayerGraphBuilder.Input, 2, 1)));
        x = b.Relu("relu2", w.Conv(b, "conv2", x, 1, 1));
        x = b.MaxPool("pool", x, [2, 2], [2, 2], [0, 0]);
        x = b.Relu("relu3", w.Norm(b, "bn3", w.Conv(b, "conv3", x, 1, 1)));
        return b.Build(w.Dense(b, "fc", b.Flatten("flat", b.GlobalAveragePool("gap", x))));
    }

    private static LayerGraph NetB(Weights w)
    {
        LayerGraphBuilder b = new(CPU);
        int r = b.Relu("relu1", w.Norm(b, "bn1", w.Conv(b, "conv1", LayerGraphBuilder.Input, 2, 2)));
        int x = b.Relu("relu2", w.Norm(b, "bn2", w.Conv(b, "conv2", r, 2, 1)));
        x = b.Add("sum", w.Norm(b, "bn3", w.Conv(b, "conv3", x, 1, 1)), w.Conv(b, "skip", r, 2, 0));
        x = b.AveragePool("pool", b.Relu("relu3", x), [4, 4], [4, 4], [0, 0]);
        x = b.Relu("relu4", w.Dense(b, "fc1", b.Flatten("flat", x)));
        return b.Build(w.Dense(b, "fc2", x));
    }

    private sealed class Weights(string net)
    {
        public int Conv(LayerGraphBuilder b, string name, int x, int stride, int padding) =>
            b.Convolution(name, x, Get(name + ".weight")!, Get(name + ".bias"), [stride, stride], (padding, padding, padding, padding));

        public int Norm(LayerGraphBuilder b, string name, int x) =>
            b.Norm(name, x, Get(name + ".weight")!, Get(name + ".bias")!, Get(name + ".running_mean")!, Get(name + ".running_var")!);

        public int Dense(LayerGraphBuilder b, string name, int x) => b.Dense(name, x, Get(name + ".weight")!, Get(name + ".bias"));

        private Tensor? Get(string name)
        {
            string path = System.IO.Path.Combine(Path(net), "weights", name + ".npy");
            if (!File.Exists(path))
            {
                return null;
            }

            Npy file = Npy.Read(path);
            return tensor(file.Floats).view([.. file.Shape.Select(static d => (long)d)]);
        }
    }
}
