using System.Globalization;

namespace Flatfile.Api;

/// <summary>Reads one column of a table, up to the comma or parenthesis behind it.</summary>
internal sealed class SqlColumnReader(SqlWords words, SqlTable table)
{
    public void Read()
    {
        var line = words.Current.Line;
        var name = words.Name();
        if (!words.Current.IsName)
        {
            throw words.Fault($"the column '{name}' has no type.");
        }

        var column = new SqlColumn(name, words.Name(), line);
        table.Columns.Add(column);
        ReadType(column);
        while (!words.IsAtEnd && !words.Current.Is(",") && !words.Current.Is(")"))
        {
            ReadConstraint(column);
        }
    }

    /// <summary>A condition over columns of a table: options, or a rule whose message stands on its columns.</summary>
    public static void Check(SqlTable table, IReadOnlyList<SqlToken> condition)
    {
        if (SqlCheck.Options(condition) is { } options && table.Find(options.Column) is { } column)
        {
            column.Options.AddRange(options.Texts);
            return;
        }

        var (rule, columns) = SqlCheck.Rule(condition, table);
        if (columns.Count == 1)
        {
            table.Find(columns[0])!.Rules.Add(SheetPart.Rule(rule));
        }
        else if (columns.Count > 1)
        {
            table.Constraints.Add(SheetPart.SheetRule(rule, null, ValidationLevel.Error, [.. columns]));
        }
    }

    private void ReadType(SqlColumn column)
    {
        column.IsMade = SqlTypes.IsSerial(column.Type);
        if (words.Current.Is("("))
        {
            var given = words.Enclosed();
            if (column.Type.Equals("enum", StringComparison.OrdinalIgnoreCase))
            {
                column.Options.AddRange(given.Where(t => t.Kind == 't').Select(t => t.Text));
            }
            else if (given.Count > 0 && int.TryParse(given[0].Text, NumberStyles.None, CultureInfo.InvariantCulture, out var first))
            {
                ReadNumbers(column, first, given.Count > 2 && int.TryParse(given[2].Text, NumberStyles.None, CultureInfo.InvariantCulture, out var second) ? second : null);
            }
        }

        if (words.Take("varying") && words.Current.Is("("))
        {
            column.Rules.Add(FieldRules.Longest(column.Name, int.Parse(words.Enclosed()[0].Text, CultureInfo.InvariantCulture)));
        }

        while (words.Take("precision") || words.Take("unsigned") || words.Take("signed") || words.Take("zerofill")
            || words.Take("with", "time", "zone") || words.Take("without", "time", "zone"))
        {
            // What they say does not change the field.
        }

        if (words.Take("[", "]") || words.Take("array"))
        {
            column.Type += "[]";
        }

        if (SqlTypes.IsWhole(column.Type))
        {
            column.Rules.Add(FieldRules.Whole(column.Name));
        }
    }

    private static void ReadNumbers(SqlColumn column, int first, int? second)
    {
        if (SqlTypes.HasLength(column.Type))
        {
            column.Rules.Add(FieldRules.Longest(column.Name, first));
        }
        else if (column.Type.Equals("tinyint", StringComparison.OrdinalIgnoreCase) && first == 1)
        {
            column.Type = "boolean";
        }
        else if (second is { } places)
        {
            column.DecimalPlaces = places;
        }
    }

    private void ReadConstraint(SqlColumn column)
    {
        if (words.Take("constraint"))
        {
            words.Name();
        }
        else if (words.Take("not", "null"))
        {
            column.IsRequired = true;
        }
        else if (words.Take("primary", "key"))
        {
            table.Key = [column.Name];
        }
        else if (words.Take("unique"))
        {
            column.IsUnique = true;
            _ = words.Take("key");
        }
        else if (words.Take("default"))
        {
            var value = words.Current;
            words.SkipOne();
            column.Default = value.Kind is 't' or 'n' && !words.Current.Is("(") ? value.Text : value.Is("true") || value.Is("false") ? value.Text.ToLowerInvariant() : null;
            column.IsMade |= column.Default is null && !value.Is("null");
        }
        else if (words.Take("check"))
        {
            Check(table, words.Enclosed());
        }
        else if (words.Take("references"))
        {
            column.Reference = (words.Name(), words.Current.Is("(") ? words.Names()[0] : null);
        }
        else if (words.Take("comment"))
        {
            column.Comment = words.Next().Text;
        }
        else
        {
            column.IsMade |= words.Current.Is("generated") || words.Current.Is("identity") || words.Current.Is("auto_increment") || words.Current.Is("autoincrement");
            words.SkipOne();
        }
    }
}
