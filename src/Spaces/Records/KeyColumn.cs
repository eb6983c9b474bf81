namespace Flatfile.Spaces.Records;

/// <summary>A column in which equal values are equal bytes: the field's own, or a shadow beside it.</summary>
internal sealed class KeyColumn(int column, ColumnKind kind, IReadOnlyList<SheetField> fields, IReadOnlyList<SheetField> required)
{
    public int Column { get; } = column;

    public ColumnKind Kind { get; } = kind;

    /// <summary>The fields it is made of: one, or a composite's.</summary>
    public IReadOnlyList<SheetField> Fields { get; } = fields;

    /// <summary>When one of these is empty, so is a composite's key.</summary>
    public IReadOnlyList<SheetField> Required { get; } = required;

    public bool IsShadow => Kind != ColumnKind.Value;

    public string Sql => RecordSql.Column(Column);

    /// <summary>The references of all sheets that look values up here.</summary>
    public List<ReferenceRule> ReferencedBy { get; } = [];

    /// <summary>The key of a row whose fields have these key texts, by position.</summary>
    public string? Of(IReadOnlyList<string?> texts)
    {
        if (Kind != ColumnKind.CompositeKey)
        {
            var text = texts[Fields[0].Position];
            return Kind == ColumnKind.FoldedKey ? text?.ToUpperInvariant() : text;
        }

        if (Required.Any(field => texts[field.Position] is null) || Fields.All(field => texts[field.Position] is null))
        {
            return null;
        }

        // Each part carries its length, so that ("ab", "c") and ("a", "bc") stay apart.
        return string.Concat(Fields.Select(field => texts[field.Position]).Select(text => text is null ? "-;" : $"{text.Length}:{text};"));
    }
}
