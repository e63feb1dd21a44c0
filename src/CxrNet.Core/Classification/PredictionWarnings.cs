using System.Globalization;

namespace CxrNet;

/// <summary>What a reader should know before trusting a result, taken from the image's header.</summary>
public static class PredictionWarnings
{
    private const string Undetermined = "The model does not know: ";

    /// <summary>The decoder's own warnings, then: a card that is still a draft, a view that is not frontal, a modality that is no radiograph, burnt-in text, an age outside the model's range.</summary>
    /// <param name="info">What the header says.</param>
    /// <param name="card">The model's card.</param>
    /// <param name="prediction">What was read, for an image that is unlike the training's and for findings that cannot be told apart; null where nothing was.</param>
    /// <returns>One sentence each; empty where there is nothing to say.</returns>
    public static IReadOnlyList<string> For(RadiographInfo info, CxrModelCard card, CxrPrediction? prediction = null)
    {
        ArgumentNullException.ThrowIfNull(info);
        ArgumentNullException.ThrowIfNull(card);
        List<string> warnings = [.. info.Warnings];
        if (card.Guesses.Count > 0)
        {
            warnings.Add($"The card of '{card.Id}' is a draft; nobody has confirmed {string.Join(", ", card.Guesses)}.");
        }

        if (info.View is RadiographView.Lateral or RadiographView.Oblique)
        {
            warnings.Add($"The view is {(info.View == RadiographView.Lateral ? "lateral" : "oblique")}; '{card.Id}' was made for frontal views.");
        }

        if (info.Modality is { Length: > 0 } modality && modality is not ("CR" or "DX" or "RG"))
        {
            warnings.Add($"The modality is {modality}; CR, DX or RG was expected.");
        }

        if (info.BurnedInAnnotation == true)
        {
            warnings.Add("Text is burnt into the pixels; it can sway the result.");
        }

        if (info.PatientAgeYears < card.MinAgeYears)
        {
            warnings.Add(string.Create(CultureInfo.InvariantCulture, $"The patient is {info.PatientAgeYears:0.#} years old; '{card.Id}' was made for {card.MinAgeYears:0.#} years and older."));
        }

        if (info.PatientAgeYears > card.MaxAgeYears)
        {
            warnings.Add(string.Create(CultureInfo.InvariantCulture, $"The patient is {info.PatientAgeYears:0.#} years old; '{card.Id}' was made for {card.MaxAgeYears:0.#} years and younger."));
        }

        if (prediction?.IsUnlike == true)
        {
            warnings.Add(string.Create(CultureInfo.InvariantCulture, $"The image is unlike the frontal chest X-rays that '{card.Id}' was made with (distance {prediction.Distance:0.0#}, the limit is 1): its findings may mean nothing."));
        }

        if (prediction?.PredictionSet is { Count: not 1 } set)
        {
            warnings.Add(Undecided(set, card));
        }

        return warnings.Count == 0 ? [] : warnings;
    }

    /// <summary>Whether a warning is that of findings that cannot be told apart: it names them, or says how likely they are.</summary>
    internal static bool TellsOfFindings(string warning) => warning.StartsWith(Undetermined, StringComparison.Ordinal);

    private static string Undecided(IReadOnlyList<string> set, CxrModelCard card)
    {
        string level = string.Create(CultureInfo.InvariantCulture, $"at the {100 * (1 - card.Abstain!.Alpha):0.#} % level of its calibration");
        return set.Count == 0
            ? $"{Undetermined}no finding is likely enough {level}."
            : $"{Undetermined}{level} it cannot tell between {string.Join(", ", set.Take(set.Count - 1))} and {set[^1]}.";
    }
}
