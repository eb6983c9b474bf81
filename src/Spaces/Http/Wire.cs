using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Flatfile.Spaces.Http;

/// <summary>How JSON and times look on the wire and in the database.</summary>
internal static class Wire
{
    /// <summary>
    /// Members given twice are refused: which one counts would be a guess. What is stored may stand a little deeper than it was sent,
    /// and clients read 64 levels.
    /// </summary>
    public static readonly JsonDocumentOptions Reading = new() { AllowDuplicateProperties = false, MaxDepth = 56 };

    private static readonly JsonDocumentOptions Stored = new() { MaxDepth = 128 };

    /// <summary>Text in all scripts stays readable; answers are never embedded in markup.</summary>
    public static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private static readonly JsonSerializerOptions Plain = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        TypeInfoResolver = Api.FlatfileJson.Default,
    };

    /// <summary>ISO 8601 with milliseconds and Z, as JavaScript writes it. Texts of this form sort by time.</summary>
    public static string Time(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    /// <summary>A stored object.</summary>
    public static JsonObject Parse(string text) => JsonNode.Parse(text, documentOptions: Stored)!.AsObject();

    /// <summary>A stored object.</summary>
    public static JsonObject Parse(ReadOnlySpan<byte> utf8) => JsonNode.Parse(utf8, documentOptions: Stored)!.AsObject();

    /// <summary>An object as it is stored.</summary>
    public static string Text(JsonNode node) => node.ToJsonString(Plain);

    /// <summary>Bytes of a document written by a callback.</summary>
    public static ReadOnlyMemory<byte> Bytes(Action<Utf8JsonWriter> write)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Writing))
        {
            write(writer);
        }

        return buffer.WrittenMemory;
    }

    /// <summary>The text of a member, or null when it is absent, null or no text.</summary>
    public static string? Text(this JsonObject node, string member) =>
        node.TryGetPropertyValue(member, out var value) && value is JsonValue text && text.TryGetValue<string>(out var result) ? result : null;

    /// <summary>True when a member is there and true.</summary>
    public static bool Flag(this JsonObject node, string member) =>
        node.TryGetPropertyValue(member, out var value) && value is JsonValue flag && flag.TryGetValue<bool>(out var result) && result;

    /// <summary>A member's copy that may be put into another object.</summary>
    public static JsonNode? Copy(this JsonObject node, string member) =>
        node.TryGetPropertyValue(member, out var value) ? value?.DeepClone() : null;
}
