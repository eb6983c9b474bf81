using System.Text.Json;
using System.Text.Json.Nodes;

namespace Flatfile.Spaces.Records.Lines;

/// <summary>The reserved members of a line, all beginning with two underscores: what the line is about, and what of a row is no cell.</summary>
internal sealed class LineHead
{
    /// <summary><c>__k</c>: the record; none for a new one.</summary>
    public string? Id { get; private set; }

    /// <summary><c>__s</c>: the sheet's id.</summary>
    public string? SheetId { get; private set; }

    /// <summary><c>__n</c>: the sheet's slug.</summary>
    public string? SheetSlug { get; private set; }

    /// <summary><c>__d</c>: the record goes.</summary>
    public bool IsDeleted { get; private set; }

    /// <summary><c>__m</c>, <c>__c</c>, <c>__i</c>: metadata, locks and messages; present or not.</summary>
    public (bool IsGiven, JsonNode? Value) Metadata { get; private set; }

    /// <inheritdoc cref="Metadata" />
    public (bool IsGiven, JsonNode? Value) Config { get; private set; }

    /// <inheritdoc cref="Metadata" />
    public (bool IsGiven, JsonNode? Value) Messages { get; private set; }

    /// <summary>The keys of cells that name no field, where they are asked for.</summary>
    public List<string> Unknown { get; } = [];

    /// <summary>Reads a line to its end; whatever is wrong with its JSON is found here.</summary>
    public static LineHead Read(ReadOnlySpan<byte> line, SheetSchema? unknownTo)
    {
        var reader = new Utf8JsonReader(line);
        var head = new LineHead();
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("A line must be an object of cells by field key.");
        }

        var expected = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueSpan.StartsWith("__"u8))
            {
                head.Member(ref reader);
            }
            else
            {
                if (unknownTo is not null)
                {
                    var field = unknownTo.Find(ref reader, expected);
                    expected = field is null ? expected : field.Position + 1;
                    if (field is null)
                    {
                        head.Unknown.Add(reader.GetString()!);
                    }
                }

                reader.Read();
                reader.Skip();
            }
        }

        reader.Read();
        return head;
    }

    private void Member(ref Utf8JsonReader reader)
    {
        var name = reader.GetString();
        reader.Read();
        switch (name)
        {
            case "__k":
                Id = Text(ref reader, name);
                break;
            case "__s":
                SheetId = Text(ref reader, name);
                break;
            case "__n":
                SheetSlug = Text(ref reader, name);
                break;
            case "__d":
                IsDeleted = reader.TokenType == JsonTokenType.True;
                reader.Skip();
                break;
            case "__m":
                Metadata = (true, JsonNode.Parse(ref reader));
                break;
            case "__c":
                Config = (true, JsonNode.Parse(ref reader));
                break;
            case "__i":
                Messages = (true, JsonNode.Parse(ref reader));
                break;
            default:
                reader.Skip();
                break;
        }
    }

    private static string? Text(ref Utf8JsonReader reader, string name) => reader.TokenType switch
    {
        JsonTokenType.Null => null,
        JsonTokenType.String => reader.GetString(),
        _ => throw new JsonException($"'{name}' must be a text."),
    };
}
