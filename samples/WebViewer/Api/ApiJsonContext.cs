using System.Text.Json;
using System.Text.Json.Serialization;

namespace CxrNet.WebViewer.Api;

/// <summary>The machine-readable answers. The records' names, in camelCase, are the contract.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(AnalysisAnswer))]
[JsonSerializable(typeof(InfoAnswer))]
[JsonSerializable(typeof(HealthAnswer))]
[JsonSerializable(typeof(AnalysisForm))]
[JsonSerializable(typeof(MapForm))]
[JsonSerializable(typeof(ImageForm))]
internal sealed partial class ApiJsonContext : JsonSerializerContext;
