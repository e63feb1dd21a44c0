namespace CxrNet.Onnx.Tests;

/// <summary>The cards of the third-party models, as the words of their <c>cards.json</c> describe them.</summary>
internal static class ExternalCards
{
    public static CxrModelCard Of(string name) => name switch
    {
        "mobilenet_v2" => Card(name, FindingActivation.Sigmoid, [.. Enumerable.Range(0, 12).Select(static i => $"finding_{i}"), "", ""], new CardInput
        {
            Channels = 3,
            Height = 224,
            Width = 224,
            Normalization = new InputNormalization { Kind = NormalizationKind.MeanStd, Mean = [0.485f, 0.456f, 0.406f], Std = [0.229f, 0.224f, 0.225f] },
        }),
        "densenet_xrv" => Card(
            name,
            FindingActivation.Sigmoid,
            ["Atelectasis", "Consolidation", "Infiltration", "Pneumothorax", "Edema", "Emphysema", "Fibrosis", "Effusion", "Pneumonia", "Pleural_Thickening", "Cardiomegaly", "Nodule", "Mass", "Hernia", "Lung Lesion", "Fracture", "", ""],
            new CardInput { Height = 224, Width = 224, Geometry = InputGeometry.CenterCrop, Normalization = new InputNormalization { Min = -1024, Max = 1024 } }),
        _ => Card(name, FindingActivation.Softmax, ["normal", "bacterial_pneumonia", "viral_pneumonia", "covid19"], new CardInput { Height = 160, Width = 160, Normalization = InputNormalization.PerImage }),
    };

    private static CxrModelCard Card(string name, FindingActivation activation, string[] labels, CardInput input) => new()
    {
        Id = name,
        Activation = activation,
        Findings = [.. labels.Select(static l => new CardFinding(l))],
        Input = input,
    };
}
