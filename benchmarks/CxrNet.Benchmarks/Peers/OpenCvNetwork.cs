using OpenCvSharp;
using OpenCvSharp.Dnn;

namespace CxrNet.Benchmarks.Peers;

/// <summary>The network in OpenCV's DNN module, from the plain file.</summary>
internal sealed class OpenCvNetwork : INetworkPeer
{
    private readonly Net _net;
    private readonly Mat _blob;
    private readonly Mat[] _outputs = [new(), new()];
    private readonly string[] _names;

    public OpenCvNetwork(int batch, int threads)
    {
        Cv2.SetNumThreads(threads);
        CxrModelCard card = BenchmarkModel.Card;
        _net = CvDnn.ReadNetFromOnnx(BenchmarkModel.PlainFile) ?? throw new NotSupportedException("OpenCV's DNN module does not read the model.");
        _names = [card.Outputs.Logits!, card.Outputs.Map!];
        int side = BenchmarkModel.Side;
        _blob = new Mat([batch, card.Input.Channels, side, side], MatType.CV_32F);
        System.Runtime.InteropServices.Marshal.Copy(BenchmarkModel.Inputs(batch), 0, _blob.Data, batch * card.Input.Channels * side * side);
        Logits = new float[batch * card.Findings.Count];
    }

    public string Name => "OpenCV DNN (OpenCvSharp)";

    public float[] Logits { get; }

    public double Run() => Stopwatched.Time(RunOnce);

    public void RunOnce()
    {
        _net.SetInput(_blob, BenchmarkModel.Card.Input.Name);
        _net.Forward(_outputs, _names);
        System.Runtime.InteropServices.Marshal.Copy(_outputs[0].Data, Logits, 0, Logits.Length);
    }

    public void Dispose()
    {
        Array.ForEach(_outputs, static o => o.Dispose());
        _blob.Dispose();
        _net.Dispose();
    }
}
