using System.CommandLine;

namespace CxrNet.Cli;

/// <summary>Work that Ctrl+C ends in an orderly way.</summary>
internal static class StoppableAction
{
    /// <summary>Sets what a command does. It runs on another thread: only an action that has not ended yet is told of Ctrl+C, and one that is not asynchronous has ended before anybody could tell it.</summary>
    /// <param name="command">The command.</param>
    /// <param name="work">From the line to the exit code; its token is cancelled by Ctrl+C.</param>
    public static void SetStoppableAction(this Command command, Func<ParseResult, CancellationToken, int> work) =>
        command.SetAction((parsed, cancellationToken) => Task.Run(() => work(parsed, cancellationToken), cancellationToken));
}
