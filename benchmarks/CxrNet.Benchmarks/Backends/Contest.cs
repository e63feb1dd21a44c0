using CxrNet.Benchmarks.Ceiling;
using CxrNet.Benchmarks.Measuring;
using CxrNet.Benchmarks.Peers;
using CxrNet.Benchmarks.Reporting;
using static CxrNet.Benchmarks.Reporting.ResultFiles;

namespace CxrNet.Benchmarks.Backends;

/// <summary>Everybody who can run the network, those of other languages too, in turn in one run: the table of the peers, and each one's share of what the machine can do.</summary>
internal static class Contest
{
    public const string Table = "peers";

    public static void Run()
    {
        PeerFiles.Write();
        double giga = NetworkCost.GigaMultiplyAdds(BenchmarkModel.PlainFile);
        List<string[]> rows = [], machine = [];
        foreach (int threads in BenchmarkScale.Threads)
        {
            (double peak, string how) = MachineCeiling.MultiplyAdds(threads);
            double bound = MachineCeiling.Registers(threads);
            machine.Add([$"{threads}", F(bound, "0.0"), F(peak, "0.0"), how, F(MachineCeiling.Bandwidth(threads), "0.0"), F(giga, "0.000"), F(bound / giga, "0")]);
            foreach (int batch in Batches(threads))
            {
                Console.WriteLine($"peers: batch {batch}, {threads} thread(s)");
                rows.AddRange(Measure(batch, threads, giga, bound));
            }
        }

        Write(new ResultTable("ceiling", "The machine's ceiling", "The best of several: multiply-adds in registers alone, a float product of 1024 x 1024 matrices, and the sum of 256 MB. With its multiply-adds at the rate of the registers, and nothing else, the network could do the images a second of the last column.", ["threads", "GMAC/s in registers", "GMAC/s of a product", "by", "GB/s", "GMAC an image", "img/s at the ceiling"], machine));
        Write(new ResultTable(
            Table,
            "The network on every engine",
            $"Same weights, same ready images of {BenchmarkModel.Side} x {BenchmarkModel.Side}, logits and map read out, as many threads each; ONNX Runtime's do not spin, the others wait as they do by default. Measured in turn, round after round, in one run. Median and quartiles of a whole batch in ms. CxrNet's rows are whole calls of Classify. Nobody is in the table whose logits differ by more than {Agreement.Tolerance} (int8: no bound). Share: of the float multiply-adds a second that the registers can do; int8 does four times as many.",
            ["engine", "batch", "threads", "ms", "25 %", "75 %", "img/s", "of the bare session", "greatest logit difference", "share of the ceiling"],
            rows));
    }

    // A batch of 32 takes seconds a round: the tour asks for it with all threads only.
    private static int[] Batches(int threads) => BenchmarkScale.IsFull || threads == BenchmarkScale.MostThreads ? [1, 8, 32] : [1, 8];

    private static List<string[]> Measure(int batch, int threads, double giga, double peak)
    {
        List<INetworkPeer> peers = [];
        try
        {
            peers.Add(new BareSession(BenchmarkModel.Bytes, batch, threads));
            peers.AddRange(Others(batch, threads));
            peers.ForEach(static p => p.Run());
            float[] expected = peers[0].Logits;
            List<(INetworkPeer Peer, float Difference)> fair = [];
            foreach (INetworkPeer peer in peers)
            {
                try
                {
                    fair.Add((peer, Agreement.Require(peer.Name, peer.Logits, expected, peer.Name == LibraryPeers.Int8Name ? float.MaxValue : Agreement.Tolerance)));
                }
                catch (InvalidDataException e)
                {
                    Skips.Add($"{peer.Name}, batch {batch}", e.Message);
                }
            }

            Timing[] times = Interleaved.Measure([.. fair.Select(static f => new Contender(f.Peer.Name, f.Peer.Run))], TimeSpan.FromSeconds(BenchmarkScale.Of(6, 30)), 100);
            return [.. times.Select((t, i) => Row(t, times[0], fair[i].Difference, batch, threads, giga, peak))];
        }
        finally
        {
            peers.ForEach(static p => p.Dispose());
        }
    }

    private static string[] Row(Timing time, Timing bare, float difference, int batch, int threads, double giga, double peak)
    {
        double rate = 1000 * batch / time.Median;
        return [time.Name, $"{batch}", $"{threads}", F(time.Median), F(time.At(0.25)), F(time.At(0.75)), F(rate, "0.0"), F(bare.Over(time).Median), F(difference, "0.0e+0"), F(100 * rate * giga / peak, "0.0") + " %"];
    }

    private static IEnumerable<INetworkPeer> Others(int batch, int threads)
    {
        yield return LibraryPeers.Onnx(batch, threads);
        if (Availability.Has("int8", "int8 rows"))
        {
            yield return LibraryPeers.Int8(batch, threads);
        }

        if (Availability.Has("torch", "rows of libtorch"))
        {
            yield return LibraryPeers.Torch(batch, threads);
            yield return new TorchSharpEager(batch, threads);
        }

        if (Availability.Has("opencv", "rows of OpenCV DNN"))
        {
            yield return new OpenCvNetwork(batch, threads);
        }

        foreach ((string peer, string name) in ((string, string)[])[("node", "onnxruntime-node"), ("python", "PyTorch, Python")])
        {
            if (ScriptPeer.Start(peer, threads) is { } script)
            {
                yield return new ScriptNetwork(name, script, batch);
            }
        }
    }
}
