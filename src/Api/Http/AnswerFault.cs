using System.Net;
using System.Text;
using System.Text.Json;

namespace Flatfile.Api;

/// <summary>Turns an answer that is no success into an exception a person can act on.</summary>
internal static class AnswerFault
{
    private const int BodyLimit = 64 * 1024;
    private const int QuoteLimit = 300;

    public static async Task<FlatfileApiException> ReadAsync(HttpResponseMessage answer, ApiRequest request, TimeSpan? retryAfter, CancellationToken cancellationToken)
    {
        var errors = Parse(await ReadStartAsync(answer, cancellationToken).ConfigureAwait(false), answer, out var quote);
        var code = CodeOf(answer.StatusCode);
        var said = errors.Count > 0 ? string.Join("; ", errors.Select(Describe)) : quote;
        var path = request.Address.AbsolutePath;
        var message = $"{request.Method} {path} was answered with {(int)answer.StatusCode} ({code}): {said} {Advice(code)}";
        return new FlatfileApiException(code, answer.StatusCode, request.Method.Method, path, message) { Errors = errors, RetryAfter = retryAfter };
    }

    public static FlatfileApiException Unreachable(ApiRequest request, string why, Exception inner) =>
        new(FlatfileErrorCode.Unreachable, null, request.Method.Method, request.Address.AbsolutePath,
            $"{request.Method} {request.Address.AbsolutePath} got no answer from {request.Address.GetLeftPart(UriPartial.Authority)}: {why} {Advice(FlatfileErrorCode.Unreachable)}", inner);

    public static FlatfileApiException BadAnswer(ApiRequest request, HttpResponseMessage answer, string why, Exception? inner = null)
    {
        var type = answer.Content.Headers.ContentType?.MediaType ?? "no content type";
        return new(FlatfileErrorCode.BadAnswer, answer.StatusCode, request.Method.Method, request.Address.AbsolutePath,
            $"{request.Method} {request.Address.AbsolutePath} was answered with {(int)answer.StatusCode}, but the body ({type}) is not what the API promises: {why} {Advice(FlatfileErrorCode.BadAnswer)}", inner);
    }

    public static string CodeOf(HttpStatusCode status) => (int)status switch
    {
        400 or 422 => FlatfileErrorCode.Validation,
        401 => FlatfileErrorCode.Unauthorized,
        403 => FlatfileErrorCode.Forbidden,
        404 => FlatfileErrorCode.NotFound,
        409 => FlatfileErrorCode.Conflict,
        413 => FlatfileErrorCode.TooLarge,
        429 => FlatfileErrorCode.RateLimited,
        501 => FlatfileErrorCode.NotImplemented,
        408 or >= 500 => FlatfileErrorCode.ServerError,
        >= 400 => FlatfileErrorCode.Refused,
        _ => FlatfileErrorCode.BadAnswer,
    };

    private static string Advice(string code) => code switch
    {
        FlatfileErrorCode.Validation => "Correct what the message names and call again.",
        FlatfileErrorCode.Unauthorized => "Check the key: it is missing, expired, or of another server.",
        FlatfileErrorCode.Forbidden => "The key is valid but may not do this; use one with more rights.",
        FlatfileErrorCode.NotFound => "Check the id, and that the key's environment holds it.",
        FlatfileErrorCode.Conflict => "Something else changed or locked it; read it again and decide.",
        FlatfileErrorCode.TooLarge => "Send less at once.",
        FlatfileErrorCode.RateLimited => "Wait and call again, or call less often.",
        FlatfileErrorCode.NotImplemented => "This server does not offer it.",
        FlatfileErrorCode.ServerError => "The server failed; call again later, and look at its log if it stays.",
        FlatfileErrorCode.Unreachable => "Check the address and that the server runs.",
        FlatfileErrorCode.BadAnswer => "Check that the address is that of a Flatfile API and no proxy or login page answers in its place.",
        _ => "The server refuses this call.",
    };

    private static string Describe(ErrorItem error) => error.Key is null ? error.Message : $"{error.Key}: {error.Message}";

    private static async Task<byte[]> ReadStartAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        var start = new byte[BodyLimit];
        var length = 0;
        try
        {
            var body = await answer.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
            length = await body.ReadAtLeastAsync(start, BodyLimit, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception fault) when (fault is IOException or HttpRequestException or InvalidDataException)
        {
            // The status stands; its explanation broke off.
        }

        return start[..length];
    }

    private static IReadOnlyList<ErrorItem> Parse(byte[] body, HttpResponseMessage answer, out string quote)
    {
        quote = Quote(body, answer);
        try
        {
            using var document = JsonDocument.Parse(body);
            if (document.RootElement.ValueKind != JsonValueKind.Object || !document.RootElement.TryGetProperty("errors", out var errors) || errors.ValueKind != JsonValueKind.Array)
            {
                return [];
            }

            return [.. errors.EnumerateArray().Where(e => e.ValueKind == JsonValueKind.Object).Select(e => new ErrorItem { Key = Text(e, "key"), Message = Text(e, "message") ?? "(no message)" })];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    private static string? Text(JsonElement error, string name) =>
        error.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static string Quote(byte[] body, HttpResponseMessage answer)
    {
        if (body.Length == 0)
        {
            return "(no explanation).";
        }

        if (answer.Content.Headers.ContentType?.MediaType == "text/html" || body.AsSpan().TrimStart((byte)' ').StartsWith("<"u8))
        {
            return "(a web page instead of an explanation).";
        }

        var text = new StringBuilder(QuoteLimit);
        foreach (var c in Encoding.UTF8.GetString(body.AsSpan(0, Math.Min(body.Length, QuoteLimit))))
        {
            text.Append(char.IsControl(c) ? ' ' : c);
        }

        return text.Append('.').ToString();
    }
}
