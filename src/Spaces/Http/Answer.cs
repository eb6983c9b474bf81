using System.Text.Json;
using System.Text.Json.Nodes;

namespace Flatfile.Spaces.Http;

/// <summary>What a call answers. A body always comes with it: clients fail on empty ones.</summary>
internal sealed class Answer
{
    private const string JsonType = "application/json; charset=utf-8";

    private Answer(int status, string contentType, ReadOnlyMemory<byte> body, Func<Stream, CancellationToken, Task>? stream = null)
    {
        Status = status;
        ContentType = contentType;
        Body = body;
        Stream = stream;
    }

    /// <summary><c>{"data":{"success":true}}</c>.</summary>
    public static Answer Success { get; } = new(200, JsonType, """{"data":{"success":true}}"""u8.ToArray());

    public int Status { get; }

    public string ContentType { get; }

    /// <summary>The whole body, unless <see cref="Stream"/> writes it.</summary>
    public ReadOnlyMemory<byte> Body { get; }

    /// <summary>Writes a body too large to hold.</summary>
    public Func<Stream, CancellationToken, Task>? Stream { get; }

    /// <summary>The length of a streamed body, where it is known.</summary>
    public long? StreamLength { get; init; }

    /// <summary>Further headers.</summary>
    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];

    /// <summary>What to keep for a repeat of the request instead of the body: enough for the endpoint's replay to make the same answer again.</summary>
    public ReadOnlyMemory<byte>? Recipe { get; init; }

    /// <summary><c>{"data": …}</c>.</summary>
    public static Answer Data(JsonNode? data) => Json(writer =>
    {
        writer.WriteStartObject();
        writer.WritePropertyName("data");
        Write(writer, data);
        writer.WriteEndObject();
    });

    /// <summary><c>{"data": […], "pagination": …}</c>; the pagination where the list has pages.</summary>
    public static Answer List(IEnumerable<JsonNode> items, PageQuery? page = null, long? total = null) => Json(writer =>
    {
        writer.WriteStartObject();
        writer.WriteStartArray("data");
        foreach (var item in items)
        {
            item.WriteTo(writer);
        }

        writer.WriteEndArray();
        page?.WritePagination(writer, total ?? 0);
        writer.WriteEndObject();
    });

    /// <summary>A list of stored JSON texts, passed on as they are.</summary>
    public static Answer List(IEnumerable<ReadOnlyMemory<byte>> items, PageQuery? page = null, long? total = null) => Json(writer =>
    {
        writer.WriteStartObject();
        writer.WriteStartArray("data");
        foreach (var item in items)
        {
            writer.WriteRawValue(item.Span, skipInputValidation: true);
        }

        writer.WriteEndArray();
        page?.WritePagination(writer, total ?? 0);
        writer.WriteEndObject();
    });

    /// <summary>A document without the envelope, or one written by hand.</summary>
    public static Answer Json(Action<Utf8JsonWriter> write, int status = 200) => new(status, JsonType, Wire.Bytes(write));

    /// <summary>JSON already written.</summary>
    public static Answer Json(ReadOnlyMemory<byte> body, int status = 200) => new(status, JsonType, body);

    /// <summary>A body written while it is sent.</summary>
    public static Answer Streamed(string contentType, Func<Stream, CancellationToken, Task> write, long? length = null, params IReadOnlyList<(string, string)> headers) =>
        new(200, contentType, default, write) { StreamLength = length, Headers = headers };

    /// <summary>A part of a body, as a <c>Range</c> asked for it.</summary>
    public static Answer Part(string contentType, Func<Stream, CancellationToken, Task> write, long length, params IReadOnlyList<(string, string)> headers) =>
        new(206, contentType, default, write) { StreamLength = length, Headers = headers };

    /// <summary><c>{"errors": […]}</c>.</summary>
    public static Answer Errors(int status, params IReadOnlyList<ApiFault> faults) => Json(writer =>
    {
        writer.WriteStartObject();
        writer.WriteStartArray("errors");
        foreach (var fault in faults)
        {
            writer.WriteStartObject();
            if (fault.Key is not null)
            {
                writer.WriteString("key", fault.Key);
            }

            writer.WriteString("message", fault.Message);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }, status);

    /// <summary>The same answer, with what to keep for a repeat instead of its body.</summary>
    public Answer WithRecipe(ReadOnlyMemory<byte> recipe) => new(Status, ContentType, Body, Stream) { Headers = Headers, Recipe = recipe };

    private static void Write(Utf8JsonWriter writer, JsonNode? node)
    {
        if (node is null)
        {
            writer.WriteNullValue();
        }
        else
        {
            node.WriteTo(writer);
        }
    }
}
