using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace CxrNet.Cli;

/// <summary>Options that several commands have.</summary>
internal static class Shared
{
    public static Option<string?> Model() => new("--model", "-m")
    {
        Description = "A model file: .onnx with its card inside or beside it as name.card.json, or a .safetensors of a training with --backend torch. Default: the model that comes with the program.",
        HelpName = "FILE",
    };

    public static Option<string?> Card() => new("--card")
    {
        Description = "A card in place of the model's own, for example one that 'calibrate' wrote.",
        HelpName = "FILE",
    };

    public static Option<string> Backend()
    {
        Option<string> option = new("--backend", "-b") { Description = "The engine.", DefaultValueFactory = _ => "onnx" };
        return option.AcceptOnlyFromAmong("onnx", "torch");
    }

    public static Option<bool> Json() => new("--json") { Description = "Machine-readable: JSON and nothing else on stdout." };

    public static Option<int> Threads() => Between(0, 1024, new("--threads") { Description = "Threads of the engine; 0 is its own choice.", DefaultValueFactory = _ => 0, HelpName = "N" });

    public static Option<int> Batch() => Between(1, 4096, new("--batch") { Description = "Images in one forward pass.", DefaultValueFactory = _ => 8, HelpName = "N" });

    public static Option<double> Share(Option<double> option)
    {
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && double.TryParse(result.Tokens[0].Value, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && value is not (> 0 and < 1))
            {
                result.AddError($"{option.Name} is {result.Tokens[0].Value}; a number above 0 and below 1 was expected.");
            }
        });
        return option;
    }

    /// <summary>What begins as an option and is none would otherwise be taken for one more file.</summary>
    public static void RefuseUnknownOptions(Command command)
    {
        command.Validators.Add(result =>
        {
            foreach (string token in command.Arguments.SelectMany(argument => result.GetResult(argument)?.Tokens ?? []).Select(static t => t.Value).Where(static t => t.StartsWith('-') && t.Length > 1))
            {
                result.AddError($"'{token}' is no option of '{command.Name}'; a file of that name is './{token}'.");
            }
        });
        foreach (Command part in command.Subcommands)
        {
            RefuseUnknownOptions(part);
        }
    }

    /// <summary>Numbers have a point, whatever the system's language says; a comma is refused, not taken for a separator of thousands.</summary>
    public static void ReadNumbersWithAPoint(Command command)
    {
        foreach (Option option in command.Options)
        {
            if (option is Option<double> number)
            {
                number.CustomParser = result => Number(option, result) ?? 0;
            }
            else if (option is Option<double?> optional)
            {
                optional.CustomParser = result => Number(option, result);
            }
        }

        foreach (Command below in command.Subcommands)
        {
            ReadNumbersWithAPoint(below);
        }
    }

    private static double? Number(Option option, ArgumentResult result)
    {
        string token = result.Tokens[0].Value;
        if (double.TryParse(token, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value))
        {
            return value;
        }

        result.AddError($"{option.Name} is '{token}'; a number such as 0.001 was expected.");
        return null;
    }

    public static Option<int> AtLeast(int least, Option<int> option) => Bounded(least, option);

    /// <summary>The same for an option that may be left out.</summary>
    public static Option<int?> AtLeastIfGiven(int least, Option<int?> option) => Bounded(least, option);

    /// <summary>A number of threads or images that no machine has is a slip of the finger, and would take the machine down.</summary>
    private static Option<int> Between(int least, int most, Option<int> option)
    {
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && int.TryParse(result.Tokens[0].Value, out int value) && value > most)
            {
                result.AddError($"{option.Name} is {value}; {most} or less was expected.");
            }
        });
        return Bounded(least, option);
    }

    private static Option<T> Bounded<T>(int least, Option<T> option)
    {
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && int.TryParse(result.Tokens[0].Value, out int value) && value < least)
            {
                result.AddError($"{option.Name} is {value}; {least} or more was expected.");
            }
        });
        return option;
    }
}
