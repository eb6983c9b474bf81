using System.Globalization;

namespace Flatfile.Agent.Handlers.Typing;

/// <summary>Numbers in sentences.</summary>
internal static class Counted
{
    /// <summary><c>1 value</c>, <c>1,234 values</c>.</summary>
    public static string Values(long count) => Of(count, "value", "values");

    public static string Rows(long count) => Of(count, "row", "rows");

    public static string Of(long count, string one, string many) => string.Create(CultureInfo.InvariantCulture, $"{count:N0} {(count == 1 ? one : many)}");
}
