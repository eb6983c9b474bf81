using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using NpgsqlTypes;

namespace Flatfile.Agent.Handlers.Egress.Database;

/// <summary>Values of Flatfile as a column takes them: exactly, or not at all.</summary>
internal static partial class ColumnValue
{
    private const string Iso = "yyyy-MM-dd";

    private static readonly string[] Times = [Iso, "yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss.FFFFFF", "yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm:ss"];
    private static readonly string[] Instants = [.. Times, "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFK"];

    /// <summary>How values of a column travel; null for a type that is not written to.</summary>
    public static (NpgsqlDbType Type, string Staged, string Cast)? Way(TargetColumn column) => column.Type switch
    {
        "text" or "character varying" or "character" => (NpgsqlDbType.Text, "text", ""),
        "smallint" => (NpgsqlDbType.Smallint, "smallint", ""),
        "integer" => (NpgsqlDbType.Integer, "integer", ""),
        "bigint" => (NpgsqlDbType.Bigint, "bigint", ""),
        "numeric" => (NpgsqlDbType.Text, "text", "numeric"),
        "double precision" => (NpgsqlDbType.Double, "double precision", ""),
        "boolean" => (NpgsqlDbType.Boolean, "boolean", ""),
        "date" => (NpgsqlDbType.Date, "date", ""),
        "timestamp without time zone" => (NpgsqlDbType.Timestamp, "timestamp", ""),
        "timestamp with time zone" => (NpgsqlDbType.TimestampTz, "timestamptz", ""),
        "uuid" => (NpgsqlDbType.Uuid, "uuid", ""),
        "json" => (NpgsqlDbType.Json, "json", ""),
        "jsonb" => (NpgsqlDbType.Jsonb, "jsonb", ""),
        "text[]" => (NpgsqlDbType.Array | NpgsqlDbType.Text, "text[]", ""),
        _ when column.IsEnum => (NpgsqlDbType.Text, "text", column.Type),
        _ => null,
    };

    /// <summary>A value as its column takes it.</summary>
    /// <returns>Null for no value; the fault says what is wrong for a person.</returns>
    public static (object? Value, string? Fault) Of(JsonElement value, TargetColumn column)
    {
        if (value.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null || (value.ValueKind == JsonValueKind.String && value.GetString()!.Length == 0))
        {
            return column.MayBeNull ? (null, null) : (null, $"The column {column.Name} of the database must not be empty. Give a value.");
        }

        if (column.Type is "json" or "jsonb")
        {
            return Text(value.GetRawText(), column);
        }

        if (column.Type == "text[]")
        {
            return List(value, column);
        }

        var text = value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
        return column.Type switch
        {
            "smallint" => Whole<short>(text, column),
            "integer" => Whole<int>(text, column),
            "bigint" => Whole<long>(text, column),
            "numeric" => Number(text, column),
            "double precision" => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? (number, null) : Wrong(column, "a number such as 1.5"),
            "boolean" => bool.TryParse(text, out var truth) ? (truth, null) : Wrong(column, "true or false"),
            "date" => DateOnly.TryParseExact(text, Iso, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? (date, null) : Wrong(column, "a date such as 2026-01-31"),
            "timestamp without time zone" => DateTime.TryParseExact(text, Times, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
                ? (time, null) : Wrong(column, "a time such as 2026-01-31T10:30:00, without a time zone"),
            "timestamp with time zone" => DateTimeOffset.TryParseExact(text, Instants, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant)
                ? (instant.UtcDateTime, null) : Wrong(column, "a time such as 2026-01-31T10:30:00Z"),
            "uuid" => Guid.TryParse(text, out var id) ? (id, null) : Wrong(column, "a UUID"),
            _ => Text(text, column),
        };
    }

    private static (object?, string?) Text(string text, TargetColumn column) =>
        text.Contains('\0') ? (null, $"The column {column.Name} of the database cannot hold a NUL character. Take it out.")
        : column.Length is { } length && text.Length > length && text.EnumerateRunes().Count() > length ? Wrong(column, $"a text of at most {length} characters")
        : (text, null);

    private static (object?, string?) List(JsonElement value, TargetColumn column)
    {
        var texts = value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().Select(v => v.ValueKind == JsonValueKind.String ? v.GetString()! : v.GetRawText()).ToArray() : [value.ToString()];
        return texts.Any(t => t.Contains('\0')) ? Text("\0", column) : (texts, null);
    }

    private static (object?, string?) Whole<T>(string text, TargetColumn column) where T : struct, ISpanParsable<T>, System.Numerics.IMinMaxValue<T> =>
        WholeNumber().IsMatch(text) && T.TryParse(text, CultureInfo.InvariantCulture, out var number)
            ? (number, null)
            : Wrong(column, string.Create(CultureInfo.InvariantCulture, $"a whole number from {T.MinValue} to {T.MaxValue}"));

    /// <summary>As text, so that no digit is lost on the way; the database would round to its scale, so more digits than it keeps are refused.</summary>
    private static (object?, string?) Number(string text, TargetColumn column)
    {
        var match = DecimalNumber().Match(text);
        if (!match.Success || text.Length > 1_000 || (match.Groups["e"].Length > 0 && !(int.TryParse(match.Groups["e"].ValueSpan, CultureInfo.InvariantCulture, out var power) && Math.Abs(power) <= 1_000)))
        {
            return Wrong(column, "a number such as 1.5");
        }

        var exponent = match.Groups["e"].Length > 0 ? int.Parse(match.Groups["e"].ValueSpan, CultureInfo.InvariantCulture) : 0;
        var digits = match.Groups["f"].Value.TrimEnd('0').Length - exponent;
        return column.Scale is { } scale && digits > scale ? Wrong(column, $"a number with at most {scale} digits behind the point") : (text, null);
    }

    private static (object?, string?) Wrong(TargetColumn column, string wanted) => (null, $"The column {column.Name} of the database takes {wanted}. Correct the value.");

    [GeneratedRegex(@"\A-?[0-9]{1,19}\z", RegexOptions.CultureInvariant)]
    private static partial Regex WholeNumber();

    [GeneratedRegex(@"\A[+-]?(?:[0-9]+(?:\.(?<f>[0-9]*))?|\.(?<f>[0-9]+))(?:[eE](?<e>[+-]?[0-9]{1,5}))?\z", RegexOptions.CultureInvariant)]
    private static partial Regex DecimalNumber();
}
