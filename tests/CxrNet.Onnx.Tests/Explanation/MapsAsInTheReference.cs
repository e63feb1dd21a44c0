using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using CxrNet.TestData;

namespace CxrNet.Onnx.Tests;

/// <summary>Walks the manifest of golden/explain: what ONNX Runtime can compute is compared, the rest is named with its reason, and nothing is passed over.</summary>
public sealed partial class MapsAsInTheReference
{
    private const double Loose = 1e-3;
    private const double Tight = 1e-4;
    private const double Ablation = 2e-3;

    /// <summary>Why a file is not for this backend; a name that is neither here nor computed fails the walk.</summary>
    private static readonly (string Pattern, string Reason)[] OutOfScope =
    [
        ("^(saliency_|input_x_gradient|integrated_gradients_|smoothgrad_|vargrad|guided_|deconvolution|deeplift|lrp_|layer_gradcam_captum)", "needs a backward pass through the network"),
        ("^(early_)?cam_(gradcam_plusplus|layercam|gradcam_elementwise|eigengradcam|fullgrad|shapleycam|gradcam_softmaxtarget|gradcam_two_layers)", "is a gradient method, offered by the backend that has gradients"),
        ("^early_cam_(gradcam|hirescam|xgradcam)_", "needs a gradient: behind the early layer there is no linear head"),
    ];

    [Theory]
    [InlineData("netA", 134, 199)]
    [InlineData("netB", 74, 253)]
    public void EveryFileOfTheManifestIsComparedOrNamed(string name, int compared, int outOfScope)
    {
        using GoldenNetwork net = new(name);
        List<string> failures = [];
        int visited = 0, passedOver = 0;
        foreach (string file in FilesOf(name))
        {
            Match place = Expected().Match(file);
            int image = int.Parse(place.Groups["image"].Value, CultureInfo.InvariantCulture);
            string map = place.Groups["map"].Value;
            if (Find(net, image, place.Groups["class"].Value, map) is { } found)
            {
                visited++;
                Npy expected = Npy.Read(GoldenNetwork.Path(file));
                double error = Distance(expected.Values, found.Values, found.AnySign);
                if (!(error <= found.Tolerance))
                {
                    failures.Add(FormattableString.Invariant($"{file}: {error:E2} of the largest value, {found.Tolerance} at most"));
                }
            }
            else if (ReasonFor(map, name) is not null)
            {
                passedOver++;
            }
            else
            {
                failures.Add($"{file}: neither computed nor named as out of scope");
            }
        }

        Assert.True(failures.Count == 0, string.Join('\n', failures));
        Assert.Equal((compared, outOfScope), (visited, passedOver));
    }

    [Theory]
    [InlineData("netA")]
    [InlineData("netB")]
    public void ScoresAndFeaturesOfTheTakenApartModel(string name)
    {
        using GoldenNetwork net = new(name);
        Assert.Equal("features", OnnxFeatures.Find(File.ReadAllBytes(GoldenNetwork.Path($"{name}/model_with_features.onnx"))));
        Npy features = Npy.Read(GoldenNetwork.Path($"{name}/features.npy")), logits = Npy.Read(GoldenNetwork.Path($"{name}/logits.npy"));
        for (int i = 0; i < 3; i++)
        {
            using InputTensor input = InputTensor.From([GoldenNetwork.Input(i)], net.Classifier.Card.Input);
            float[] planes = new float[net.Features.FeatureLength], scores = new float[4];
            net.Features.Run(input.Values, 1, planes, scores, TestContext.Current.CancellationToken);
            Assert.True(Distance([.. features.Values.Skip(i * planes.Length).Take(planes.Length)], planes, false) < Tight);
            Assert.True(Distance([.. logits.Values.Skip(4 * i).Take(4)], scores, false) < Tight);
            Array.Clear(scores);
            net.Features.RunHead(planes, input.Values, 1, scores, TestContext.Current.CancellationToken);
            Assert.True(Distance([.. logits.Values.Skip(4 * i).Take(4)], scores, false) < Tight);
        }
    }

    private static string? ReasonFor(string map, string net)
    {
        if (net == "netB" && Regex.IsMatch(map, "^cam_(gradcam|hirescam|xgradcam)_(raw|weights|final)$"))
        {
            return "the head has a hidden layer, so its gradient is not constant";
        }

        return OutOfScope.FirstOrDefault(o => Regex.IsMatch(map, o.Pattern)).Reason;
    }

    private static Found? Find(GoldenNetwork net, int image, string target, string map)
    {
        GrayImage input = GoldenNetwork.Input(image);
        float[] Of(IExplanationMap method) => method.Explain([input], target, TestContext.Current.CancellationToken)[0].Values.ToArray();
        float[] Final(IExplanationMap method, int sign = 1)
        {
            Heatmap heatmap = method.Explain([input], target, TestContext.Current.CancellationToken)[0];
            return PytorchGradCamScaling.Of(new Heatmap(heatmap.Width, heatmap.Height, Array.ConvertAll(heatmap.Values.ToArray(), v => sign * v), 64, 64)).Values.ToArray();
        }

        float[] Either(IExplanationMap method)
        {
            // The reference's sign is its library's; of the two finals the one of our sign is expected.
            Npy raw = Npy.Read(GoldenNetwork.Path($"{net.Name}/expected/img{image}_class{target}/{map.Replace("_final_flipped", "_raw", StringComparison.Ordinal).Replace("_final", "_raw", StringComparison.Ordinal)}.npy"));
            float[] ours = Of(method);
            bool same = raw.Values.Zip(ours, (a, b) => a * b).Sum() > 0;
            return Final(method, same == map.EndsWith("_flipped", StringComparison.Ordinal) ? -1 : 1);
        }

        PerturbationOptions zero = new() { Reference = PerturbationReference.Zero, BatchSize = 8 };
        switch (map)
        {
            case "occlusion":
                return new(Of(new OcclusionMap(net.Classifier, new OcclusionOptions { Reference = zero.Reference, Window = 8, Stride = 4 })), Tight);
            case "feature_ablation_8x8":
                // One value per patch: the first pixel of each.
                float[] patches = Of(new FeatureAblationMap(net.Classifier, new FeatureAblationOptions { Reference = zero.Reference, Regions = ImageRegions.Patches(8, 8) }));
                return new([.. Enumerable.Range(0, 64).Select(i => patches[(i / 8 * 8 * 64) + (i % 8 * 8)])], Tight);
            case "rise_softmax" or "rise_logit":
                Npy masks = Npy.Read(GoldenNetwork.Path("inputs/rise_masks.npy"));
                return new(Of(new RiseMap(net.Classifier, new RiseOptions
                {
                    Reference = zero.Reference,
                    Score = map == "rise_logit" ? ExplainedScore.Logit : ExplainedScore.Probability,
                    GivenMasks = [.. masks.Floats.Chunk(64 * 64)],
                    StopAtReliability = null,
                })), Tight);
            case "recipro_onehot_softmax_raw":
                return new(Of(new ReciproCamMap(net.Features)), Tight);
            case "recipro_onehot_logit_raw":
                return new(Of(new ReciproCamMap(net.Features, ExplainedScore.Logit)), Tight);
            case "cam_scorecam_raw":
                return new(Of(new ScoreCamMap(net.Features)), Tight);
            case "cam_scorecam_final":
                return new(Final(new ScoreCamMap(net.Features)), Loose);
            case "cam_scorecam_weights" or "cam_ablationcam_weights" or "early_cam_ablationcam_weights":
                return WeightsOf(net, input, int.Parse(target, CultureInfo.InvariantCulture), map);
            case "cam_ablationcam_raw":
                return new(Of(new AblationCamMap(net.Features)), Ablation);
            case "cam_ablationcam_final":
                return new(Final(new AblationCamMap(net.Features)), Ablation);
            case "early_cam_ablationcam_raw":
                return new(Of(new AblationCamMap(net.Early)), Ablation);
            case "cam_fem_raw":
                return new(Of(new FemMap(net.Features)), Tight);
            case "cam_fem_final":
                return new(Final(new FemMap(net.Features)), Loose);
            case "cam_eigencam_raw":
                return new(Of(new EigenCamMap(net.Features)), Loose, AnySign: true);
            case "cam_kpca_cam_raw":
                return new(Of(new KpcaCamMap(net.Features)), Loose, AnySign: true);
            case "cam_eigencam_final" or "cam_eigencam_final_flipped":
                return new(Either(new EigenCamMap(net.Features)), Loose);
            case "cam_kpca_cam_final" or "cam_kpca_cam_final_flipped":
                return new(Either(new KpcaCamMap(net.Features)), Loose);
            case "cam_classic_raw":
                return new(Of(new CamMap(net.Features)), Tight);
            // ShapleyCAM corrects Grad-CAM by second derivatives, which a plain logit behind a linear head does not have.
            case "cam_gradcam_raw" or "cam_hirescam_raw" or "cam_xgradcam_raw" or "cam_shapleycam_raw" or "layer_gradcam_captum" when net.Name == "netA":
                return new(Of(new HiResCamMap(net.Features)), Tight);
            case "cam_gradcam_final" or "cam_hirescam_final" or "cam_xgradcam_final" or "cam_shapleycam_final" when net.Name == "netA":
                return new(Final(new HiResCamMap(net.Features)), Loose);
            case "cam_gradcam_weights" or "cam_xgradcam_weights" or "cam_shapleycam_weights" when net.Name == "netA":
                return new(Array.ConvertAll(net.Features.LinearHead(int.Parse(target, CultureInfo.InvariantCulture)).ToArray(), w => w / net.Features.PlaneLength), Tight);
            default:
                return null;
        }
    }

    private static Found WeightsOf(GoldenNetwork net, GrayImage image, int target, string map)
    {
        OnnxFeatureModel model = map.StartsWith("early_", StringComparison.Ordinal) ? net.Early : net.Features;
        using InputTensor input = InputTensor.From([image], net.Classifier.Card.Input);
        float[] planes = new float[model.FeatureLength], logits = new float[4];
        model.Run(input.Values, 1, planes, logits, TestContext.Current.CancellationToken);
        FeatureView view = new(model, input.Values, planes, logits, target);
        return map == "cam_scorecam_weights"
            ? new(ScoreCamMap.Weights(view, TestContext.Current.CancellationToken), Tight)
            : new(AblationCamMap.Weights(view, TestContext.Current.CancellationToken), Ablation);
    }

    private static double Distance(double[] expected, float[] found, bool anySign)
    {
        Assert.Equal(expected.Length, found.Length);
        double size = expected.Max(Math.Abs), same = 0, opposite = 0;
        for (int i = 0; i < found.Length; i++)
        {
            same = Math.Max(same, Math.Abs(expected[i] - found[i]));
            opposite = Math.Max(opposite, Math.Abs(expected[i] + found[i]));
        }

        return (anySign ? Math.Min(same, opposite) : same) / Math.Max(size, 1e-300);
    }

    private static IEnumerable<string> FilesOf(string net)
    {
        using JsonDocument manifest = JsonDocument.Parse(File.ReadAllText(GoldenNetwork.Path("manifest.json")));
        JsonElement files = manifest.RootElement.GetProperty("files");
        string[] names = files.ValueKind == JsonValueKind.Object
            ? [.. files.EnumerateObject().Select(p => p.Name)]
            : [.. files.EnumerateArray().Select(f => (f.TryGetProperty("file", out JsonElement n) ? n : f.GetProperty("path")).GetString()!)];
        return [.. names.Where(n => n.StartsWith($"{net}/expected/", StringComparison.Ordinal))];
    }

    [GeneratedRegex("^net[AB]/expected/img(?<image>[0-9])_class(?<class>[0-9])/(?<map>.+)\\.npy$")]
    private static partial Regex Expected();

    private sealed record Found(float[] Values, double Tolerance, bool AnySign = false);
}
