using System.Globalization;
using System.Text;

namespace CxrNet.Evaluation;

/// <summary>Methods against figures: the mean over the images and its bootstrap interval, by patient where patients are known.</summary>
public sealed class MapTable
{
    private readonly Dictionary<(string Method, string Metric), Interval> _cells = [];

    private MapTable(IReadOnlyList<string> methods, IReadOnlyList<MapMetric> metrics, int images) =>
        (Methods, Metrics, Images) = (methods, metrics, images);

    /// <summary>In the order in which they came.</summary>
    public IReadOnlyList<string> Methods { get; }

    /// <summary>Those of <see cref="MapJudge.Metrics"/> that were measured at least once.</summary>
    public IReadOnlyList<MapMetric> Metrics { get; }

    /// <summary>How many images there were.</summary>
    public int Images { get; }

    /// <summary>A cell; NaN where the figure is not defined for any image.</summary>
    public Interval this[string method, string metric] => _cells.TryGetValue((method, metric), out Interval cell) ? cell : new Interval(double.NaN, double.NaN, double.NaN);

    /// <summary>Sums up.</summary>
    /// <param name="figures">One for each method and image.</param>
    /// <param name="options">Seed and replicates of the bootstrap; the defaults where null. Patients are taken from the cases.</param>
    public static MapTable Of(IReadOnlyList<MapFigures> figures, BootstrapOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(figures);
        string[] methods = [.. figures.Select(f => f.Method).Distinct()];
        MapMetric[] metrics = [.. MapJudge.Metrics.Where(m => figures.Any(f => f.Values.ContainsKey(m.Name)))];
        MapTable table = new(methods, metrics, figures.Select(f => f.Case).Distinct(ReferenceEqualityComparer.Instance).Count());
        foreach (IGrouping<string, MapFigures> method in figures.GroupBy(f => f.Method))
        {
            foreach (MapMetric metric in metrics)
            {
                MapFigures[] known = [.. method.Where(f => f.Values.ContainsKey(metric.Name))];
                if (known.Length > 0)
                {
                    string[] patients = [.. known.Select((f, i) => f.Case.Patient.Length > 0 ? f.Case.Patient : $"#{i}")];
                    List<string> names = [.. patients.Distinct()];
                    Dictionary<string, int> numbers = names.Select((name, i) => (name, i)).ToDictionary(p => p.name, p => p.i);
                    table._cells[(method.Key, metric.Name)] = MeanInterval.Of([.. known.Select(f => f.Values[metric.Name])], (options ?? new BootstrapOptions()) with { Clusters = [.. patients.Select(p => numbers[p])] });
                }
            }
        }

        return table;
    }

    /// <summary>One line for each method and figure: method, metric, mean, low, high, better, images.</summary>
    public string ToCsv()
    {
        StringBuilder csv = new("method,metric,mean,low,high,better,images\n");
        foreach (string method in Methods)
        {
            foreach (MapMetric metric in Metrics)
            {
                Interval cell = this[method, metric.Name];
                if (!double.IsNaN(cell.Estimate))
                {
                    csv.Append(CultureInfo.InvariantCulture, $"{method},{metric.Name},{cell.Estimate:R},{cell.Low:R},{cell.High:R},{metric.Better},{Images}\n");
                }
            }
        }

        return csv.ToString();
    }
}
