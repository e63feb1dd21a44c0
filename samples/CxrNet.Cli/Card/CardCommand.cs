using System.CommandLine;
using CxrNet.Models;

namespace CxrNet.Cli;

internal static class CardCommand
{
    public static Command Create()
    {
        Argument<string?> model = new("model") { Description = "A model file, .onnx or .safetensors. Default: the model that comes with the program.", HelpName = "FILE", Arity = ArgumentArity.ZeroOrOne };
        Option<bool> json = Shared.Json();
        Command command = new("card", "Prints what a model says of itself: findings, input, data, licence, limits. For somebody else's model: 'card init' drafts a card, 'card check' tries it.") { model, json, CardInitCommand.Create(), CardCheckCommand.Create() };
        command.SetAction(parsed =>
        {
            CxrModelCard card = parsed.GetValue(model) is { } path ? CardFile.Read(path) : BundledModels.CxrNetS.Card;
            TextWriter output = parsed.InvocationConfiguration.Output;
            if (parsed.GetValue(json))
            {
                output.WriteLine(card.ToJson());
            }
            else
            {
                CardTable.Write(Terminal.On(output), card);
            }

            return 0;
        });
        return command;
    }
}
