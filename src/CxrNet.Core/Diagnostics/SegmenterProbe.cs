using System.Diagnostics;
using System.Globalization;

namespace CxrNet;

/// <summary>Whether a lung segmenter can be loaded and finds lungs on a drawn chest.</summary>
public sealed class SegmenterProbe : IDiagnosticProbe
{
    private readonly string _name;
    private readonly Func<ILungSegmenter> _load;

    /// <summary>Looks at a segmenter.</summary>
    /// <param name="name">What the facts call it, for example its file.</param>
    /// <param name="load">Loads it; what it gives is disposed of.</param>
    public SegmenterProbe(string name, Func<ILungSegmenter> load)
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
            using ILungSegmenter segmenter = _load();
            GrayImage chest = ChestPhantom.Create(new PhantomOptions { Width = 256, Height = 256 }).Image;
            long started = Stopwatch.GetTimestamp();
            LungMask mask = segmenter.Segment(chest);
            TimeSpan elapsed = Stopwatch.GetElapsedTime(started);
            int inside = 0;
            foreach (float probability in mask.Probabilities)
            {
                inside += probability >= mask.Threshold ? 1 : 0;
            }

            double share = inside / (double)mask.Probabilities.Length;
            string value = string.Create(CultureInfo.InvariantCulture, $"'{segmenter.Card.Id}': lungs on {share:0 %} of a drawn chest in {elapsed.TotalMilliseconds:0.#} ms");
            return share is > 0 and < 1
                ? [new DiagnosticFact(Area, _name, value)]
                : [new DiagnosticFact(Area, _name, value, DiagnosticStatus.Broken, "A chest has lungs, and not only; get the file again.")];
        }
        catch (CxrModelException e)
        {
            return [new DiagnosticFact(Area, _name, e.Message, DiagnosticStatus.Broken, "The message names what is missing or damaged.")];
        }
    }
}
