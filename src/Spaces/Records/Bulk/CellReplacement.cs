using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Flatfile.Spaces.Http;
using Microsoft.Data.Sqlite;

namespace Flatfile.Spaces.Records.Bulk;

/// <summary>
/// Finds a text in the cells of one field and puts another in its place. In double quotes the text is the whole cell; otherwise a part of it,
/// in any case, as in a search. Nothing, or two double quotes, finds empty cells. Locked cells keep what they have.
/// </summary>
internal sealed class CellReplacement : IRowChange
{
    private readonly SheetSchema _schema;
    private readonly SheetField _field;
    private readonly CellParser _parser = new();
    private readonly string _find;
    private readonly string? _key;
    private readonly bool _isWhole;
    private readonly byte[] _replacement;
    private readonly string _text;

    /// <summary>400 when the field is not there or read-only.</summary>
    public CellReplacement(SheetSchema schema, JsonObject given)
    {
        var fieldKey = given.Text("fieldKey") ?? throw ApiRefusal.Bad("fieldKey", "'fieldKey' names the field in whose cells to replace.");
        _schema = schema;
        _field = Selection.FieldOf(schema, fieldKey, "fieldKey");
        if (_field.Property.Readonly == true)
        {
            throw ApiRefusal.Bad("fieldKey", $"Field '{fieldKey}' is read-only.");
        }

        var find = given["find"];
        var text = TextOf(find, "find");
        var isQuoted = find is JsonValue value && value.GetValueKind() == JsonValueKind.String && text is ['"', _, ..] && text[^1] == '"';
        _find = isQuoted ? text[1..^1] : text;
        _isWhole = isQuoted || (find is not null && find.GetValueKind() != JsonValueKind.String) || _find.Length == 0;
        _key = _find.Length == 0 ? null : _field.KeyText(CellParser.OfText(Encoding.UTF8.GetBytes(_find), _field));
        _text = given["replace"] is JsonArray or JsonObject ? "" : TextOf(given["replace"], "replace");
        _replacement = Encoding.UTF8.GetBytes(given["replace"] is { } node ? Wire.Text(node) : "null");
        if (!_isWhole && given["replace"] is JsonArray or JsonObject)
        {
            throw ApiRefusal.Bad("replace", "A part of a cell can only be replaced by a text. Put 'find' in double quotes to replace whole cells.");
        }
    }

    /// <inheritdoc />
    public string? Condition(SqliteConnection connection, Selection selection) =>
        _find.Length == 0 ? $"x.{RecordSql.Column(_field.Column)} IS NULL"
        : _field.MayBeList || _isWhole ? $"x.{RecordSql.Column(_field.Column)} IS NOT NULL"
        : TextSearch.Condition(connection, _schema, _find, _field.Key, selection);

    /// <inheritdoc />
    public void Apply(RowUpdate row)
    {
        var cell = row.Stored(_field);
        if (row.IsReadonly(_field))
        {
            return;
        }

        if (cell.Kind == CellKind.Json && cell.Bytes[0] == '[')
        {
            ApplyToList(row, cell);
        }
        else if (_isWhole)
        {
            if (_find.Length == 0 ? cell.IsEmpty : _field.KeyText(cell) == _key)
            {
                Put(row, _replacement);
            }
        }
        else if (TextOf(cell) is { } text && text.Contains(_find, StringComparison.OrdinalIgnoreCase))
        {
            var replaced = Encoding.UTF8.GetBytes(text.Replace(_find, _text, StringComparison.OrdinalIgnoreCase));
            row.Value(_field, CellParser.OfText(replaced, _field), givenAsText: true);
        }
    }

    private static string? TextOf(CellData cell) => cell.Kind switch
    {
        CellKind.Null => null,
        CellKind.Integer => cell.Integer.ToString(CultureInfo.InvariantCulture),
        _ => Encoding.UTF8.GetString(cell.Bytes),
    };

    private static string TextOf(JsonNode? node, string member) => node switch
    {
        null => "",
        JsonValue value when value.TryGetValue<string>(out var text) => text,
        JsonValue value => value.ToJsonString(),
        _ => throw ApiRefusal.Bad(member, $"'{member}' must be a text, a number or a truth value."),
    };

    private void ApplyToList(RowUpdate row, CellData cell)
    {
        var elements = ListCells.Elements(cell);
        var changed = false;
        for (var i = 0; i < elements.Count; i++)
        {
            var isHit = _find.Length > 0 && (_isWhole ? elements[i] == _find : elements[i].Contains(_find, StringComparison.OrdinalIgnoreCase));
            if (isHit)
            {
                elements[i] = _isWhole ? _text : elements[i].Replace(_find, _text, StringComparison.OrdinalIgnoreCase);
                changed = true;
            }
        }

        if (changed)
        {
            var kept = new JsonArray([.. elements.Where(element => element.Length > 0).Select(element => (JsonNode)JsonValue.Create(element))]);
            Put(row, Encoding.UTF8.GetBytes(Wire.Text(kept)));
        }
    }

    private void Put(RowUpdate row, byte[] json)
    {
        var reader = new Utf8JsonReader(json);
        reader.Read();
        var isText = reader.TokenType == JsonTokenType.String;
        row.Value(_field, _parser.Read(ref reader, _field), isText);
    }
}
