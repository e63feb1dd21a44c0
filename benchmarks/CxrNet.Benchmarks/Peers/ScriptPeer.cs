using System.Diagnostics;
using System.Globalization;

namespace CxrNet.Benchmarks.Peers;

/// <summary>A peer of another language: a script that stays alive and is asked line by line, so that it is timed in turn with the others; the milliseconds are its own clock's, without the way between the processes.</summary>
internal sealed class ScriptPeer : IDisposable
{
    private readonly Process _process;

    private ScriptPeer(Process process, string versions) => (_process, Versions) = (process, versions);

    /// <summary>What the script says of itself.</summary>
    public string Versions { get; }

    /// <summary>Starts a script; null, with the reason among the skips, where its language or a package of it is missing.</summary>
    /// <param name="peer">The folder in benchmarks/peers: <c>node</c> or <c>python</c>.</param>
    /// <param name="threads">Of its engine.</param>
    public static ScriptPeer? Start(string peer, int threads)
    {
        if (PeerScripts.Find(peer) is not { } command)
        {
            return null;
        }

        ProcessStartInfo start = new(command.Program) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Path.GetDirectoryName(command.Script)! };
        foreach (string argument in (string[])[command.Script, "serve", PeerFiles.Folder, threads.ToString(CultureInfo.InvariantCulture)])
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["OMP_NUM_THREADS"] = threads.ToString(CultureInfo.InvariantCulture);
        Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string? hello = process.StandardOutput.ReadLine();
        if (hello?.StartsWith("ready ", StringComparison.Ordinal) == true)
        {
            return new ScriptPeer(process, hello[6..]);
        }

        process.WaitForExit(5000);
        Skips.Add($"peer {peer}", $"its script does not start: {errors.Result.Split('\n', StringSplitOptions.RemoveEmptyEntries).LastOrDefault() ?? hello ?? "no word of it"}");
        process.Dispose();
        return null;
    }

    /// <summary>Asks for one piece of work, for example <c>network 8</c>.</summary>
    /// <returns>Its milliseconds, and the logits.</returns>
    public (double Milliseconds, float[] Logits) Ask(string work)
    {
        _process.StandardInput.WriteLine(work);
        _process.StandardInput.Flush();
        string answer = _process.StandardOutput.ReadLine() ?? throw new InvalidDataException($"The script ended at '{work}'.");
        string[] cells = answer.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return cells[0] == "ms"
            ? (double.Parse(cells[1], CultureInfo.InvariantCulture), [.. cells[2..].Select(static c => float.Parse(c, CultureInfo.InvariantCulture))])
            : throw new InvalidDataException($"The script answers '{answer}' to '{work}'.");
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        if (!_process.WaitForExit(3000))
        {
            _process.Kill();
        }

        _process.Dispose();
    }
}
