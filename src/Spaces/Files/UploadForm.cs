using System.Text;
using System.Text.Json.Nodes;
using Flatfile.Spaces.Http;
using Flatfile.Spaces.Storage;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Flatfile.Spaces.Files;

/// <summary>The form of an upload, read as it comes: fields in any order, the file straight to the disk.</summary>
internal sealed class UploadForm : IDisposable
{
    private const int LongestBoundary = 70;
    private const int LongestField = 64 * 1024;
    private const int MostParts = 200;
    private const long Around = 4 * 1024 * 1024;

    private readonly Dictionary<string, string> _fields = new(StringComparer.Ordinal);

    public string? SpaceId => _fields.GetValueOrDefault("spaceId");

    public string? EnvironmentId => _fields.GetValueOrDefault("environmentId");

    public string Mode => _fields.GetValueOrDefault("mode", "import");

    public string Origin => _fields.GetValueOrDefault("origin", "filesystem");

    public JsonArray Actions { get; } = [];

    public string Name { get; private set; } = "";

    /// <summary>The bytes; null when the form had no file.</summary>
    public SpooledFile? File { get; private set; }

    /// <summary>Reads the whole form. <paramref name="known"/> hears of the fields that came before the file, so that a hopeless upload ends early.</summary>
    public static async Task<UploadForm> ReadAsync(ApiCall call, FileSpool spool, SpacesOptions options, Func<UploadForm, Task> known)
    {
        var request = call.Http.Request;
        var reader = new MultipartReader(Boundary(request), request.Body) { HeadersCountLimit = 16 };
        if (call.Http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } feature)
        {
            // Counted here instead: past a limit of its own the web server drops the connection, and the client never reads why.
            feature.MaxRequestBodySize = null;
        }

        if (request.ContentLength > options.MaxFileBytes + Around)
        {
            throw spool.TooLarge();
        }

        var form = new UploadForm();
        try
        {
            await form.ReadPartsAsync(reader, spool, known, call.Cancelled).ConfigureAwait(false);
            return form;
        }
        catch
        {
            form.Dispose();
            throw;
        }
    }

    /// <summary>Reads from a body; 400 when it is cut off or is none. Faults of the connection itself stay what they are.</summary>
    public static async Task<T> WholeAsync<T>(Func<Task<T>> read)
    {
        try
        {
            return await read().ConfigureAwait(false);
        }
        catch (Exception fault) when (fault is InvalidDataException or IOException and not (BadHttpRequestException or ConnectionResetException))
        {
            throw ApiRefusal.Bad(null, $"The body is not whole or not well-formed: {fault.Message} Nothing was stored; send it again.");
        }
    }

    /// <inheritdoc />
    public void Dispose() => File?.Dispose();

    private static string Boundary(HttpRequest request)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || !type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase))
        {
            throw new ApiRefusal(415, new ApiFault("Content-Type", "A file is sent as multipart/form-data with the parts spaceId, environmentId and file."));
        }

        if (request.Headers.ContentEncoding.Count > 0)
        {
            throw new ApiRefusal(415, new ApiFault("Content-Encoding", "A form with a file is sent unpacked."));
        }

        var boundary = HeaderUtilities.RemoveQuotes(type.Boundary).ToString();
        return boundary.Length is > 0 and <= LongestBoundary
            ? boundary
            : throw ApiRefusal.Bad("Content-Type", $"'Content-Type' must name a boundary of 1 to {LongestBoundary} characters.");
    }

    private async Task ReadPartsAsync(MultipartReader reader, FileSpool spool, Func<UploadForm, Task> known, CancellationToken cancellationToken)
    {
        for (var parts = 0; await WholeAsync(() => reader.ReadNextSectionAsync(cancellationToken)).ConfigureAwait(false) is { } section; parts++)
        {
            if (parts >= MostParts || !ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition))
            {
                throw ApiRefusal.Bad(null, $"Every part of the form needs a Content-Disposition with a name, and there are at most {MostParts} parts.");
            }

            var name = HeaderUtilities.RemoveQuotes(disposition.Name).ToString();
            if (name == "file")
            {
                await ReadFileAsync(section, disposition, spool, known, cancellationToken).ConfigureAwait(false);
            }
            else
            {
                ReadField(name, await TextAsync(section, name, cancellationToken).ConfigureAwait(false));
            }
        }
    }

    private async Task ReadFileAsync(
        MultipartSection section, ContentDispositionHeaderValue disposition, FileSpool spool, Func<UploadForm, Task> known, CancellationToken cancellationToken)
    {
        if (File is not null)
        {
            throw ApiRefusal.Bad("file", "An upload carries one file. Send the others with calls of their own.");
        }

        var sent = disposition.FileNameStar.HasValue ? disposition.FileNameStar : HeaderUtilities.RemoveQuotes(disposition.FileName);
        Name = FileLabel.Of(sent.HasValue ? sent.ToString() : "");
        await known(this).ConfigureAwait(false);
        File = await spool.TakeAsync(section.Body, cancellationToken).ConfigureAwait(false);
    }

    private void ReadField(string name, string value)
    {
        if (name != "actions")
        {
            _fields[name] = value;
        }
        else if (RequestBody.Parse(Encoding.UTF8.GetBytes(value)) is JsonObject action)
        {
            Actions.Add((JsonNode)action);
        }
        else
        {
            throw ApiRefusal.Bad("actions", "Each part 'actions' must be one JSON object.");
        }
    }

    private static async Task<string> TextAsync(MultipartSection section, string name, CancellationToken cancellationToken)
    {
        var text = new byte[LongestField + 1];
        var length = await WholeAsync(() => section.Body.ReadAtLeastAsync(text, text.Length, throwOnEndOfStream: false, cancellationToken).AsTask()).ConfigureAwait(false);
        return length <= LongestField
            ? Encoding.UTF8.GetString(text, 0, length)
            : throw ApiRefusal.Bad(name, $"The part '{name}' is longer than {LongestField} bytes.");
    }
}
