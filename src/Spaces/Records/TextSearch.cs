using System.Text;
using Microsoft.Data.Sqlite;

namespace Flatfile.Spaces.Records;

/// <summary>The condition for a search text.</summary>
internal static class TextSearch
{
    private const int Longest = 1_000;

    public static string Condition(SqliteConnection connection, SheetSchema schema, string search, string? searchField, Selection selection)
    {
        if (search.Length > Longest)
        {
            throw new RecordBodyException($"searchValue: {search.Length:N0} characters, at most {Longest:N0} are taken.");
        }

        IReadOnlyList<SheetField> fields = string.IsNullOrEmpty(searchField) ? schema.Fields : [Selection.FieldOf(schema, searchField, "searchField")];
        Func<SheetField, string> test;
        if (search is ['"', .., '"'] && search.Length >= 2)
        {
            var exact = search[1..^1];
            if (exact.Length == 0)
            {
                test = field => $"x.{RecordSql.Column(field.Column)} IS NULL";
            }
            else
            {
                var forms = fields.DistinctBy(Shape).ToDictionary(Shape, field => selection.IsForm(field, exact));
                test = field => $"x.{RecordSql.Column(field.Column)} {forms[Shape(field)]}";
                if (fields.Count == 1 && !string.IsNullOrEmpty(searchField))
                {
                    selection.Sought.Add(new SoughtColumn(fields[0].Column, AsNumber: false));
                }
            }
        }
        else if (Ascii.IsValid(search))
        {
            var pattern = selection.Text($"%{search.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("%", @"\%", StringComparison.Ordinal).Replace("_", @"\_", StringComparison.Ordinal)}%");
            if (fields.Any(field => field.MayBeList))
            {
                CellFunctions.Add(connection);
            }

            test = field => $@"{Text(field)} LIKE {pattern} ESCAPE '\'";
        }
        else
        {
            // SQLite folds the case of ASCII only.
            CellFunctions.Add(connection);
            var part = selection.Text(search);
            test = field => $"contains_folded({Text(field)}, {part})";
        }

        return RecordSql.Any([.. fields.Select(test)]);
    }

    /// <summary>Fields of one shape hold a text in the same forms.</summary>
    private static (bool, bool) Shape(SheetField field) => (field.IsTyped, field.Kind == FieldKind.Number);

    /// <summary>Lists and typed options lie there as JSON, which LIKE does not look into.</summary>
    private static string Text(SheetField field) =>
        field.MayBeList ? $"cell_text(x.{RecordSql.Column(field.Column)})"
        : field.IsTyped ? $"CAST(x.{RecordSql.Column(field.Column)} AS TEXT)"
        : $"x.{RecordSql.Column(field.Column)}";
}
