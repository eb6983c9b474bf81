using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Flatfile.Agent.Core.Store;

namespace Flatfile.Agent.Host.DeadLetters;

/// <summary>A dead letter with everything that is known of it, as it travels.</summary>
internal sealed record LetterDetail : LetterView
{
    /// <summary>For one that is read.</summary>
    [JsonConstructor]
    public LetterDetail()
    {
    }

    [SetsRequiredMembers]
    private LetterDetail(LetterView inList)
        : base(inList)
    {
    }

    public DateTimeOffset? ReplayAskedAt { get; init; }

    public DateTimeOffset? ReplayedAt { get; init; }

    public DateTimeOffset? DroppedAt { get; init; }

    /// <summary>The exception as text; of a job whose end could not be told, that end.</summary>
    public string? Stack { get; init; }

    /// <summary>The event; null when it is not JSON.</summary>
    public JsonNode? Event { get; init; }

    /// <summary>What came instead of an event.</summary>
    public string? Text { get; init; }

    /// <summary>The event as a person changed it for the replay.</summary>
    public JsonNode? Edited { get; init; }

    public static LetterDetail Of(DeadLetter letter)
    {
        var body = Read(letter.Body);
        return new LetterDetail(LetterView.Of(letter.Summary))
        {
            ReplayAskedAt = letter.ReplayAskedAt,
            ReplayedAt = letter.ReplayedAt,
            DroppedAt = letter.DroppedAt,
            Stack = letter.Stack,
            Event = body,
            Text = body is null ? Encoding.UTF8.GetString(letter.Body.Span) : null,
            Edited = letter.Edited is { } edited ? Read(edited) : null,
        };
    }

    private static JsonNode? Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            return JsonNode.Parse(body.Span);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
