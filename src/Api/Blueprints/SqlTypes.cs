namespace Flatfile.Api;

/// <summary>What columns' types become.</summary>
internal static class SqlTypes
{
    private static readonly HashSet<string> Whole = new(StringComparer.OrdinalIgnoreCase)
    {
        "int", "integer", "bigint", "smallint", "tinyint", "mediumint", "int2", "int4", "int8", "serial", "bigserial", "smallserial",
    };

    private static readonly HashSet<string> Numbers = new(StringComparer.OrdinalIgnoreCase)
    {
        "decimal", "numeric", "dec", "number", "float", "real", "double", "float4", "float8", "money", "smallmoney",
    };

    private static readonly HashSet<string> Truths = new(StringComparer.OrdinalIgnoreCase) { "bool", "boolean", "bit" };

    private static readonly HashSet<string> Texts = new(StringComparer.OrdinalIgnoreCase)
    {
        "char", "character", "nchar", "varchar", "nvarchar", "varchar2", "bpchar", "text", "tinytext", "mediumtext", "longtext", "ntext", "clob", "citext", "uuid", "uniqueidentifier", "timestamp", "timestamptz",
        "datetime", "datetime2", "smalldatetime", "datetimeoffset", "time", "timetz", "interval", "year", "json", "jsonb", "xml", "inet", "cidr", "macaddr",
    };

    /// <summary>The type of a field; null for types that no cell can hold.</summary>
    public static string? FieldType(string type) =>
        IsWhole(type) || Numbers.Contains(type) ? PropertyType.Number
        : Truths.Contains(type) ? PropertyType.Boolean
        : type.Equals("date", StringComparison.OrdinalIgnoreCase) ? PropertyType.Date
        : type.Equals("enum", StringComparison.OrdinalIgnoreCase) ? PropertyType.Enum
        : Texts.Contains(type) ? PropertyType.String
        : null;

    public static bool IsWhole(string type) => Whole.Contains(type);

    /// <summary>The database gives the value itself.</summary>
    public static bool IsSerial(string type) => type.EndsWith("serial", StringComparison.OrdinalIgnoreCase);

    /// <summary>Its first number is the longest length.</summary>
    public static bool HasLength(string type) => type.Contains("char", StringComparison.OrdinalIgnoreCase);
}
