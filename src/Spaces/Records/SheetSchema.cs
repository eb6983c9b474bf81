using System.Text.Json;

namespace Flatfile.Spaces.Records;

/// <summary>A sheet's schema resolved against its table: fields with their columns, and the rules between rows.</summary>
internal sealed class SheetSchema
{
    private readonly SheetField[] _fields;
    private readonly Dictionary<string, SheetField> _byKey;
    private readonly Dictionary<string, SheetField>.AlternateLookup<ReadOnlySpan<char>> _lookup;
    private readonly Dictionary<int, SheetField> _byColumn;

    public SheetSchema(SheetDefinition definition, IReadOnlyList<SheetField> fields)
    {
        Definition = definition;
        Fields = _fields = [.. fields];
        Table = RecordSql.Table(definition.Number);
        _byKey = fields.ToDictionary(field => field.Key, StringComparer.Ordinal);
        _lookup = _byKey.GetAlternateLookup<ReadOnlySpan<char>>();
        _byColumn = fields.ToDictionary(field => field.Column);
        RequiredFields = [.. fields.Where(field => field.Required is not null)];
    }

    public SheetDefinition Definition { get; }

    public int Number => Definition.Number;

    public string Table { get; }

    public IReadOnlyList<SheetField> Fields { get; }

    public IReadOnlyList<SheetField> RequiredFields { get; }

    /// <summary>The columns that are compared, each once.</summary>
    public List<KeyColumn> Keys { get; } = [];

    public List<UniqueRule> UniqueRules { get; } = [];

    /// <summary>What this sheet's fields look up.</summary>
    public List<ReferenceRule> References { get; } = [];

    /// <summary>Whether a write must look at other rows at all.</summary>
    public bool IsCompared => UniqueRules.Count > 0 || References.Count > 0 || Keys.Exists(key => key.ReferencedBy.Count > 0);

    public SheetField? Find(string key) => _byKey.GetValueOrDefault(key);

    public SheetField? AtColumn(int column) => _byColumn.GetValueOrDefault(column);

    /// <summary>The field a JSON property names. Rows mostly name their fields in one order, so the next one is tried first.</summary>
    public SheetField? Find(ref Utf8JsonReader property, int expected)
    {
        var fields = _fields;
        if (expected < fields.Length && property.ValueTextEquals(fields[expected].KeyUtf8))
        {
            return fields[expected];
        }

        var length = property.ValueSpan.Length;
        if (length > 1024)
        {
            return Find(property.GetString() ?? "");
        }

        Span<char> characters = stackalloc char[length];
        return _lookup.TryGetValue(characters[..property.CopyString(characters)], out var field) ? field : null;
    }

    /// <summary>Whether a flag makes the row invalid. Flags of fields that are gone do not.</summary>
    public bool IsError(int column, string flag) => AtColumn(column) is { } field && flag[0] switch
    {
        CellFlag.CustomWarning or CellFlag.CustomInfo => false,
        CellFlag.Required or CellFlag.Unique or CellFlag.Composite => MessageOf(field, flag)?.IsError == true,
        _ => true,
    };

    /// <summary>The constraint's words for a flag.</summary>
    public ConstraintMessage? MessageOf(SheetField field, string flag) => flag[0] switch
    {
        CellFlag.Required => field.Required,
        CellFlag.Unique => field.Unique?.Message,
        CellFlag.Composite => UniqueRules.Find(rule => rule.Flag == flag)?.Message,
        _ => null,
    };
}
