using System.Text.Json;
using System.Text.Json.Nodes;

namespace CxrNet;

/// <summary>Puts the records' own defaults into a card that leaves fields out.</summary>
/// <remarks>The source generator sets every init-only property, those that the text leaves out to null or zero: without this a card written by hand would have temperature 0 and no normalisation.</remarks>
internal static class CardDefaults
{
    private static readonly JsonObject Finding = new() { ["thresholdProvenance"] = "", ["operatingPoints"] = new JsonArray() };
    private static readonly JsonObject Card = Defaults();
    private static readonly JsonObject Network = Take(Card, "network").AsObject();

    /// <summary>Fills in what is not there; what is there stays.</summary>
    public static void FillIn(JsonObject card)
    {
        FillIn(card, Card);
        if (card["network"] is JsonObject network)
        {
            FillIn(network, Network);
        }

        if (card["findings"] is JsonArray findings)
        {
            foreach (JsonObject finding in findings.OfType<JsonObject>())
            {
                FillIn(finding, Finding);
            }
        }
    }

    private static void FillIn(JsonObject target, JsonObject defaults)
    {
        foreach ((string name, JsonNode? value) in defaults)
        {
            if (!target.TryGetPropertyValue(name, out JsonNode? own))
            {
                target[name] = value?.DeepClone();
            }
            else if (own is JsonObject inner && value is JsonObject innerDefaults)
            {
                FillIn(inner, innerDefaults);
            }
        }
    }

    private static JsonObject Defaults()
    {
        CxrModelCard card = new() { Id = "", Input = new CardInput { Height = 1, Width = 1 }, Network = new CardNetwork { Family = "" } };
        JsonObject defaults = JsonSerializer.SerializeToNode(card, CxrModelCardJsonContext.Default.CxrModelCard)!.AsObject();

        // What a card must say has no default: its absence stays an error.
        Take(defaults, "id");
        Take(defaults["input"]!.AsObject(), "height");
        Take(defaults["input"]!.AsObject(), "width");
        Take(defaults["network"]!.AsObject(), "family");
        return defaults;
    }

    private static JsonNode Take(JsonObject from, string name)
    {
        JsonNode taken = from[name]!;
        from.Remove(name);
        return taken;
    }
}
