using System.CommandLine;
using System.CommandLine.Invocation;

namespace CxrNet.Cli;

/// <summary>The whole program, with its output as parameters so that tests run it in their own process.</summary>
internal static class CliApp
{
    /// <summary>Said once in each human-readable result.</summary>
    public const string ResearchOnly = "Research software, not a medical device: no diagnosis.";

    private const int Failed = 1;
    private const int WrongUsage = 2;

    // 128 + SIGINT, as shells have it.
    private const int Cancelled = 130;

    // What an orderly end may take after Ctrl+C: the image in work, a page with its intervals.
    private static readonly TimeSpan MostOfAnEnd = TimeSpan.FromMinutes(1);

    /// <summary>All commands. Option --quiet is theirs too.</summary>
    public static RootCommand CreateRoot()
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
            CompletionCommand.Create(),
        };
        foreach (Command command in root.Subcommands)
        {
            Shared.RefuseUnknownOptions(command);
            Shared.ReadNumbersWithAPoint(command);
        }

        root.Options.Add(QuietError.CreateOption());
        HelpWithExamples.AddTo(root);
        return root;
    }

    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter error)
    {
        ParseResult parsed = CreateRoot().Parse(args);
        if (parsed.Action is ParseErrorAction wrong)
        {
            // One line says what is wrong; a page of help after it would hide it.
            wrong.ShowHelp = false;
        }

        using QuietError? quiet = QuietError.IsAsked(parsed) ? new QuietError(error) : null;
        InvocationConfiguration configuration = new() { Output = output, Error = quiet ?? error, EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = MostOfAnEnd };
        try
        {
            int code = await parsed.InvokeAsync(configuration);
            return parsed.Action is ParseErrorAction ? WrongUsage : code;
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
