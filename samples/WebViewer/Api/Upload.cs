using System.Text;
using CxrNet.WebViewer.Hosting;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace CxrNet.WebViewer.Api;

/// <summary>A posted form: one file and a few words.</summary>
/// <remarks>Read by hand: the framework's own reader puts files of more than 64 KiB into a temporary file, and here nothing is stored.</remarks>
/// <param name="File">Its bytes. Its name is not read.</param>
/// <param name="Fields">The other fields.</param>
internal sealed record Upload(ReadOnlyMemory<byte> File, IReadOnlyDictionary<string, string> Fields)
{
    private const string FileField = "file";
    private const int MostFields = 16, LongestField = 1024, LongestBoundary = 128;

    /// <summary>The value of a field; null where it is not there or empty.</summary>
    public string? this[string field] => Fields.GetValueOrDefault(field) is { Length: > 0 } value ? value : null;

    /// <summary>Reads the body.</summary>
    /// <exception cref="BadHttpRequestException">It is no form, or the form is not as it should be.</exception>
    /// <exception cref="FileTooLargeException">The file has more bytes than the limit.</exception>
    public static async Task<Upload> ReadAsync(HttpRequest request, ViewerOptions options, CancellationToken cancellationToken)
    {
        if (request.ContentLength > options.MaxFileBytes + (long)MostFields * LongestField + (1 << 14))
        {
            throw new FileTooLargeException(options.MaxFileBytes);
        }

        MultipartReader reader = new(BoundaryOf(request), request.Body);
        ReadOnlyMemory<byte>? file = null;
        Dictionary<string, string> fields = new(StringComparer.Ordinal);
        try
        {
            while (await reader.ReadNextSectionAsync(cancellationToken) is { } section)
            {
                string name = NameOf(section);
                if (name == FileField)
                {
                    file = file is null ? await ReadFileAsync(section.Body, options.MaxFileBytes, cancellationToken) : throw new BadHttpRequestException("Two files were sent; send one in each request.");
                }
                else if (fields.Count == MostFields || !fields.TryAdd(name, await ReadFieldAsync(section.Body, name, cancellationToken)))
                {
                    throw new BadHttpRequestException($"The form has too many fields, or '{name}' twice.");
                }
            }
        }
        catch (Exception e) when (e is InvalidDataException || (e is IOException and not BadHttpRequestException))
        {
            throw new BadHttpRequestException($"The form cannot be read: {e.Message}", e);
        }

        return new Upload(file ?? throw new BadHttpRequestException("No file was sent: the form's field 'file' is missing."), fields);
    }

    private static string BoundaryOf(HttpRequest request)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out MediaTypeHeaderValue? type) || !type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase))
        {
            throw new BadHttpRequestException($"The request has the content type '{request.ContentType}'; multipart/form-data with a field 'file' is expected.");
        }

        string? boundary = HeaderUtilities.RemoveQuotes(type.Boundary).Value;
        return boundary is { Length: > 0 and <= LongestBoundary } ? boundary : throw new BadHttpRequestException("The content type names no boundary.");
    }

    private static string NameOf(MultipartSection section) =>
        ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out ContentDispositionHeaderValue? disposition) && HeaderUtilities.RemoveQuotes(disposition.Name).Value is { Length: > 0 } name
            ? name
            : throw new BadHttpRequestException("A part of the form has no name.");

    private static async Task<ReadOnlyMemory<byte>> ReadFileAsync(Stream body, int limit, CancellationToken cancellationToken)
    {
        MemoryStream memory = new();
        byte[] block = new byte[1 << 16];
        while (await body.ReadAsync(block, cancellationToken) is > 0 and int length)
        {
            if (memory.Length + length > limit)
            {
                throw new FileTooLargeException(limit);
            }

            memory.Write(block, 0, length);
        }

        return memory.GetBuffer().AsMemory(0, (int)memory.Length);
    }

    private static async Task<string> ReadFieldAsync(Stream body, string name, CancellationToken cancellationToken)
    {
        byte[] value = new byte[LongestField + 1];
        int length = await body.ReadAtLeastAsync(value, value.Length, throwOnEndOfStream: false, cancellationToken);
        return length <= LongestField ? Encoding.UTF8.GetString(value, 0, length) : throw new BadHttpRequestException($"The field '{name}' is longer than {LongestField} bytes.");
    }
}
