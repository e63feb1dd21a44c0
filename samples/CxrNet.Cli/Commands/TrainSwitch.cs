using System.CommandLine;
using System.CommandLine.Parsing;
using CxrNet.Torch.Training;

namespace CxrNet.Cli.Commands;

/// <summary>One option of train: how it is written, what it changes, and who reads it. An option that is not given changes nothing, so the library's default holds.</summary>
/// <param name="Option">As the command line has it.</param>
/// <param name="Set">The options with its value.</param>
internal sealed record TrainSwitch(Option Option, Func<CommandResult, TrainingOptions, TrainingOptions> Set)
{
    /// <summary>The phases that read it; one of them must be run.</summary>
    public TrainPhases ReadBy { get; init; } = TrainPhases.All;

    /// <summary>What it is read with alone and is not there; null where nothing is missing.</summary>
    public Func<TrainingOptions, string?> Missing { get; init; } = static _ => null;

    /// <param name="name">With its dashes.</param>
    /// <param name="help">What stands for the value; null where a list of values does.</param>
    /// <param name="description">One sentence.</param>
    /// <param name="set">Options and value to options.</param>
    public static TrainSwitch Of<T>(string name, string? help, string description, Func<TrainingOptions, T, TrainingOptions> set)
    {
        Option<T> option = new(name) { Description = description, HelpName = help, AllowMultipleArgumentsPerToken = typeof(T).IsArray };
        return new TrainSwitch(option, (result, options) => set(options, result.GetValue(option)!));
    }

    /// <summary>The same of how images are varied.</summary>
    public static TrainSwitch Varying<T>(string name, string help, string description, Func<AugmentationOptions, T, AugmentationOptions> set) =>
        Of<T>(name, help, description, (options, value) => options with { Augmentation = set(options.Augmentation, value) });

    /// <summary>The same of one of some words; the first is what holds where none is given, unless that is null.</summary>
    public static TrainSwitch Word(string name, string description, string[] words, string? otherwise, Func<TrainingOptions, string, TrainingOptions> set)
    {
        TrainSwitch made = Of(name, null, description, set);
        Option<string> option = (Option<string>)made.Option;
        option.DefaultValueFactory = otherwise is null ? null : _ => otherwise;
        option.AcceptOnlyFromAmong(words);
        return made;
    }

    /// <summary>An option that is no <see cref="TrainingOptions"/>' own.</summary>
    public static TrainSwitch Beside(Option option, TrainPhases readBy) => new(option, static (_, options) => options) { ReadBy = readBy };

    public bool IsGiven(CommandResult result) => result.GetResult(Option) is { Implicit: false };
}
