using System.Globalization;

namespace CxrNet;

/// <summary>Whether a classifier can be loaded, what its card says, and whether it works; see <see cref="SelfTest"/>.</summary>
public sealed class ClassifierProbe : IDiagnosticProbe
{
    private readonly string _name;
    private readonly Func<ICxrClassifier> _load;

    /// <summary>Looks at a classifier.</summary>
    /// <param name="name">What the facts call it, for example its file.</param>
    /// <param name="load">Loads it; what it gives is disposed of. Give <c>() => classifier.LeaveOpen()</c> for one that is in use.</param>
    public ClassifierProbe(string name, Func<ICxrClassifier> load)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(load);
        (_name, _load) = (name, load);
    }

    /// <inheritdoc/>
    public string Area => "model";

    /// <inheritdoc/>
    public IEnumerable<DiagnosticFact> Look()
    {
        try
        {
            using ICxrClassifier classifier = _load();
            CxrModelCard card = classifier.Card;
            SelfTestResult test = SelfTest.Run(classifier);
            string value = string.Create(CultureInfo.InvariantCulture, $"'{card.Id}': {string.Join(", ", card.Findings.Where(static f => f.IsTrained).Select(static f => f.Name))}; {card.Input.Width} x {card.Input.Height}; two drawn chests in {test.Elapsed.TotalMilliseconds:0.#} ms");
            return test.HasPassed
                ? [new DiagnosticFact(Area, _name, value)]
                : [new DiagnosticFact(Area, _name, $"{value}; {string.Join(" ", test.Problems)}", DiagnosticStatus.Broken, "The model's results mean nothing; get the file again, or compare it with another backend ('cxrnet compare').")];
        }
        catch (CxrModelException e)
        {
            return [new DiagnosticFact(Area, _name, e.Message, DiagnosticStatus.Broken, "The message names what is missing or damaged.")];
        }
    }
}
