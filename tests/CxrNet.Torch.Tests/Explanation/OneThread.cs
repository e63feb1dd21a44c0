using TorchSharp;

namespace CxrNet.Torch.Tests.Explanation;

/// <summary>One thread for libtorch while it lives: with tiny networks a second one costs more than it brings, and very much where another process is busy.</summary>
internal sealed class OneThread : IDisposable
{
    private readonly int _threads = torch.get_num_threads();

    public OneThread() => torch.set_num_threads(1);

    public void Dispose() => torch.set_num_threads(_threads);
}
