using System.CommandLine;

namespace CxrNet.Cli;

/// <summary>Which options of evaluate belong together: one that would be passed over is an error.</summary>
internal static class EvaluateMode
{
    /// <param name="command">The command.</param>
    /// <param name="task">Its task, "lungs" is the other mode's.</param>
    /// <param name="modes">Switches that each measure something else.</param>
    /// <param name="ofClassifying">Options that only the findings against the labels have.</param>
    /// <param name="card">Stands for a classifier's card.</param>
    public static void Refuse(Command command, Option<string> task, Option<bool>[] modes, Option[] ofClassifying, Option card)
    {
        command.Validators.Add(result =>
        {
            bool lungs = result.GetResult(task) is { Tokens: [{ Value: "lungs" }] };
            string[] asked = [.. lungs ? (string[])["--task lungs"] : [], .. modes.Where(result.IsOn).Select(static mode => mode.Name)];
            if (asked.Length == 0)
            {
                return;
            }

            if (asked.Length > 1)
            {
                result.AddError($"{string.Join(" and ", asked)} measure different things; name one of them.");
            }

            foreach (Option option in ofClassifying.Append(card).Where(option => (option != card || lungs) && result.IsGiven(option)))
            {
                result.AddError($"{option.Name} has no meaning with {asked[0]}.");
            }
        });
    }
}
