using System.Globalization;

namespace Flatfile.Spaces.Records;

/// <summary>What of a schema decides about flags and keys of rows: when it stays the same, or only empty fields come, no row need be looked at.</summary>
internal sealed class SchemaSignature
{
    private readonly HashSet<string> _lines = new(StringComparer.Ordinal);
    private readonly HashSet<string> _harmless = new(StringComparer.Ordinal);

    private SchemaSignature()
    {
    }

    /// <param name="schema">The sheet as it will be.</param>
    /// <param name="fresh">Columns without any value yet.</param>
    public static SchemaSignature Of(SheetSchema schema, IReadOnlyCollection<int> fresh)
    {
        var signature = new SchemaSignature();
        foreach (var field in schema.Fields)
        {
            var reference = field.Reference;
            signature.Add(
                isHarmless: fresh.Contains(field.Column) && field.Required is null,
                "field", field.Column, field.Kind, field.IsList, field.MayBeList, field.Options, field.Required?.Level,
                field.Unique?.Key.Column, field.Unique?.Message.Level, field.TargetKind, reference is not null, reference?.Target?.Number,
                reference?.TargetKey?.Column, reference?.SourceKey?.Column, reference?.SourceFilter?.Column, reference?.TargetFilter?.Column);
        }

        foreach (var rule in schema.UniqueRules.Where(rule => rule.Key.Kind == ColumnKind.CompositeKey))
        {
            signature.Add(isHarmless: false, "composite", rule.Key.Column, rule.Flag, rule.Message.Level);
        }

        foreach (var key in schema.Keys)
        {
            signature.Add(isHarmless: key.Fields.All(field => fresh.Contains(field.Column)), "key", key.Column, key.Kind);
        }

        return signature;
    }

    /// <summary>Whether rows written under the old signature stand as they are.</summary>
    public bool Keeps(string? old)
    {
        var before = old?.Split('\n').ToHashSet(StringComparer.Ordinal) ?? [];
        return _lines.All(line => before.Contains(line) || _harmless.Contains(line))
            && before.All(line => _lines.Contains(line) || line.StartsWith("key|", StringComparison.Ordinal) || line.Length == 0);
    }

    public override string ToString() => string.Join('\n', _lines.Order(StringComparer.Ordinal));

    private void Add(bool isHarmless, params object?[] parts)
    {
        var line = string.Join('|', parts.Select(part => Convert.ToString(part, CultureInfo.InvariantCulture)))
            .Replace("\\", @"\\", StringComparison.Ordinal).Replace("\n", @"\n", StringComparison.Ordinal);
        _lines.Add(line);
        if (isHarmless)
        {
            _harmless.Add(line);
        }
    }
}
