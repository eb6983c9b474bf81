using System.Globalization;

namespace Flatfile.Spaces.Records;

/// <summary>Names of tables, columns and indexes: made of numbers this program gave out, never of anybody's text.</summary>
internal static class RecordSql
{
    /// <summary>Rows of one block: pages are found by counting blocks, not rows.</summary>
    public const int BlockBits = 12;

    public static string Table(int sheet) => string.Create(CultureInfo.InvariantCulture, $"r_{sheet}");

    /// <summary>The elements of a list field's cells.</summary>
    public static string Elements(int sheet, int column) => string.Create(CultureInfo.InvariantCulture, $"l_{sheet}_{column}");

    public static string Column(int column) => string.Create(CultureInfo.InvariantCulture, $"c{column}");

    public static string KeyIndex(int sheet, int column) => string.Create(CultureInfo.InvariantCulture, $"k_{sheet}_{column}");

    public static string SoughtIndex(int sheet, int column, bool asNumber) =>
        string.Create(CultureInfo.InvariantCulture, $"u_{sheet}_{column}{(asNumber ? "n" : "")}");

    public static string ErrorIndex(int sheet) => string.Create(CultureInfo.InvariantCulture, $"b_{sheet}");

    public static string ChangeIndex(int sheet) => string.Create(CultureInfo.InvariantCulture, $"h_{sheet}");

    /// <summary>Joins conditions as a tree: a long chain is too deep for SQLite.</summary>
    public static string Any(ReadOnlySpan<string> conditions) => conditions.IsEmpty ? "0" : Tree(conditions, "OR");

    /// <inheritdoc cref="Any" />
    public static string All(ReadOnlySpan<string> conditions) => conditions.IsEmpty ? "1" : Tree(conditions, "AND");

    private static string Tree(ReadOnlySpan<string> conditions, string connective) => conditions.Length == 1
        ? conditions[0]
        : $"({Tree(conditions[..(conditions.Length / 2)], connective)} {connective} {Tree(conditions[(conditions.Length / 2)..], connective)})";
}
