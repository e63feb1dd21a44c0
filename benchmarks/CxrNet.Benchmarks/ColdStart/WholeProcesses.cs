using System.Diagnostics;
using System.Globalization;
using CxrNet.Benchmarks.Measuring;
using CxrNet.Benchmarks.Peers;
using CxrNet.Benchmarks.Reporting;
using static CxrNet.Benchmarks.Reporting.ResultFiles;

namespace CxrNet.Benchmarks.ColdStart;

/// <summary>From the start of a process to its first result, and what memory that took: whole processes, in turn.</summary>
internal static class WholeProcesses
{
    public const string Table = "cold-start";
    public const string Own = "CxrNet.Onnx";

    public static void Run()
    {
        PeerFiles.Write();
        List<Start> starts =
        [
            OwnProcess(Own, FirstResult.Onnx),
            OwnProcess("straightforward C#", FirstResult.Straightforward),
        ];
        if (Availability.Has("torch", "cold start of libtorch"))
        {
            starts.Insert(1, OwnProcess("CxrNet.Torch", FirstResult.Torch));
        }

        foreach ((string peer, string name) in ((string, string)[])[("node", "onnxruntime-node (no JPEG: ready input)"), ("python", "Python: PIL, PyTorch")])
        {
            using ScriptPeer? script = ScriptPeer.Start(peer, BenchmarkScale.MostThreads);
            if (script is not null && PeerScripts.Find(peer) is { } command)
            {
                starts.Add(new Start(name, command.Program, [command.Script, "first", PeerFiles.Folder, $"{BenchmarkScale.MostThreads}"], []));
            }
        }

        Timing[] times = Interleaved.Measure([.. starts.Select(static s => new Contender(s.Name, s.Once))], TimeSpan.FromSeconds(BenchmarkScale.Of(20, 90)), BenchmarkScale.Of(7, 21));
        Write(new ResultTable(
            Table,
            "Cold start",
            $"A new process: runtime, libraries, model, a 2373 x 2373 JPEG to scores and map, {BenchmarkScale.MostThreads} thread(s). Files are in the system's cache. Median and quartiles in s, and the process's peak of resident memory.",
            ["program", "s", "25 %", "75 %", "peak MB"],
            [.. times.Select((t, i) => new[] { t.Name, F(t.Median / 1000, "0.000"), F(t.At(0.25) / 1000, "0.000"), F(t.At(0.75) / 1000, "0.000"), F(starts[i].PeakMegabytes, "0") })]));
    }

    private static Start OwnProcess(string name, string what)
    {
        // With an executable of its own this process is that; by 'dotnet x.dll' it is dotnet.
        string program = Environment.ProcessPath!, assembly = typeof(WholeProcesses).Assembly.Location;
        bool byHost = Path.GetFileNameWithoutExtension(program) == "dotnet";
        return new Start(name, program, [.. byHost ? [assembly] : Array.Empty<string>(), FirstResult.Mode, what, PeerFiles.Folder], []);
    }

    private sealed record Start(string Name, string Program, string[] Arguments, List<double> Peaks)
    {
        public double PeakMegabytes => Peaks.Count == 0 ? double.NaN : Peaks.Order().ElementAt(Peaks.Count / 2);

        /// <summary>Milliseconds from the start to the line with the result.</summary>
        public double Once()
        {
            ProcessStartInfo info = new(Program) { RedirectStandardInput = true, RedirectStandardOutput = true };
            Array.ForEach(Arguments, info.ArgumentList.Add);
            long started = Stopwatch.GetTimestamp();
            using Process process = Process.Start(info)!;
            string? line = process.StandardOutput.ReadLine();
            double elapsed = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
            if (line?.StartsWith("ms ", StringComparison.Ordinal) != true)
            {
                throw new InvalidDataException($"{Name} said '{line}' in place of its first result.");
            }

            Peaks.Add(PeakOf(process.Id));
            process.StandardInput.Close();
            process.WaitForExit();
            return elapsed;
        }

        // It waits for the end of its input, so it is still there.
        private static double PeakOf(int process)
        {
            string status = $"/proc/{process.ToString(CultureInfo.InvariantCulture)}/status";
            return File.Exists(status) ? long.Parse(File.ReadLines(status).First(static l => l.StartsWith("VmHWM:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture) * 1024 / 1e6 : double.NaN;
        }
    }
}
