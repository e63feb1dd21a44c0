using System.CommandLine;
using System.CommandLine.Invocation;
using CxrNet.Cli.Commands;

namespace CxrNet.Cli;

/// <summary>The whole program, with its output as parameters so that tests run it in their own process.</summary>
internal static class CliApp
{
    /// <summary>Said once in each human-readable result.</summary>
    public const string ResearchOnly = "Research software, not a medical device: no diagnosis.";

    private const int Failed = 1;

    // 128 + SIGINT, as shells have it.
    private const int Cancelled = 130;

    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter error)
    {
        RootCommand root = new($"Classifies and explains frontal chest X-rays. {ResearchOnly}")
        {
            ClassifyCommand.Create(),
            CardCommand.Create(),
            SegmentCommand.Create(),
            EvaluateCommand.Create(),
            ExplainCommand.Create(),
            CompareMapsCommand.Create(),
            RandomizeCommand.Create(),
            PhantomCommand.Create(),
            TrainCommand.Create(),
            ExportCommand.Create(),
            CalibrateCommand.Create(),
            QuantizeCommand.Create(),
            CompareCommand.Create(),
            DoctorCommand.Create(),
            BenchCommand.Create(),
        };
        ParseResult parsed = root.Parse(args);
        if (parsed.Action is ParseErrorAction wrong)
        {
            // One line says what is wrong; a page of help after it would hide it.
            wrong.ShowHelp = false;
        }

        InvocationConfiguration configuration = new() { Output = output, Error = error, EnableDefaultExceptionHandler = false };
        try
        {
            return await parsed.InvokeAsync(configuration);
        }
        catch (OperationCanceledException)
        {
            await error.WriteLineAsync("cxrnet: cancelled.");
            return Cancelled;
        }
        catch (Exception e) when (Environment.GetEnvironmentVariable("CXRNET_DEBUG") is null or "")
        {
            await error.WriteLineAsync($"cxrnet: {OneLine.Of(e)}");
            return Failed;
        }
    }
}
