using Flatfile.Api;
using Microsoft.Data.Sqlite;

namespace Flatfile.Spaces.Records;

/// <summary>All sheets of a workbook, resolved together because they refer to each other. May be kept as long as no schema changes.</summary>
internal sealed class WorkbookSchema
{
    private const int LongestChain = 8;

    private readonly Dictionary<int, SheetSchema> _sheets = [];
    private readonly Dictionary<int, ColumnMap> _maps;

    private WorkbookSchema(Dictionary<int, ColumnMap> maps) => _maps = maps;

    public IEnumerable<SheetSchema> Sheets => _sheets.Values;

    public SheetSchema this[int number] => _sheets.TryGetValue(number, out var sheet)
        ? sheet
        : throw new InvalidOperationException($"The workbook has no sheet with number {number}.");

    /// <summary>Resolves sheets whose tables stand.</summary>
    public static WorkbookSchema Load(SqliteConnection connection, IReadOnlyList<SheetDefinition> sheets) =>
        Build(sheets, sheets.ToDictionary(sheet => sheet.Number, sheet => ColumnMap.Load(connection, sheet.Number, mayGrow: false)));

    /// <summary>Resolves sheets against these maps, which grow by what is missing if they may.</summary>
    public static WorkbookSchema Build(IReadOnlyList<SheetDefinition> sheets, Dictionary<int, ColumnMap> maps)
    {
        var workbook = new WorkbookSchema(maps);
        foreach (var definition in sheets)
        {
            var map = maps[definition.Number];
            var fields = definition.Config.Fields.DistinctBy(property => property.Key, StringComparer.Ordinal)
                .Select((property, position) => new SheetField(property, position, map.NumberOf(ColumnKind.Value, property.Key)));
            workbook._sheets.Add(definition.Number, new SheetSchema(definition, [.. fields]));
        }

        foreach (var sheet in workbook._sheets.Values)
        {
            foreach (var field in sheet.Fields)
            {
                field.TargetKind = workbook.ComparedAs(field, depth: 0);
            }
        }

        foreach (var sheet in workbook._sheets.Values)
        {
            workbook.AddReferences(sheet);
        }

        foreach (var sheet in workbook._sheets.Values)
        {
            workbook.AddUniqueRules(sheet);
        }

        return workbook;
    }

    public SheetSchema? BySlug(string slug) =>
        _sheets.Values.FirstOrDefault(sheet => sheet.Definition.Slug == slug)
        ?? _sheets.Values.FirstOrDefault(sheet => LastPart(sheet.Definition.Slug) == LastPart(slug));

    private static string LastPart(string slug) => slug[(slug.LastIndexOf('/') + 1)..];

    /// <summary>A reference is compared as what it finally refers to.</summary>
    private FieldKind ComparedAs(SheetField field, int depth) =>
        field.Kind != FieldKind.Reference ? field.Kind
        : Target(field).Field is { MayBeList: false } target && depth < LongestChain ? ComparedAs(target, depth + 1)
        : FieldKind.Text;

    private (SheetSchema? Sheet, SheetField? Field) Target(SheetField field)
    {
        var config = field.Property.Config;
        var sheet = config?.Ref is { } slug ? BySlug(slug) : null;
        var key = config?.Key is { } name ? sheet?.Find(name) : null;
        return key is null ? default : (sheet, key);
    }

    private void AddReferences(SheetSchema sheet)
    {
        foreach (var field in sheet.Fields)
        {
            if (field.Kind != FieldKind.Reference)
            {
                continue;
            }

            var (target, targetField) = Target(field);
            var filter = field.Property.Config?.Filter;
            var sourceFilter = filter is null ? null : sheet.Find(filter.RecordField);
            var targetFilter = filter is null ? null : target?.Find(filter.RefField);
            var isFiltered = sourceFilter is not null && targetFilter is not null;
            var rule = new ReferenceRule(
                sheet,
                field,
                field.MayBeList ? null : KeyOf(sheet, field),
                target,
                targetField is null ? null : KeyOf(target!, targetField),
                isFiltered ? KeyOf(sheet, sourceFilter!) : null,
                isFiltered ? KeyOf(target!, targetFilter!) : null);
            field.Reference = rule;
            field.IsCompared = true;
            sheet.References.Add(rule);
            rule.TargetKey?.ReferencedBy.Add(rule);
        }
    }

    private void AddUniqueRules(SheetSchema sheet)
    {
        foreach (var field in sheet.Fields)
        {
            var unique = field.Property.Constraints?.FirstOrDefault(constraint => constraint.Type == ConstraintType.Unique);
            if (unique is not null)
            {
                var key = unique.Config?.CaseSensitive == false
                    ? Shadow(sheet, ColumnKind.FoldedKey, field.Key, [field], [])
                    : KeyOf(sheet, field);
                var message = ConstraintMessage.Of(ValidationSource.UniqueConstraint, unique.Config, "The value stands in another row too");
                field.Unique = new UniqueRule(key, CellFlag.Unique.ToString(), [field.Column], message);
                sheet.UniqueRules.Add(field.Unique);
            }
        }

        var ordinal = -1;
        foreach (var constraint in sheet.Definition.Config.Constraints ?? [])
        {
            ordinal++;
            var fields = (constraint.Fields ?? []).Select(sheet.Find).OfType<SheetField>().Distinct().ToList();
            if (constraint.Type != ConstraintType.Unique || fields.Count == 0)
            {
                continue;
            }

            var required = (constraint.RequiredFields ?? []).Select(sheet.Find).OfType<SheetField>().ToList();
            var name = string.Join('\u001f', fields.Select(field => field.Key)) + '\u001e' + string.Join('\u001f', required.Select(field => field.Key));
            var key = Shadow(sheet, ColumnKind.CompositeKey, name, fields, required);
            var message = ConstraintMessage.Of(ValidationSource.UniqueConstraint, constraint.Config, "The combination stands in another row too");
            sheet.UniqueRules.Add(new UniqueRule(key, $"{CellFlag.Composite}{ordinal}", [.. fields.Select(field => field.Column)], message));
        }
    }

    /// <summary>The field's own column where text is its own key, else a shadow.</summary>
    private KeyColumn KeyOf(SheetSchema sheet, SheetField field)
    {
        var isOwn = !field.MayBeList && (field.Kind == FieldKind.Text || (field.Kind == FieldKind.Reference && field.TargetKind == FieldKind.Text));
        if (!isOwn)
        {
            return Shadow(sheet, ColumnKind.Key, field.Key, [field], []);
        }

        field.IsCompared = true;
        return Known(sheet, new KeyColumn(field.Column, ColumnKind.Value, [field], []));
    }

    private KeyColumn Shadow(SheetSchema sheet, ColumnKind kind, string name, IReadOnlyList<SheetField> fields, IReadOnlyList<SheetField> required)
    {
        foreach (var field in fields.Concat(required))
        {
            field.IsCompared = true;
            field.NeedsKeyText = true;
        }

        return Known(sheet, new KeyColumn(_maps[sheet.Number].NumberOf(kind, name), kind, fields, required));
    }

    private static KeyColumn Known(SheetSchema sheet, KeyColumn key)
    {
        var known = sheet.Keys.Find(other => other.Column == key.Column);
        if (known is null)
        {
            sheet.Keys.Add(key);
        }

        return known ?? key;
    }
}
