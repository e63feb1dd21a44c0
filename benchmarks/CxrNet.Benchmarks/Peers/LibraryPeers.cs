using CxrNet.Onnx;
using CxrNet.Torch;

namespace CxrNet.Benchmarks.Peers;

/// <summary>This library's own backends as contenders.</summary>
internal static class LibraryPeers
{
    public const string OnnxName = "CxrNet.Onnx";
    public const string Int8Name = "CxrNet.Onnx, int8";
    public const string TorchName = "CxrNet.Torch";

    public static LibraryPeer Onnx(int batch, int threads, bool withMap = true, OnnxProvider provider = OnnxProvider.Cpu) =>
        new(OnnxName, OnnxClassifier.Load(BenchmarkModel.Bytes, new OnnxOptions { IntraOpThreads = threads, MaxBatch = batch, Provider = provider, ReadMap = withMap }), batch);

    public static LibraryPeer Int8(int batch, int threads) =>
        new(Int8Name, OnnxClassifier.Load(BenchmarkModel.Int8File!, new OnnxOptions { IntraOpThreads = threads, MaxBatch = batch }), batch);

    public static LibraryPeer Torch(int batch, int threads, int? cuda = null) =>
        new(TorchName, TorchClassifier.Load(BenchmarkModel.Bytes, new TorchOptions { Threads = threads, MaxBatch = batch, KeepFreedMemory = true, CudaDevice = cuda }), batch);
}
