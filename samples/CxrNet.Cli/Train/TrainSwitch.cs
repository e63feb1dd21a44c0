using System.CommandLine;
using System.CommandLine.Parsing;

namespace CxrNet.Cli;

/// <summary>One option of train: how it is written, what it changes, and who reads it. An option that is not given changes nothing, so the library's default holds.</summary>
/// <param name="Option">As the command line has it.</param>
/// <param name="Set">Puts its value into the settings.</param>
internal sealed record TrainSwitch(Option Option, Action<CommandResult, TrainSettings> Set)
{
    /// <summary>The phases that read it; one of them must be run.</summary>
    public TrainPhases ReadBy { get; init; } = TrainPhases.All;

    /// <summary>What it is read with alone and is not there; null where nothing is missing.</summary>
    public Func<TrainSettings, string?> Missing { get; init; } = static _ => null;

    /// <param name="name">With its dashes.</param>
    /// <param name="help">What stands for the value; null where a list of values does.</param>
    /// <param name="description">One sentence.</param>
    /// <param name="set">Puts a value into the settings.</param>
    public static TrainSwitch Of<T>(string name, string? help, string description, Action<TrainSettings, T> set)
    {
        Option<T> option = new(name) { Description = description, HelpName = help, AllowMultipleArgumentsPerToken = typeof(T).IsArray };
        return new TrainSwitch(option, (result, settings) => set(settings, result.GetValue(option)!));
    }

    /// <summary>The same of one of some words; the first is what holds where none is given, unless that is null.</summary>
    public static TrainSwitch Word(string name, string description, string[] words, string? otherwise, Action<TrainSettings, string> set)
    {
        TrainSwitch made = Of(name, null, description, set);
        Option<string> option = (Option<string>)made.Option;
        option.DefaultValueFactory = otherwise is null ? null : _ => otherwise;
        option.AcceptOnlyFromAmong(words);
        return made;
    }

    /// <summary>An option that is none of the library's.</summary>
    public static TrainSwitch Beside(Option option, TrainPhases readBy) => new(option, static (_, _) => { }) { ReadBy = readBy };

    public bool IsGiven(CommandResult result) => result.IsGiven(Option);
}
