using System.CommandLine;
using System.CommandLine.Parsing;
using CxrNet.Torch.Networks;
using CxrNet.Torch.Training;

namespace CxrNet.Cli;

/// <summary>All options of train that the library's <see cref="TrainingOptions"/> hold, topic by topic.</summary>
internal static class TrainSwitches
{
    public static TrainSwitch[] Create() => [.. TrainNetwork.Create(), .. TrainSchedule.Create(), .. TrainViews.Create(), .. TrainLabels.Create(), .. TrainMap.Create(), .. TrainVariation.Create(), .. TrainMachine.Create()];

    /// <summary>What the user asked for, over the library's defaults.</summary>
    public static TrainingOptions Options(TrainSwitch[] switches, CommandResult result, bool lungs) => Settings(switches, result, lungs).Options;

    private static TrainSettings Settings(TrainSwitch[] switches, CommandResult result, bool lungs)
    {
        TrainSettings settings = new();
        foreach (TrainSwitch given in switches.Where(one => one.IsGiven(result)))
        {
            given.Set(result, settings);
        }

        settings.Options = lungs ? settings.Options with { Network = CxrNetPresets.Lungs } : settings.Options;
        return settings;
    }

    /// <summary>Refuses an option that nothing of the training reads: it would be passed over without a word.</summary>
    /// <param name="command">The command.</param>
    /// <param name="switches">Its options.</param>
    /// <param name="task">Its task.</param>
    /// <param name="folder">The run's folder; a run that is there goes on with all options that it began with, and others are refused anyway.</param>
    public static void RefuseUnread(Command command, TrainSwitch[] switches, Option<string> task, Option<string> folder)
    {
        command.Validators.Add(result =>
        {
            try
            {
                TrainSettings settings = Settings(switches, result, result.GetValue(task) == "lungs");
                TrainPhases run = settings.Options.Phases();
                if (run == TrainPhases.None || File.Exists(Path.Combine(result.GetValue(folder) ?? "", "checkpoint.json")))
                {
                    return;
                }

                foreach (TrainSwitch unread in switches.Where(one => one.IsGiven(result)))
                {
                    if ((unread.ReadBy & run) == 0)
                    {
                        result.AddError($"{unread.Option.Name} would change nothing: {unread.ReadBy.Named()} would read it, and this training has {run.Named()} alone.");
                    }
                    else if (unread.Missing(settings) is { } missing)
                    {
                        result.AddError($"{unread.Option.Name} would change nothing: it is read with {missing} alone.");
                    }
                }
            }
            catch (InvalidOperationException)
            {
                // A value that cannot be read, or one that is still being typed: the option itself says so.
            }
        });
    }
}
