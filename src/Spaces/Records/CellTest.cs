using System.Globalization;
using System.Text;
using Flatfile.Spaces.Records.Ffql;
using Microsoft.Data.Sqlite;

namespace Flatfile.Spaces.Records;

/// <summary>
/// Conditions on one cell: numbers are compared as numbers, dates as dates, truth values by their meaning, everything else as text, character
/// by character. An empty cell is equal to the empty text and to nothing else. A list's text is its elements joined by a comma and a space.
/// </summary>
internal sealed class CellTest(SqliteConnection connection, Selection selection)
{
    private readonly Dictionary<(char Form, string Value), string> _parameters = [];

    /// <summary>The condition for one field; nothing where the value has no order in it.</summary>
    public string? Of(SheetField field, FfqlOperator operation, string value)
    {
        var column = $"x.{RecordSql.Column(field.Column)}";
        if (value.Length == 0)
        {
            return $"({column} IS NULL)";
        }

        return operation switch
        {
            FfqlOperator.Eq => $"({column} IS NOT NULL AND {Equal(field, column, value)})",
            FfqlOperator.Like => $"({column} IS NOT NULL AND {Text(field, column)} GLOB {Once('g', value, () => selection.Text(TextPattern.Glob(value)))})",
            FfqlOperator.Ilike => $"({column} IS NOT NULL AND {Folded(field, column, value)})",
            FfqlOperator.Contains when field.MayBeList => $"({column} IS NOT NULL AND {Use()}list_has({column}, {Plain(value)}))",
            FfqlOperator.Contains => $"({column} IS NOT NULL AND instr({Text(field, column)}, {Plain(value)}) > 0)",
            _ => Ordered(field, column, operation, value),
        };
    }

    /// <summary>The column an index could find a value in; none where cells must be read to be compared.</summary>
    public static IEnumerable<SoughtColumn> Sought(SheetField field, string value)
    {
        var bytes = Encoding.UTF8.GetBytes(value);
        return field.MayBeList || (field.Kind == FieldKind.Boolean && BooleanText.Cast(bytes) is not null) || (field.Kind == FieldKind.Date && DateText.Cast(bytes) is not null)
            ? []
            : [new SoughtColumn(field.Column, field.Kind == FieldKind.Number && Number(value) is not null)];
    }

    /// <summary>The conditions for any field. Order is looked at only in fields that have the value's kind.</summary>
    public IEnumerable<string> OfAny(IEnumerable<SheetField> fields, FfqlOperator operation, string value)
    {
        if (operation is not (FfqlOperator.Lt or FfqlOperator.Gt or FfqlOperator.Lte or FfqlOperator.Gte))
        {
            return fields.Select(field => Of(field, operation, value)!);
        }

        var bytes = Encoding.UTF8.GetBytes(value);
        var isTyped = Number(value) is not null || DateText.Cast(bytes) is not null;
        return fields.Where(field => !isTyped || (!field.MayBeList && field.Kind is FieldKind.Number or FieldKind.Date))
            .Select(field => Of(field, operation, value)).OfType<string>();
    }

    private static string IsValue(SheetField field) =>
        string.Create(CultureInfo.InvariantCulture, $"ifnull(instr(x.flags, ',{field.Column}{CellFlag.InvalidValue},'), 0) = 0");

    private static double? Number(string value) =>
        NumberText.Cast(Encoding.UTF8.GetBytes(value)) is { } json && double.TryParse(json, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && double.IsFinite(number) ? number : null;

    private string Equal(SheetField field, string column, string value)
    {
        var bytes = Encoding.UTF8.GetBytes(value);
        if (!field.MayBeList)
        {
            switch (field.Kind)
            {
                case FieldKind.Number when Number(value) is { } number:
                    // The first half finds candidates, by an index where there is one; the second is exact in every digit.
                    return $"(CAST({column} AS REAL) = {Once('r', value, () => selection.Number(number))} AND {IsValue(field)} AND {Use()}same_number({column}, {Plain(value)}))";
                case FieldKind.Boolean when BooleanText.Cast(bytes) is { } truth:
                    return $"trim({column}, ' ' || char(9)) COLLATE NOCASE IN ({string.Join(", ", BooleanText.Spelled(truth).Select(text => $"'{text}'"))})";
                case FieldKind.Date when DateText.Cast(bytes) is { } date:
                    return $"{Date(field, column)} = {Plain(date)}";
                default:
                    return $"{column} {Once(field.IsTyped || field.Kind == FieldKind.Number ? 'f' : 'p', value, () => selection.IsForm(field, value))}";
            }
        }

        return $"{Text(field, column)} = {Plain(value)}";
    }

    private string? Ordered(SheetField field, string column, FfqlOperator operation, string value)
    {
        var sign = operation switch { FfqlOperator.Lt => "<", FfqlOperator.Gt => ">", FfqlOperator.Lte => "<=", _ => ">=" };
        if (field.MayBeList || field.Kind is FieldKind.Text or FieldKind.Enum or FieldKind.Reference)
        {
            return $"({column} IS NOT NULL AND {Text(field, column)} {sign} {Plain(value)})";
        }

        switch (field.Kind)
        {
            case FieldKind.Number when Number(value) is { } number:
                return $"({column} IS NOT NULL AND CAST({column} AS REAL) {sign} {Once('r', value, () => selection.Number(number))} AND {IsValue(field)})";
            case FieldKind.Date when DateText.Cast(Encoding.UTF8.GetBytes(value)) is { } date:
                return $"({column} IS NOT NULL AND {IsValue(field)} AND {Date(field, column)} {sign} {Plain(date)})";
            default:
                return null;
        }
    }

    /// <summary>Dates mostly lie there as they are compared; only others go through the function.</summary>
    private string Date(SheetField field, string column) =>
        $"CASE WHEN length({column}) = 10 AND substr({column}, 5, 1) = '-' AND substr({column}, 8, 1) = '-' AND {IsValue(field)} THEN {column} ELSE {Use()}date_of({column}) END";

    private string Folded(SheetField field, string column, string value) => Ascii.IsValid(value)
        ? $@"{Text(field, column)} LIKE {Once('l', value, () => selection.Text(TextPattern.Like(value)))} ESCAPE '\'"
        : $"{Use()}like_folded({Text(field, column)}, {Plain(value)})";

    private string Text(SheetField field, string column) =>
        field.MayBeList ? $"{Use()}cell_text({column})" : $"CAST({column} AS TEXT)";

    private string Plain(string value) => Once('t', value, () => selection.Text(value));

    /// <summary>A comparison of any field uses its value as often as there are fields.</summary>
    private string Once(char form, string value, Func<string> parameter)
    {
        if (!_parameters.TryGetValue((form, value), out var known))
        {
            _parameters.Add((form, value), known = parameter());
        }

        return known;
    }

    private string Use()
    {
        CellFunctions.Add(connection);
        return "";
    }
}
