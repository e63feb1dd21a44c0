namespace CxrNet.Benchmarks.Peers;

/// <summary>The network in a script.</summary>
internal sealed class ScriptNetwork(string name, ScriptPeer script, int batch) : INetworkPeer
{
    public string Name => name;

    public float[] Logits { get; private set; } = [];

    public double Run()
    {
        (double milliseconds, Logits) = script.Ask($"network {batch}");
        return milliseconds;
    }

    public void Dispose() => script.Dispose();
}
