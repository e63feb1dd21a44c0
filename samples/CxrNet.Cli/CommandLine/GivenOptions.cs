using System.CommandLine;
using System.CommandLine.Parsing;

namespace CxrNet.Cli;

/// <summary>What stands on the line, by the words themselves: a line that is being completed has options without a value yet.</summary>
internal static class GivenOptions
{
    /// <summary>Whether an option of one value is given once at most, so that its value can be asked for.</summary>
    public static bool IsOnce(this CommandResult result, Option option) => result.GetResult(option) is not { Implicit: false } given || given.Tokens.Count == 1;

    public static bool IsGiven(this CommandResult result, Option option) => result.GetResult(option) is { Implicit: false };

    /// <summary>Whether a switch is given, and not as false.</summary>
    public static bool IsOn(this CommandResult result, Option<bool> option) => result.GetResult(option) is { Implicit: false, Tokens: not [{ Value: "false" }] };

    /// <summary>Refuses options that nothing reads where another one is given.</summary>
    public static void RefuseBeside(this CommandResult result, Option given, params ReadOnlySpan<Option> options)
    {
        foreach (Option option in options)
        {
            if (result.IsGiven(given) && result.IsGiven(option))
            {
                result.AddError($"{option.Name} has no meaning with {given.Name}.");
            }
        }
    }

    /// <summary>Refuses options that nothing reads without another one.</summary>
    public static void RefuseWithout(this CommandResult result, Option needed, params ReadOnlySpan<Option> options)
    {
        foreach (Option option in options)
        {
            if (result.IsGiven(option))
            {
                result.AddError($"{option.Name} has no meaning without {needed.Name}.");
            }
        }
    }
}
