using System.Globalization;
using System.Text.Json;

namespace Flatfile.Agent.Core.Plugins.Manifest;

/// <summary>A JSON value that knows the line it stands on, so that a fault in it can be pointed at.</summary>
internal sealed class LinedJson
{
    private static readonly byte[] ByteOrderMark = [0xEF, 0xBB, 0xBF];

    private LinedJson(JsonValueKind kind, int line)
    {
        Kind = kind;
        Line = line;
    }

    public JsonValueKind Kind { get; }

    /// <summary>Counted from 1.</summary>
    public int Line { get; }

    /// <summary>The text of a string, or a number as it is written.</summary>
    public string Text { get; private init; } = string.Empty;

    /// <summary>The members of an object, in order.</summary>
    public IReadOnlyList<KeyValuePair<string, LinedJson>> Members { get; private init; } = [];

    /// <summary>The items of an array, in order.</summary>
    public IReadOnlyList<LinedJson> Items { get; private init; } = [];

    /// <exception cref="ManifestException">Not JSON, or a name stands twice in one object.</exception>
    public static LinedJson Parse(ReadOnlySpan<byte> utf8)
    {
        utf8 = utf8.StartsWith(ByteOrderMark) ? utf8[ByteOrderMark.Length..] : utf8;
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = 32 });
        var lines = new LineCounter(utf8);
        try
        {
            reader.Read();
            var value = Read(ref reader, ref lines);
            reader.Read();
            return value;
        }
        catch (JsonException fault)
        {
            // The framework's sentence ends with the place, which is told in front of it in our words.
            var what = fault.Message.Split(" LineNumber:", 2)[0];
            throw new ManifestException((int)(fault.LineNumber ?? 0) + 1, $"it is not JSON: {what}");
        }
    }

    /// <summary>The member of a name, or null.</summary>
    public LinedJson? Member(string name) => Members.FirstOrDefault(m => m.Key == name).Value;

    /// <summary>A number, or null when it is none.</summary>
    public decimal? Number => Kind == JsonValueKind.Number && decimal.TryParse(Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static LinedJson Read(ref Utf8JsonReader reader, ref LineCounter lines)
    {
        var line = lines.At(reader.TokenStartIndex);
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                return new LinedJson(JsonValueKind.Object, line) { Members = ReadMembers(ref reader, ref lines) };
            case JsonTokenType.StartArray:
                var items = new List<LinedJson>();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    items.Add(Read(ref reader, ref lines));
                }

                return new LinedJson(JsonValueKind.Array, line) { Items = items };
            case JsonTokenType.String:
                return new LinedJson(JsonValueKind.String, line) { Text = reader.GetString()! };
            case JsonTokenType.Number:
                return new LinedJson(JsonValueKind.Number, line) { Text = System.Text.Encoding.UTF8.GetString(reader.ValueSpan) };
            case JsonTokenType.True:
                return new LinedJson(JsonValueKind.True, line) { Text = "true" };
            case JsonTokenType.False:
                return new LinedJson(JsonValueKind.False, line) { Text = "false" };
            default:
                return new LinedJson(JsonValueKind.Null, line);
        }
    }

    private static List<KeyValuePair<string, LinedJson>> ReadMembers(ref Utf8JsonReader reader, ref LineCounter lines)
    {
        var members = new List<KeyValuePair<string, LinedJson>>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var line = lines.At(reader.TokenStartIndex);
            var name = reader.GetString()!;
            if (members.Any(m => m.Key == name))
            {
                throw new ManifestException(line, $"'{name}' stands there twice. Delete one of the two.");
            }

            reader.Read();
            members.Add(new(name, Read(ref reader, ref lines)));
        }

        return members;
    }

    /// <summary>Counts lines up to positions that only grow.</summary>
    private ref struct LineCounter(ReadOnlySpan<byte> text)
    {
        private readonly ReadOnlySpan<byte> _text = text;
        private int _position;
        private int _line = 1;

        public int At(long position)
        {
            _line += _text[_position..(int)position].Count((byte)'\n');
            _position = (int)position;
            return _line;
        }
    }
}
