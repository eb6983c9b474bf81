using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Flatfile.Api;

/// <summary>Makes JSON bodies.</summary>
internal static class JsonBody
{
    /// <summary>Written once, sent as often as it takes.</summary>
    public static Func<AttemptLimit, HttpContent> Of<T>(T value, JsonTypeInfo<T> type)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(value, type);
        return _ => new ByteArrayContent(bytes) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
    }
}
