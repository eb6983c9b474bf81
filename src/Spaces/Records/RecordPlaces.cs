using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Flatfile.Spaces.Records;

/// <summary>Where records stand in a selection, counted from 0.</summary>
internal static class RecordPlaces
{
    /// <summary>The places of those records that the selection has, in its order.</summary>
    public static List<(string Id, long Index)> Of(SqliteConnection connection, SheetSchema schema, RowQuery query, IReadOnlyList<string> ids)
    {
        var wanted = new HashSet<long>();
        foreach (var id in ids)
        {
            if (RecordId.TryParse(id, schema.Number, out var row))
            {
                wanted.Add(row);
            }
        }

        var places = new List<(string, long)>();
        var order = string.IsNullOrEmpty(query.SortField)
            ? "x.id"
            : RecordCursor.Order(Selection.FieldOf(schema, query.SortField, "sortField"), query.IsDescending);
        var selection = Selection.Of(connection, schema, query);
        using var select = new Statement(connection, string.Create(CultureInfo.InvariantCulture, $"SELECT x.id FROM {schema.Table} x WHERE {selection.Where} ORDER BY {order}"));
        selection.Bind(select);
        for (var index = 0L; wanted.Count > 0 && select.Step(); index++)
        {
            if (wanted.Remove(select.Long(0)))
            {
                places.Add((RecordId.Of(schema.Number, select.Long(0)), index));
            }
        }

        return places;
    }
}
