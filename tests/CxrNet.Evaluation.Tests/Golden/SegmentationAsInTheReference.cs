using System.Globalization;
using System.Text.Json;
using CxrNet.TestData;

namespace CxrNet.Evaluation.Tests;

[Trait("Category", "golden")]
public sealed class SegmentationAsInTheReference
{
    [Fact]
    public void EveryFigureOfEveryPairAgrees()
    {
        GoldenFolder golden = new();
        foreach (JsonProperty pair in GoldenFolder.Json("segmentation_metrics.json").EnumerateObject())
        {
            BinaryMask truth = Read(pair.Name, "truth");
            BinaryMask predicted = Read(pair.Name, "pred");
            MaskOverlap overlap = MaskOverlap.Of(truth, predicted);
            Dictionary<string, Func<object?>> rules = new()
            {
                ["dice"] = () => overlap.Dice,
                ["iou"] = () => overlap.IntersectionOverUnion,
                ["precision"] = () => overlap.Precision,
                ["recall"] = () => overlap.Recall,
                ["pred_pixels"] = () => overlap.Predicted,
                ["truth_pixels"] = () => overlap.Truth,
            };
            foreach (JsonProperty entry in pair.Value.EnumerateObject())
            {
                if (rules.TryGetValue(entry.Name, out Func<object?>? rule))
                {
                    golden.Near($"{pair.Name}.{entry.Name}", entry.Value, rule(), 1e-9);
                }
                else if (entry.Name.Split('_') is ["spacing", string row, string column])
                {
                    PixelSpacing spacing = new(double.Parse(row, CultureInfo.InvariantCulture), double.Parse(column, CultureInfo.InvariantCulture));
                    Distances(golden, $"{pair.Name}.{entry.Name}", entry.Value, SurfaceDistances.Between(truth, predicted, spacing));
                }
                else
                {
                    golden.Unknown($"{pair.Name}.{entry.Name}");
                }
            }
        }

        golden.AssertAllNear();
    }

    private static void Distances(GoldenFolder golden, string name, JsonElement expected, SurfaceDistances? found)
    {
        if (found is null || expected.ValueKind == JsonValueKind.Null)
        {
            Assert.True(found is null && expected.ValueKind == JsonValueKind.Null, $"{name}: one of both is undefined");
            return;
        }

        golden.Walk(name, expected, new Dictionary<string, Func<object?>>
        {
            ["assd_mean_of_directed"] = () => found.AverageMeanOfDirected,
            ["assd_pooled"] = () => found.AveragePooled,
            ["directed_mean_pred_to_truth"] = () => found.MeanPredictedToTruth,
            ["directed_mean_truth_to_pred"] = () => found.MeanTruthToPredicted,
            ["hausdorff"] = () => found.Hausdorff,
            ["hd95_max_of_directed"] = () => found.Hausdorff95MaxOfDirected,
            ["hd95_pooled"] = () => found.Hausdorff95Pooled,
            ["surface_pixels"] = () => new[] { found.PredictedSurface, found.TruthSurface },
        }, _ => 1e-9);
    }

    private static BinaryMask Read(string pair, string which)
    {
        Npy array = GoldenFolder.Array($"segmentation/{pair}_{which}.npy");
        return new BinaryMask(array.Shape[1], array.Shape[0], Array.ConvertAll(array.Values, v => v != 0));
    }
}
