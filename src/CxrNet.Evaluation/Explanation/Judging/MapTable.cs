using System.Globalization;
using System.Text;

namespace CxrNet.Evaluation;

/// <summary>Methods against figures: the mean over the images and its bootstrap interval, by patient where patients are known.</summary>
public sealed class MapTable
{
    private readonly Dictionary<(string Method, string Metric), (Interval Interval, int Images)> _cells = [];
    private readonly Dictionary<string, int> _images;

    private MapTable(IReadOnlyList<MapMetric> metrics, IReadOnlyDictionary<string, int> images)
    {
        (Methods, Metrics) = ([.. images.Keys], metrics);
        _images = new(images, StringComparer.Ordinal);
    }

    /// <summary>In the order in which they came.</summary>
    public IReadOnlyList<string> Methods { get; }

    /// <summary>Those of <see cref="MapJudge.Metrics"/> and <see cref="EvalX.Metrics"/> that were measured at least once.</summary>
    public IReadOnlyList<MapMetric> Metrics { get; }

    /// <summary>Of all intervals, 0.95 for 95 %.</summary>
    public double Confidence { get; private init; } = 0.95;

    /// <summary>How many images the method with most of them was judged on.</summary>
    public int Images => _images.Values.DefaultIfEmpty(0).Max();

    /// <summary>A cell; NaN where the figure is not defined for any image, and its ends where no image differs from another.</summary>
    public Interval this[string method, string metric] => _cells.TryGetValue((method, metric), out var cell) ? cell.Interval : new Interval(double.NaN, double.NaN, double.NaN);

    /// <summary>How many images a method was judged on; 0 for one that is not in the table.</summary>
    public int ImagesOf(string method) => _images.GetValueOrDefault(method);

    /// <summary>On how many images a figure is defined: a lesion's, for example, only where there is one.</summary>
    public int ImagesOf(string method, string metric) => _cells.TryGetValue((method, metric), out var cell) ? cell.Images : 0;

    /// <summary>Sums up.</summary>
    /// <param name="figures">One for each method and image.</param>
    /// <param name="options">Seed and replicates of the bootstrap; the defaults where null. Patients are taken from the subjects.</param>
    /// <param name="cancellationToken">Stops the drawing of the intervals.</param>
    public static MapTable Of(IReadOnlyList<MapFigures> figures, BootstrapOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(figures);
        MapMetric[] metrics = [.. MapMetrics.All.Where(m => figures.Any(f => f.Values.ContainsKey(m.Name)))];
        OrderedDictionary<string, int> images = new(figures.GroupBy(f => f.Method).Select(g => KeyValuePair.Create(g.Key, g.Count())), StringComparer.Ordinal);
        MapTable table = new(metrics, images) { Confidence = (options ?? new BootstrapOptions()).Confidence };
        foreach (IGrouping<string, MapFigures> method in figures.GroupBy(f => f.Method))
        {
            foreach (MapMetric metric in metrics)
            {
                MapFigures[] known = [.. method.Where(f => f.Values.ContainsKey(metric.Name))];
                if (known.Length > 0)
                {
                    Interval interval = PatientInterval.Of([.. known.Select(f => f.Values[metric.Name])], [.. known.Select(f => f.Subject.Patient)], options, cancellationToken);
                    table._cells[(method.Key, metric.Name)] = (interval, known.Length);
                }
            }
        }

        return table;
    }

    /// <summary>One line for each method and figure: method, metric, mean, low, high, better, and on how many images it is defined.</summary>
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
                    csv.Append(CultureInfo.InvariantCulture, $"{CsvText.Field(method)},{metric.Name},{cell.Estimate:R},{cell.Low:R},{cell.High:R},{metric.Better},{ImagesOf(method, metric.Name)}\n");
                }
            }
        }

        return csv.ToString();
    }
}
