namespace CxrNet.Benchmarks.Peers;

/// <summary>Somebody who runs the network: the same inputs in, logits out.</summary>
internal interface INetworkPeer : IDisposable
{
    /// <summary>What tables call it.</summary>
    string Name { get; }

    /// <summary>The batch, once.</summary>
    /// <returns>Milliseconds.</returns>
    double Run();

    /// <summary>The logits of the latest run, one row per image.</summary>
    float[] Logits { get; }
}
