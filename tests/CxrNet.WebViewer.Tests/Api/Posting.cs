using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc;

namespace CxrNet.WebViewer.Tests.Api;

/// <summary>Forms as a program sends them, and what comes back.</summary>
internal static class Posting
{
    public static async Task<HttpResponseMessage> PostFile(this HttpClient client, string path, byte[] file, params (string Name, string Value)[] fields)
    {
        using MultipartFormDataContent form = Form(file, fields);
        return await client.PostAsync(path, form, TestContext.Current.CancellationToken);
    }

    /// <summary>Posts and reads the JSON of an answer that must be 200.</summary>
    public static async Task<JsonElement> Analyze(this HttpClient client, byte[] file, params (string Name, string Value)[] fields)
    {
        using HttpResponseMessage answer = await client.PostFile("/api/analyze", file, fields);
        Assert.True(answer.IsSuccessStatusCode, $"{answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    /// <summary>The problem, after a look at its status, its media type and the last part of its type.</summary>
    public static async Task<ProblemDetails> ShouldBeProblem(this HttpResponseMessage answer, int status, string kind)
    {
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        ProblemDetails problem = (await answer.Content.ReadFromJsonAsync<ProblemDetails>())!;
        Assert.Equal($"tag:cxrnet,2026:{kind}", problem.Type);
        Assert.Equal(status, problem.Status);
        Assert.NotEmpty(problem.Title!);
        return problem;
    }

    public static MultipartFormDataContent Form(byte[] file, params (string Name, string Value)[] fields)
    {
        MultipartFormDataContent form = [];
        foreach ((string name, string value) in fields)
        {
            form.Add(new StringContent(value), name);
        }

        ByteArrayContent content = new(file);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        form.Add(content, "file", "QUIXOTE_ALONSO.png");
        return form;
    }
}
