using System.Globalization;
using System.Text.Json;
using CxrNet.TestData;
using CxrNet.Torch.Explanation;
using TorchSharp;

namespace CxrNet.Torch.Tests.Explanation;

/// <summary>Every map of golden/explain, which captum, pytorch-grad-cam and RISE computed, against this library's.</summary>
public sealed class ExplainingAsInTheReference : IDisposable
{
    private readonly OneThread _oneThread = new();

    public void Dispose() => _oneThread.Dispose();

    [Theory, InlineData("netA"), InlineData("netB")]
    public void EveryExpectedFileIsMatched(string net)
    {
        // Files of which the last bit of the input decides more than the tolerance: the processor's order of summation would choose whether they pass.
        const int MostUndetermined = 4;
        int undetermined = 0;
        using ExplainableNetwork network = GoldenNets.Create(net);
        GrayImage[] images = GoldenNets.Images();
        List<string> failures = [];
        Dictionary<string, double> worst = new(StringComparer.Ordinal);
        int compared = 0, expected = 0;
        foreach (string file in ExpectedFiles(net))
        {
            expected++;
            string name = Path.GetFileNameWithoutExtension(file);
            string folder = GoldenNets.Path(Path.GetDirectoryName(file)!);
            string[] parts = Path.GetFileName(folder).Split('_');   // img0_class1
            GoldenCase situation = new(network, images[int.Parse(parts[0][3..], CultureInfo.InvariantCulture)], parts[1][5..], folder);
            float[] golden = Npy.Read(GoldenNets.Path(file)).Floats;
            float[]? found = situation.Compute(name);
            if (found is null || found.Length != golden.Length)
            {
                failures.Add($"{file}: {(found is null ? "no method knows it" : $"{found.Length} values, {golden.Length} expected")}");
                continue;
            }

            compared++;
            double error = Error(name, golden, found);
            if (error > ToleranceOf(name) && RoundingNoise.Of(situation, name, (a, b) => Error(name, a, b)) is var noise && error <= noise)
            {
                undetermined++;
                TestContext.Current.TestOutputHelper!.WriteLine(FormattableString.Invariant($"{file}: differs by {error:G3}, and by {noise:G3} from itself when pixels change by their last bit."));
                continue;
            }

            worst[name] = Math.Max(worst.GetValueOrDefault(name), error);
            if (!(error <= ToleranceOf(name)))
            {
                failures.Add(FormattableString.Invariant($"{file}: differs by {error:G3}, at most {ToleranceOf(name)} expected"));
            }
        }

        ITestOutputHelper output = TestContext.Current.TestOutputHelper!;
        output.WriteLine($"{net}: {expected} expected files, {compared} compared.");
        foreach ((string name, double error) in worst.OrderByDescending(static w => w.Value).Take(12))
        {
            output.WriteLine(FormattableString.Invariant($"  {name}: {error:G3}"));
        }

        Assert.True(failures.Count == 0, string.Join('\n', failures));
        Assert.True(undetermined <= MostUndetermined, $"{undetermined} files hang on the last bit of their input.");
        Assert.True(compared > 0 && compared == expected, $"{compared} of {expected} compared.");
    }

    [Theory, InlineData("netA"), InlineData("netB")]
    public void TheNetworksThemselvesAreTheReferences(string net)
    {
        using ExplainableNetwork network = GoldenNets.Create(net);
        float[] x = Npy.Read(GoldenNets.Path("inputs/x.npy")).Floats;
        using var scope = torch.NewDisposeScope();
        LayerGraph graph = network.Graph;
        torch.Tensor?[] values = graph.Run(ExplanationRun.Given(0, torch.tensor(x).view(-1, 1, 64, 64)), [graph.Features, graph.Output]);
        Near("logits", values[graph.Output]!);
        Near("features", values[graph.Features]!);
        Near("softmax", values[graph.Output]!.softmax(1));
        Assert.Equal(Npy.Read(GoldenNets.Path($"{net}/targets.npy")).Floats.Chunk(2).Select(static t => (long)t[0]), values[graph.Output]!.argmax(1).data<long>());

        void Near(string name, torch.Tensor found)
        {
            double error = Error(name, Npy.Read(GoldenNets.Path($"{net}/{name}.npy")).Floats, [.. found.data<float>()]);
            Assert.True(error < 1e-5, $"{name} differs by {error}.");
        }
    }

    [Theory, InlineData("netA", "layer_gradcam_captum", "saliency_signed", "lrp_epsilon", "cam_shapleycam_rest_raw", "cam_ablationcam_raw"), InlineData("netB", "cam_gradcam_raw", "deeplift", "guided_backprop", "deconvolution", "cam_scorecam_raw")]
    public void TheOnnxFilesOfTheReferenceAreExplainedAlike(string net, params string[] names)
    {
        using ExplainableNetwork network = ExplainableNetwork.FromOnnx(GoldenNets.Path($"{net}/model.onnx"), GoldenNets.Card(net));
        string folder = GoldenNets.Path($"{net}/expected/img0_class2");
        GoldenCase situation = new(network, GoldenNets.Images()[0], "2", folder);
        foreach (string name in names)
        {
            double error = Error(name, Npy.Read(Path.Combine(folder, name + ".npy")).Floats, situation.Compute(name)!);
            Assert.True(error < ToleranceOf(name), $"{name} differs by {error}.");
        }
    }

    // Greatest difference as a share of the greatest value; sums that should vanish, as a share of 1.
    private static double Error(string name, float[] golden, float[] found)
    {
        double greatest = 0, difference = 0;
        for (int i = 0; i < golden.Length; i++)
        {
            greatest = Math.Max(greatest, Math.Abs(golden[i]));
            difference = double.IsNaN(found[i]) ? double.NaN : Math.Max(difference, Math.Abs((double)golden[i] - found[i]));
        }

        return difference / (name.EndsWith("_delta", StringComparison.Ordinal) ? Math.Max(1, greatest) : greatest);
    }

    // The README's tolerances.
    private static double ToleranceOf(string name) => name switch
    {
        _ when name.Contains("_final", StringComparison.Ordinal) => 1e-3,
        _ when name.Contains("gradcam_plusplus", StringComparison.Ordinal) || name.Contains("ablationcam", StringComparison.Ordinal) || name.StartsWith("lrp_epsilon_0.1", StringComparison.Ordinal) => 2e-3,
        _ when name.Contains("eigen", StringComparison.Ordinal) || name.Contains("kpca", StringComparison.Ordinal) => 1e-3,
        _ => 1e-4,
    };

    private static IEnumerable<string> ExpectedFiles(string net)
    {
        using JsonDocument manifest = JsonDocument.Parse(File.ReadAllText(GoldenNets.Path("manifest.json")));
        return [.. manifest.RootElement.GetProperty("files").EnumerateArray()
            .Select(static f => f.GetProperty("file").GetString()!)
            .Where(f => f.StartsWith(net + "/expected/", StringComparison.Ordinal))];
    }
}
