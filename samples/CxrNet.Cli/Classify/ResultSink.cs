using CxrNet.Imaging;
using Spectre.Console;

namespace CxrNet.Cli;

/// <summary>Where the results of classify go: stdout for people or machines, pictures and maps into folders. Keeps the exit code.</summary>
internal sealed class ResultSink(TextWriter output, TextWriter error, string backend, bool json, string? overlayFolder, string? mapFolder)
{
    private readonly IAnsiConsole? _console = json ? null : Terminal.On(output);
    private readonly OutputNames _names = new();
    private bool _any;

    /// <summary>0, or 1 once anything failed.</summary>
    public int ExitCode { get; private set; }

    /// <summary>Whether <see cref="Write"/> needs the images.</summary>
    public bool DrawsImages => overlayFolder is not null;

    public ProgressLine Progress(string what, int total) => new(error, what, total);

    /// <summary>A remark for people.</summary>
    public void Note(string text)
    {
        if (error is not QuietError)
        {
            _console?.MarkupLine($"[grey]{text.EscapeMarkup()}[/]");
        }
    }

    /// <summary>One result: pictures first, so that a line on stdout means that its files are there.</summary>
    /// <param name="file">The file's name.</param>
    /// <param name="image">The image, for its picture; null where none is drawn.</param>
    /// <param name="prediction">The result.</param>
    public void Write(string file, GrayImage? image, CxrPrediction prediction)
    {
        try
        {
            WriteFiles(file, image, prediction);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Fail(file, OneLine.Of(e, file));
            return;
        }

        if (_console is null)
        {
            output.WriteLine(JsonLines.Of(ResultLine.From(file, backend, prediction)));
            return;
        }

        _any = true;
        ResultTable.Write(_console, file, backend, prediction);
    }

    /// <summary>A file or model that could not be read; the rest goes on.</summary>
    public void Fail(string file, string cause)
    {
        ExitCode = 1;
        if (json)
        {
            output.WriteLine(JsonLines.Of(new ErrorLine(file, cause)));
        }
        else
        {
            error.WriteLine(cause.Contains($"'{file}'", StringComparison.Ordinal) ? $"error: {cause}" : $"error: '{file}': {cause}");
        }
    }

    public void Finish()
    {
        if (_any)
        {
            _console!.MarkupLine($"[grey]{CliApp.ResearchOnly}[/]");
        }
    }

    private void WriteFiles(string file, GrayImage? image, CxrPrediction prediction)
    {
        if (overlayFolder is null && mapFolder is null)
        {
            return;
        }

        Heatmap map = prediction.Map?.ToImageSize() ?? throw new IOException($"'{prediction.ModelId}' has no map of its own, so --overlay and --map have nothing to write.");
        string name = _names.For(file);
        if (overlayFolder is not null)
        {
            Directory.CreateDirectory(overlayFolder);
            RgbImage picture = Overlay.Blend(image!, map);
            PngFile.WriteRgb(Path.Combine(overlayFolder, name + ".overlay.png"), picture.Rgb, picture.Width, picture.Height);
        }

        if (mapFolder is not null)
        {
            Directory.CreateDirectory(mapFolder);
            NpyFile.Write(Path.Combine(mapFolder, name + ".map.npy"), map.Values, map.Width, map.Height);
        }
    }
}
