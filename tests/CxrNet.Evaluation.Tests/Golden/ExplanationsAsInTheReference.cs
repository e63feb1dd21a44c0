using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using CxrNet.TestData;

namespace CxrNet.Evaluation.Tests;

[Trait("Category", "golden")]
public sealed partial class ExplanationsAsInTheReference
{
    private readonly GoldenFolder _golden = new();

    [Fact]
    public void EverySectionHasATest() =>
        Assert.Empty(Json().EnumerateObject().Select(s => s.Name).Except(["class_of_image", "complexity", "deletion_insertion", "infidelity", "localisation", "maps", "road", "sanity"]));

    [Fact]
    public void EveryFileOfTheManifestIsRead()
    {
        Regex[] rules = [Files()];
        string[] unknown = [.. GoldenFolder.Json("manifest.json").GetProperty("files").EnumerateArray().Select(f => f.GetProperty("file").GetString()!).Where(f => !rules.Any(r => r.IsMatch(f)))];
        Assert.Empty(unknown);
    }

    [Fact]
    public void Complexity()
    {
        foreach (JsonProperty entry in Json().GetProperty("complexity").EnumerateObject())
        {
            float[] map = Map(entry.Name);
            _golden.Walk(entry.Name, entry.Value, new Dictionary<string, Func<object?>>
            {
                ["effective_complexity_gt_0.1"] = () => MapComplexity.Effective(map, 0.1),
                ["entropy_nats"] = () => MapComplexity.Entropy(map),
                ["gini"] = () => MapComplexity.Gini(map),
                ["gini_quantus_eps"] = () => MapComplexity.Gini(map, 1e-7),
                ["ptgradcam_complexity_mean_abs"] = () => MapComplexity.MeanAbsolute(map),
            }, name => name == "ptgradcam_complexity_mean_abs" ? 1e-6 : 1e-9);
        }

        _golden.AssertAllNear();
    }

    [Fact]
    public void Localisation()
    {
        foreach (JsonProperty entry in Json().GetProperty("localisation").EnumerateObject())
        {
            string[] parts = entry.Name.Split("__");
            float[] map = Map(parts[0]);
            Npy array = GoldenFolder.Array($"localisation/mask_{parts[1]}.npy");
            BinaryMask mask = new(array.Shape[1], array.Shape[0], Array.ConvertAll(array.Values, v => v != 0));
            PointingGame point = PointingGame.Of(map, mask);
            int Count(string name) => entry.Value.GetProperty($"k_{name}").GetInt32();
            Dictionary<string, Func<object?>> rules = new()
            {
                ["distance_to_mask"] = () => point.DistanceToMask,
                ["energy"] = () => EnergyShare.In(map, mask).Share,
                ["hit"] = () => point.IsHit() ? 1 : 0,
                ["iou_threshold_0.5"] = () => MapOverlap.AtLeast(map, mask, 0.5f).IntersectionOverUnion,
                ["mask_pixels"] = () => mask.Count,
                ["peak_row_col"] = () => new[] { point.Y, point.X },
                ["pixel_auc"] = () => PixelRanking.Of(map, mask).RocArea,
                ["relevance_rank_accuracy"] = () => MapOverlap.RelevanceRankAccuracy(map, mask),
                ["k_mask_size"] = () => mask.Count,
            };
            foreach (string name in entry.Value.EnumerateObject().Select(p => p.Name))
            {
                if (Tolerance().Match(name) is { Success: true } tolerance)
                {
                    rules[name] = () => point.IsHit(double.Parse(tolerance.Groups[1].Value, CultureInfo.InvariantCulture)) ? 1 : 0;
                }
                else if (TopShare().Match(name) is { Success: true } share)
                {
                    rules[name] = () => map.Length * int.Parse(share.Groups[1].Value, CultureInfo.InvariantCulture) / 100;
                }
                else if (name.StartsWith("iou_", StringComparison.Ordinal) && entry.Value.TryGetProperty($"k_{name[4..]}", out _))
                {
                    rules[name] = () => MapOverlap.Top(map, mask, Count(name[4..])).IntersectionOverUnion;
                }
            }

            _golden.Walk(entry.Name, entry.Value, rules, _ => 1e-9);
        }

        _golden.AssertAllNear();
    }

    [Fact]
    public void TheBlurOfRise()
    {
        double[] kernel = ReferenceImages.RiseKernel();
        _golden.Near("kernel", GoldenFolder.Array("deletion_insertion/gauss_kernel_11_5.npy").Values, [.. kernel.SelectMany(a => kernel.Select(b => a * b))], 1e-8);
        Npy blurred = GoldenFolder.Array("deletion_insertion/blurred.npy");
        for (int i = 0; i < blurred.Shape[0]; i++)
        {
            double[] plane = [.. blurred.Values.Skip(i * blurred.Shape[1] * blurred.Shape[2]).Take(blurred.Shape[1] * blurred.Shape[2])];
            _golden.Near($"blurred {i}", plane, Array.ConvertAll(ReferenceImages.RiseBlur(GoldenNet.Input(i)).Pixels.ToArray(), v => (double)v), 1e-5);
        }

        _golden.AssertAllNear();
    }

    [Fact]
    public void DeletionAndInsertion()
    {
        using GoldenNet net = new("netA");
        foreach (JsonProperty entry in Json().GetProperty("deletion_insertion").EnumerateObject())
        {
            Match name = CurveName().Match(entry.Name);
            int image = int.Parse(name.Groups["image"].Value, CultureInfo.InvariantCulture);
            CausalOptions options = new() { PixelsPerStep = int.Parse(name.Groups["step"].Value, CultureInfo.InvariantCulture) };
            float[] map = Map($"img{image}_{name.Groups["map"].Value}");
            CausalCurve curve = name.Groups["kind"].Value switch
            {
                "del" => CausalMetric.Deletion(net.Probability(ClassOf(image)), GoldenNet.Input(image), map, options with { Reference = x => ReferenceImages.Constant(x, 0) }, TestContext.Current.CancellationToken),
                "ins" => CausalMetric.Insertion(net.Probability(ClassOf(image)), GoldenNet.Input(image), map, options, TestContext.Current.CancellationToken),
                _ => throw new NotSupportedException(entry.Name),
            };
            _golden.Walk(entry.Name, entry.Value, new Dictionary<string, Func<object?>>
            {
                ["auc"] = () => curve.Area,
                ["first"] = () => curve.Scores[0],
                ["last"] = () => curve.Scores[^1],
                ["points"] = () => curve.Scores.Count,
            }, _ => 1e-5);
            _golden.Near($"{entry.Name} curve", GoldenFolder.Array($"deletion_insertion/{entry.Name}.npy").Values, [.. curve.Scores], 1e-5);
        }

        _golden.AssertAllNear();
    }

    [Fact]
    public void RemoveAndDebias()
    {
        using GoldenNet net = new("netA");
        foreach (JsonProperty entry in Json().GetProperty("road").EnumerateObject())
        {
            bool logit = entry.Name.EndsWith("_logit", StringComparison.Ordinal);
            string map = entry.Name[..entry.Name.LastIndexOf('_')];
            int image = int.Parse(entry.Name.AsSpan(3, 1), CultureInfo.InvariantCulture);
            RoadOptions options = new() { Percentiles = [.. entry.Value.GetProperty("morf").EnumerateObject().Select(p => double.Parse(p.Name, CultureInfo.InvariantCulture))] };
            RoadResult result = Road.Of(logit ? net.Logit(ClassOf(image)) : net.Probability(ClassOf(image)), GoldenNet.Input(image), Map(map), options, TestContext.Current.CancellationToken);
            _golden.Walk(entry.Name, JsonSerializer.SerializeToElement(entry.Value.EnumerateObject().ToDictionary(p => p.Name, p => p.Value.ValueKind == JsonValueKind.Object ? JsonSerializer.SerializeToElement(p.Value.EnumerateObject().Select(v => v.Value)) : p.Value)), new Dictionary<string, Func<object?>>
            {
                ["combined"] = () => result.Combined,
                ["lerf"] = () => result.LeastRelevantFirst,
                ["lerf_mean"] = () => result.LeastRelevantFirst.Average(),
                ["morf"] = () => result.MostRelevantFirst,
                ["morf_mean"] = () => result.MostRelevantFirst.Average(),
            }, _ => logit ? 1e-4 : 1e-5);
        }

        foreach (string file in Directory.GetFiles(GoldenFolder.Metrics("road"), "*_imputed.npy"))
        {
            Match name = Imputed().Match(Path.GetFileNameWithoutExtension(file));
            float[] map = Map(name.Groups["map"].Value);
            float[] ordered = name.Groups["order"].Value == "morf" ? map : Array.ConvertAll(map, v => -v);
            GrayImage image = GoldenNet.Input(int.Parse(name.Groups["map"].Value.AsSpan(3, 1), CultureInfo.InvariantCulture));
            GrayImage filled = RoadImputation.Fill(image, Road.RemovedAt(ordered, double.Parse(name.Groups["percentile"].Value, CultureInfo.InvariantCulture)));
            _golden.Near(Path.GetFileName(file), Npy.Read(file).Values, Array.ConvertAll(filled.Pixels.ToArray(), v => (double)v), 1e-5);
        }

        _golden.AssertAllNear();
    }

    [Fact]
    public void InfidelityAndSensitivity()
    {
        float[][] perturbations = Planes("infidelity/perturbations.npy");
        float[][] nudges = Planes("infidelity/sensitivity_perturbations.npy");
        foreach (JsonProperty entry in Json().GetProperty("infidelity").EnumerateObject())
        {
            string netName = entry.Name[..4];
            GrayImage image = GoldenNet.Input(int.Parse(entry.Name.AsSpan(8, 1), CultureInfo.InvariantCulture));
            int target = entry.Value.GetProperty("target").GetInt32();
            using GoldenNet net = new(netName);
            using GradientNet gradient = new(netName);
            double Infidel(bool normalize) => Evaluation.Infidelity.Of(net.Logit(target), image, GoldenFolder.Array($"infidelity/{entry.Name}.npy").Floats, perturbations, normalize, TestContext.Current.CancellationToken);
            foreach (JsonProperty figure in entry.Value.EnumerateObject())
            {
                double? found = figure.Name switch
                {
                    "infidelity_normalize_0" => Infidel(false),
                    "infidelity_normalize_1" => Infidel(true),

                    // The reference's figure is the README's formula times the root of the number of perturbations, on both nets and images to seven digits:
                    // in it the map of x has lost its channel axis, so E(x + s) - E(x) is broadcast to as many copies as there are perturbations.
                    "value" => Math.Sqrt(nudges.Length) * MaxSensitivity.Of(gradient, target.ToString(CultureInfo.InvariantCulture), image, nudges, TestContext.Current.CancellationToken),
                    "target" => target,
                    "explanation" => null,
                    _ => double.NaN,
                };
                if (found is { } value)
                {
                    // The reference computes in float32, so its figures carry seven digits.
                    _golden.Near($"{entry.Name}.{figure.Name}", figure.Value, value, 1e-4 * Math.Max(1e-2, Math.Abs(figure.Value.GetDouble())));
                }
                else
                {
                    Assert.Equal("signed gradient", figure.Value.GetString());
                }
            }
        }

        _golden.AssertAllNear();
    }

    [Fact]
    public void SimilarityAfterRandomisation()
    {
        foreach (JsonProperty entry in Json().GetProperty("sanity").EnumerateObject())
        {
            string[] parts = entry.Name.Split('_');
            Npy original = GoldenFolder.Array($"sanity/{parts[0]}_{parts[1]}_0_original.npy");
            Compare(entry, MapComparison.Of(original.Floats, GoldenFolder.Array($"sanity/{entry.Name}.npy").Floats, original.Shape[1], original.Shape[0]), 1e-6);
        }

        _golden.AssertAllNear();
    }

    [Theory]
    [InlineData("netA")]
    [InlineData("netB")]
    public void CascadingRandomisationOfTheGradient(string netName)
    {
        using GradientNet net = new(netName);
        JsonProperty[] entries = [.. Json().GetProperty("sanity").EnumerateObject().Where(e => e.Name.StartsWith($"{netName}_gradient_", StringComparison.Ordinal)).OrderBy(e => e.Name, StringComparer.Ordinal)];
        string target = entries[0].Value.GetProperty("target").GetRawText();
        RandomizationStage[] stages = [.. entries.Select(e => e.Name.Split('_')).Select(p => new RandomizationStage(p[3], () => net.Replace(p[3], GoldenFolder.Array($"sanity/weights/{netName}_{p[2]}_{p[3]}.weight.npy").Values)))];
        IReadOnlyList<RandomizationStep> steps = ParameterRandomization.Cascade(net, [GoldenNet.Input(0)], target, stages, TestContext.Current.CancellationToken);
        Assert.Equal(entries.Length, steps.Count);
        foreach ((JsonProperty entry, RandomizationStep step) in entries.Zip(steps))
        {
            Compare(entry, step.Comparisons[0], 1e-4);
        }

        _golden.AssertAllNear();
    }

    private void Compare(JsonProperty entry, MapComparison found, double tolerance) =>
        _golden.Walk(entry.Name, entry.Value, new Dictionary<string, Func<object?>>
        {
            ["pearson"] = () => found.Pearson,
            ["spearman_abs"] = () => found.SpearmanAbsolute,
            ["spearman_signed"] = () => found.Spearman,
            ["ssim_gauss1.5_minmax01"] = () => found.SsimGaussian,
            ["ssim_uniform7_minmax01"] = () => found.SsimUniform,
            ["target"] = () => entry.Value.GetProperty("target").GetInt32(),
        }, _ => tolerance);

    private static JsonElement Json() => GoldenFolder.Json("explanation_metrics.json");

    private static int ClassOf(int image) => Json().GetProperty("class_of_image").GetProperty(image.ToString(CultureInfo.InvariantCulture)).GetInt32();

    private static float[] Map(string name) => GoldenFolder.Array($"maps/{name}.npy").Floats;

    private static float[][] Planes(string file)
    {
        Npy array = GoldenFolder.Array(file);
        return [.. array.Floats.Chunk(array.Shape[^1] * array.Shape[^2])];
    }

    [GeneratedRegex("^hit_tolerance([0-9]+)$")]
    private static partial Regex Tolerance();

    [GeneratedRegex("^k_top([0-9]+)pct$")]
    private static partial Regex TopShare();

    [GeneratedRegex("^img(?<image>[0-9]+)_(?<map>.+)_(?<kind>del|ins)_step(?<step>[0-9]+)$")]
    private static partial Regex CurveName();

    [GeneratedRegex("^(?<map>.+)_(?<order>morf|lerf)(?<percentile>[0-9]+)_imputed$")]
    private static partial Regex Imputed();

    [GeneratedRegex(@"^(README\.md|(classification|segmentation|explanation)_metrics\.json|(classification|segmentation|deletion_insertion|infidelity|localisation|maps|road|sanity|sanity/weights)/[^/]+\.npy)$")]
    private static partial Regex Files();
}
