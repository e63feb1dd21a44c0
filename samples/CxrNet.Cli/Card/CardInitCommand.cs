using System.CommandLine;
using CxrNet.Onnx;

namespace CxrNet.Cli;

/// <summary>Drafts the card of somebody else's model.</summary>
internal static class CardInitCommand
{
    public static Command Create()
    {
        Argument<string> model = new("model") { Description = "An .onnx file without a card.", HelpName = "FILE" };
        Option<string?> file = new("--out", "-o") { Description = "The card to write. Default: beside the model, as name.card.json, where it is found.", HelpName = "FILE" };
        Option<bool> force = new("--force") { Description = "Replace a card that is there." };
        Option<bool> json = Shared.Json();
        Command command = new("init", "Drafts a card from a model's graph: what the graph says, and guesses, marked as such, for what it cannot say. Example: cxrnet card init model.onnx") { model, file, force, json };
        command.SetAction(parsed =>
        {
            string path = parsed.GetValue(model)!;
            string card = parsed.GetValue(file) ?? Path.ChangeExtension(path, ".card.json");
            WholeFile.RequireOther(card, "--out", path);
            OnnxCardDraft draft = OnnxCardDraft.From(path);
            Write(card, draft.Card.ToJson() + "\n", parsed.GetValue(force));
            TextWriter output = parsed.InvocationConfiguration.Output;
            if (parsed.GetValue(json))
            {
                output.WriteLine(JsonLines.Of(new CardDraftLine(card, draft.Card.Guesses, draft.Remarks)));
                return 0;
            }

            foreach (string remark in draft.Remarks)
            {
                output.WriteLine(remark);
            }

            output.WriteLine($"Wrote {card}. Guessed: {string.Join(", ", draft.Card.Guesses)}. Correct each, take it out of \"guesses\", and run 'cxrnet card check {path}'.");
            return 0;
        });
        return command;
    }

    private static void Write(string path, string text, bool isForced)
    {
        try
        {
            using FileStream stream = new(path, isForced ? FileMode.Create : FileMode.CreateNew);
            stream.Write(System.Text.Encoding.UTF8.GetBytes(text));
        }
        catch (IOException) when (!isForced && File.Exists(path))
        {
            throw new IOException($"'{path}' is there already; --force replaces it, --out names another.");
        }
    }
}
