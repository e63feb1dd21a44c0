namespace CxrNet.Onnx;

/// <summary>A card for somebody else's classifier, as far as its graph tells: the start of one, for a person to complete.</summary>
/// <param name="Card">What could be read, and guesses for the rest; <see cref="CxrModelCard.Guesses"/> lists which are guesses.</param>
/// <param name="Remarks">A sentence for each field: how it was found, or what has to be looked up.</param>
public sealed record OnnxCardDraft(CxrModelCard Card, IReadOnlyList<string> Remarks)
{
    private const int UsualSide = 224;

    // torchxrayvision's DenseNets have 18 outputs and one channel, https://github.com/mlmed/torchxrayvision.
    private const int XrayVisionOutputs = 18;

    private static readonly CxrModelCard Nothing = new() { Id = "draft", Input = new CardInput { Height = 1, Width = 1 }, Outputs = new CardOutputs { Logits = null } };

    /// <summary>Drafts a card.</summary>
    /// <param name="path">An .onnx file of a classifier with one image input.</param>
    /// <exception cref="CxrModelException">The file is damaged, has a card inside, or is none that could run from a card; the message says why.</exception>
    public static OnnxCardDraft From(string path)
    {
        try
        {
            return Draft(path);
        }
        catch (Exception e) when (OnnxDamage.Is(e))
        {
            throw OnnxDamage.In(path, e);
        }
    }

    private static OnnxCardDraft Draft(string path)
    {
        OnnxFile file = OnnxFile.Open(path, new OnnxOptions { Card = Nothing });
        if (OnnxManifest.Read(file.Bytes).Metadata.ContainsKey(CxrModelCardJson.MetadataKey))
        {
            throw new CxrModelException(path, $"'{path}' has a card inside, which comes before one beside it; 'cxrnet card {path}' prints it.");
        }

        List<string> remarks = [], guesses = [];
        OnnxSignature signature = OnnxSignature.Read(file.Bytes);
        CardInput input = DraftInput(path, signature, remarks, guesses);
        OnnxParts parts = OnnxParts.Read(file.Bytes);
        using OnnxDraftRun run = new(file, parts, input);
        (string logits, FindingActivation? end) = FindLogits(path, signature, parts, run, remarks, guesses);
        int count = (int)run.ShapeOf(logits)[1];
        input = input with { Geometry = LooksLikeXrayVision(input, count) ? InputGeometry.CenterCrop : InputGeometry.Stretch, Normalization = Range(input, count, remarks) };
        guesses.AddRange(["input.normalization", "input.geometry", "input.filter", "findings"]);
        remarks.Add($"input.geometry {input.Geometry} and input.filter {input.Filter}: guesses; they have to be those of the training.");
        remarks.Add($"findings: {count} outputs, their names are not in the graph; write them in the order of the training, and \"\" for an output that was never trained.");
        if (end is null)
        {
            guesses.Add("activation");
        }

        FindingActivation activation = end ?? (count is > 1 and <= 5 ? FindingActivation.Softmax : FindingActivation.Sigmoid);
        remarks.Add(end is null ? $"activation {activation}: a guess; Softmax for one of many, Sigmoid for each on its own." : $"activation {activation}: the graph ends in it.");
        string? features = FindFeatures(parts, run, logits, remarks);
        CxrModelCard card = new()
        {
            Id = Path.GetFileNameWithoutExtension(path),
            Findings = [.. Enumerable.Range(0, count).Select(static i => new CardFinding($"finding_{i}"))],
            Activation = activation,
            Input = input,
            Outputs = new CardOutputs { Logits = logits, Features = features },
            Guesses = guesses,
        };
        return new OnnxCardDraft(card, remarks);
    }

    private static CardInput DraftInput(string path, OnnxSignature signature, List<string> remarks, List<string> guesses)
    {
        if (signature.Inputs is not [var (name, type, shape)])
        {
            throw new CxrModelException(path, $"'{path}' has {signature.Inputs.Count} inputs ({string.Join(", ", signature.Inputs.Select(static i => $"'{i.Name}'"))}); a classifier of one image was expected.");
        }

        if (type != OnnxSignature.Float || shape.Length != 4)
        {
            string dimensions = string.Join(", ", shape.Select(static d => d < 0 ? "n" : $"{d}"));
            throw new CxrModelException(path, $"'{path}' takes {OnnxSignature.NameOf(type)} [{dimensions}] at '{name}'; float32 of four dimensions was expected: export it in single precision, for images.");
        }

        bool isLast = shape[1] is not (1 or 3) && shape[3] is 1 or 3;
        (long channels, long height, long width) = isLast ? (shape[3], shape[1], shape[2]) : (shape[1], shape[2], shape[3]);
        if (channels > 0 && channels is not (1 or 3))
        {
            throw new CxrModelException(path, $"'{path}' takes {channels} channels at '{name}'; 1 or 3 were expected of a radiograph.");
        }

        if (channels < 0)
        {
            guesses.AddRange(["input.channels", "input.layout"]);
        }

        if (height < 0 || width < 0)
        {
            guesses.AddRange(["input.height", "input.width"]);
        }

        CardInput input = new()
        {
            Name = name,
            Layout = isLast ? TensorLayout.Nhwc : TensorLayout.Nchw,
            Channels = channels > 0 ? (int)channels : 1,
            Height = height > 0 ? (int)height : UsualSide,
            Width = width > 0 ? (int)width : UsualSide,
        };
        remarks.Add($"input '{name}': {input.Layout}, {input.Channels} channel(s), {input.Height} x {input.Width}{(channels < 0 || height < 0 || width < 0 ? "; what the graph leaves open is guessed" : ", from the graph")}.");
        return input;
    }

    private static bool LooksLikeXrayVision(CardInput input, int outputs) => input.Channels == 1 && outputs == XrayVisionOutputs;

    private static InputNormalization Range(CardInput input, int outputs, List<string> remarks)
    {
        if (input.Channels == 3)
        {
            remarks.Add("input.normalization: a guess, ImageNet's mean and deviation, as most networks of three channels have it.");
            return new InputNormalization { Kind = NormalizationKind.MeanStd, Mean = [0.485f, 0.456f, 0.406f], Std = [0.229f, 0.224f, 0.225f] };
        }

        if (LooksLikeXrayVision(input, outputs))
        {
            remarks.Add("input.normalization: a guess, -1024 to 1024 after a centre crop, as torchxrayvision's networks of 18 outputs have it.");
            return new InputNormalization { Min = -1024, Max = 1024 };
        }

        remarks.Add("input.normalization: a guess, 0 to 1; others are Range of any Min and Max, PerImage and MeanStd.");
        return InputNormalization.UnitRange;
    }

    // A card is of use without them: whatever is wrong with them is a remark.
    private static string? FindFeatures(OnnxParts parts, OnnxDraftRun run, string logits, List<string> remarks)
    {
        if (OnnxFeatureSearch.Find(parts, logits) is not { } planes)
        {
            remarks.Add("outputs.features: nothing pools planes on the way to the logits, so there are none for class activation maps.");
            return null;
        }

        try
        {
            long[] shape = run.ShapeOf(planes);
            bool isPlanes = shape is [_, _, > 1, > 1];
            remarks.Add(isPlanes ? $"outputs.features '{planes}': the planes before the last pooling, for class activation maps." : $"outputs.features: the last pooling reads '{planes}' [{string.Join(", ", shape)}], no planes; name those of class activation maps, if there are any.");
            return isPlanes ? planes : null;
        }
        catch (CxrModelException e)
        {
            remarks.Add($"outputs.features: '{planes}', which the last pooling reads, cannot be had ({e.Message}); class activation maps need another tensor.");
            return null;
        }
    }

    private static (string Tensor, FindingActivation? End) FindLogits(string path, OnnxSignature signature, OnnxParts parts, OnnxDraftRun run, List<string> remarks, List<string> guesses)
    {
        string[] vectors = [.. signature.Outputs.Where(o => run.ShapeOf(o).Length == 2)];
        if (vectors.Length == 0)
        {
            throw new CxrModelException(path, $"'{path}' gives {string.Join(", ", signature.Outputs.Select(o => $"'{o}' [{string.Join(", ", run.ShapeOf(o))}]"))}; one of [n, findings] was expected of a classifier.");
        }

        string output = Array.Find(vectors, static v => v.Contains("logit", StringComparison.OrdinalIgnoreCase)) ?? vectors[0];
        if (vectors.Length > 1)
        {
            guesses.Add("outputs.logits");
        }

        (string inner, FindingActivation? end) = OnnxEnd.Of(parts, output);
        remarks.Add(inner != output
            ? $"outputs.logits '{inner}': inside the graph, before the {end} that gives '{output}', since a card's temperature works on logits."
            : $"outputs.logits '{output}'{(vectors.Length > 1 ? $": a guess among {string.Join(", ", vectors.Select(static v => $"'{v}'"))}" : ": the only output of [n, findings]")}.");
        return (inner, end);
    }
}
