namespace CxrNet.Benchmarks.Peers;

/// <summary>A classifier of this library on images of the network's size: its whole call, input tensor, scores, map, warnings and checks included.</summary>
internal sealed class LibraryPeer(string name, ICxrClassifier classifier, int batch) : INetworkPeer
{
    private readonly GrayImage[] _images = BenchmarkModel.Images(batch);
    private IReadOnlyList<CxrPrediction> _latest = [];

    public string Name => name;

    public float[] Logits => [.. _latest.SelectMany(static p => p.Logits)];

    public double Run() => Stopwatched.Time(RunOnce);

    public void RunOnce() => _latest = classifier.Classify(_images);

    public void Dispose() => classifier.Dispose();
}
