using CxrNet.WebViewer.Analysis;

namespace CxrNet.WebViewer.Api;

/// <summary>What a form asks for.</summary>
internal static class UploadFields
{
    public static AnalysisRequest AnalysisRequest(this Upload upload) =>
        new(upload["backend"], upload["method"], upload["target"], Layers(upload["layers"]));

    private static bool Layers(string? value) => value switch
    {
        null or "true" => true,
        "false" => false,
        _ => throw new BadHttpRequestException($"The field 'layers' is '{value}'; true or false is expected."),
    };
}
