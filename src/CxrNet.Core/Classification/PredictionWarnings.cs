using System.Globalization;

namespace CxrNet;

/// <summary>What a reader should know before trusting a result, taken from the image's header.</summary>
public static class PredictionWarnings
{
    /// <summary>The decoder's own warnings, then: a view that is not frontal, a modality that is no radiograph, burnt-in text, an age outside the model's range.</summary>
    /// <param name="info">What the header says.</param>
    /// <param name="card">The model's card.</param>
    /// <returns>One sentence each; empty where there is nothing to say.</returns>
    public static IReadOnlyList<string> For(RadiographInfo info, CxrModelCard card)
    {
        ArgumentNullException.ThrowIfNull(info);
        ArgumentNullException.ThrowIfNull(card);
        List<string> warnings = [.. info.Warnings];
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

        return warnings.Count == 0 ? [] : warnings;
    }
}
