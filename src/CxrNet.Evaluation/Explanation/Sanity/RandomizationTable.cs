using System.Globalization;
using System.Text;

namespace CxrNet.Evaluation;

/// <summary>Methods against what the network has lost: mean rank correlation and SSIM with the trained network's maps, and their bootstrap intervals, by patient where patients are known.</summary>
/// <remarks>J. Adebayo et al., NeurIPS 2018 (arXiv 1810.03292). A map that follows the network falls towards 0; one that stays at 1 explains the image alone.</remarks>
public sealed class RandomizationTable
{
    private readonly Dictionary<(string Method, string Stage), (Figure Rank, Figure Magnitude, Figure Ssim, int Images)> _cells = [];

    private RandomizationTable(IReadOnlyList<string> methods, IReadOnlyList<string> stages) => (Methods, Stages) = (methods, stages);

    /// <summary>In the order in which they came.</summary>
    public IReadOnlyList<string> Methods { get; }

    /// <summary>In the order in which they came.</summary>
    public IReadOnlyList<string> Stages { get; }

    /// <summary>Of all intervals, 0.95 for 95 %.</summary>
    public double Confidence { get; private init; } = 0.95;

    /// <summary>Spearman's rank correlation of the signed maps; NaN where a stage was not measured, or every map is constant.</summary>
    public Interval Spearman(string method, string stage) => Cell(method, stage).Rank.Mean;

    /// <summary>Spearman's rank correlation of the absolute values.</summary>
    public Interval SpearmanAbsolute(string method, string stage) => Cell(method, stage).Magnitude.Mean;

    /// <summary>SSIM, 7 x 7 uniform window, maps brought to 0 … 1.</summary>
    public Interval Ssim(string method, string stage) => Cell(method, stage).Ssim.Mean;

    /// <summary>How many images a method was compared on; 0 where a stage was not measured.</summary>
    public int ImagesOf(string method, string stage) => Cell(method, stage).Images;

    /// <summary>On how many of them one of the two maps is constant. A constant map has no ranks, so these images are not in the rank correlations; SSIM counts it as zeros.</summary>
    public int ConstantMapsOf(string method, string stage) => ImagesOf(method, stage) - Cell(method, stage).Rank.Images;

    /// <summary>Sums up.</summary>
    /// <param name="rows">One for each method, stage and image.</param>
    /// <param name="options">Seed and replicates of the bootstrap; the defaults where null. Patients are taken from the subjects.</param>
    /// <param name="cancellationToken">Stops the drawing of the intervals.</param>
    public static RandomizationTable Of(IReadOnlyList<RandomizationRow> rows, BootstrapOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(rows);
        RandomizationTable table = new([.. rows.Select(r => r.Method).Distinct()], [.. rows.Select(r => r.Stage).Distinct()]) { Confidence = (options ?? new BootstrapOptions()).Confidence };
        foreach (IGrouping<(string Method, string Stage), RandomizationRow> cell in rows.GroupBy(r => (r.Method, r.Stage)))
        {
            string[] patients = [.. cell.Select(r => r.Subject.Patient)];
            Figure Of(Func<MapComparison, double> figure)
            {
                double[] values = [.. cell.Select(r => figure(r.Likeness))];
                return new(PatientInterval.Of(values, patients, options, cancellationToken), values.Count(static v => !double.IsNaN(v)));
            }

            table._cells[cell.Key] = (Of(c => c.Spearman), Of(c => c.SpearmanAbsolute), Of(c => c.SsimUniform), patients.Length);
        }

        return table;
    }

    /// <summary>One line for each method, stage and figure: method, stage, metric, mean, low, high, and on how many images it is defined. Fewer for the rank correlations than for SSIM: the other images' maps became constant.</summary>
    public string ToCsv()
    {
        StringBuilder csv = new("method,stage,metric,mean,low,high,images\n");
        foreach (string method in Methods)
        {
            foreach (string stage in Stages.Where(s => _cells.ContainsKey((method, s))))
            {
                var cell = Cell(method, stage);
                foreach ((string name, Figure value) in new[] { ("spearman", cell.Rank), ("spearman_absolute", cell.Magnitude), ("ssim", cell.Ssim) }.Where(v => v.Item2.Images > 0))
                {
                    csv.Append(CultureInfo.InvariantCulture, $"{CsvText.Field(method)},{CsvText.Field(stage)},{name},{value.Mean.Estimate:R},{value.Mean.Low:R},{value.Mean.High:R},{value.Images}\n");
                }
            }
        }

        return csv.ToString();
    }

    private (Figure Rank, Figure Magnitude, Figure Ssim, int Images) Cell(string method, string stage)
    {
        Figure none = new(new Interval(double.NaN, double.NaN, double.NaN), 0);
        return _cells.GetValueOrDefault((method, stage), (none, none, none, 0));
    }

    private readonly record struct Figure(Interval Mean, int Images);
}
