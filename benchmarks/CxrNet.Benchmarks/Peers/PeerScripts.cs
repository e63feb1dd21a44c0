namespace CxrNet.Benchmarks.Peers;

/// <summary>How the scripts of benchmarks/peers are run.</summary>
internal static class PeerScripts
{
    /// <summary>Program and script; null, with the reason among the skips, where they are not there.</summary>
    public static (string Program, string Script)? Find(string peer)
    {
        string folder = Path.Combine(SuiteFolder.Repository(), "benchmarks", "peers", peer);
        switch (peer)
        {
            case "node" when OnPath("node") is { } node:
                if (Directory.Exists(Path.Combine(folder, "node_modules", "onnxruntime-node")))
                {
                    return (node, Path.Combine(folder, "peer.mjs"));
                }

                Skips.Add("peer node", "onnxruntime-node is not installed; 'npm install --ignore-scripts' in benchmarks/peers/node does it.");
                return null;
            case "python" when Environment.GetEnvironmentVariable("CXRNET_PYTHON") is { Length: > 0 } named:
                return (named, Path.Combine(folder, "peer.py"));
            // Debian's own first: its python3-torch is not seen by another Python that may come before it on the path.
            case "python" when (File.Exists("/usr/bin/python3") ? "/usr/bin/python3" : OnPath("python3")) is { } python:
                return (python, Path.Combine(folder, "peer.py"));
            default:
                Skips.Add($"peer {peer}", $"there is no {(peer == "node" ? "node" : "python3")} on this machine.");
                return null;
        }
    }

    private static string? OnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Select(folder => Path.Combine(folder, program + (OperatingSystem.IsWindows() ? ".exe" : "")))
            .FirstOrDefault(File.Exists);
}
