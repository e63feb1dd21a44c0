using CxrNet.WebViewer.Backends;

namespace CxrNet.WebViewer.Hosting;

/// <summary>The head of /openapi/v1.json; the rest comes from the endpoints and from the comments in the code.</summary>
internal static class ApiDescription
{
    /// <summary>Said once on the page and once in the description.</summary>
    public const string ResearchOnly = "Research software, not a medical device: no diagnosis, and no decision about a patient.";

    public static void AddApiDescription(this WebApplicationBuilder builder) => builder.Services.AddOpenApi("v1", static options =>
        options.AddDocumentTransformer(static (document, context, _) =>
        {
            BackendSet backends = context.ApplicationServices.GetRequiredService<BackendSet>();
            document.Info.Title = "CxrNet web viewer";
            document.Info.Description = $"Scores and explains frontal chest X-rays with {backends.Card.Id}. Stateless: each request carries its file, nothing is stored. {ResearchOnly}";
            return Task.CompletedTask;
        }));
}
