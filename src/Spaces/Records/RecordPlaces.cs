using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Flatfile.Spaces.Records;

/// <summary>Where records stand in a selection, counted from 0.</summary>
internal static class RecordPlaces
{
    /// <summary>The places of those records that the selection has, in its order.</summary>
    public static List<(string Id, long Index)> Of(SqliteConnection connection, SheetSchema schema, RowQuery query, IReadOnlyList<string> ids)
    {
        if (ids.Count > RecordLimits.Ids)
        {
            throw new RecordBodyException($"ids: {ids.Count:N0} ids are asked for, at most {RecordLimits.Ids:N0} are taken.", "ids");
        }

        var wanted = new SortedSet<long>();
        foreach (var id in ids)
        {
            if (RecordId.TryParse(id, schema.Number, out var row))
            {
                wanted.Add(row);
            }
        }

        var selection = Selection.Of(connection, schema, query);
        return string.IsNullOrEmpty(query.SortField) && selection.Metric is { } metric
            ? Counted(connection, schema, selection, metric, wanted)
            : Walked(connection, schema, query, selection, wanted);
    }

    /// <summary>By the counts of blocks: costs the same wherever the rows stand.</summary>
    private static List<(string, long)> Counted(SqliteConnection connection, SheetSchema schema, Selection selection, BlockMetric metric, SortedSet<long> wanted)
    {
        var before = selection.Range is { } range ? BlockIndex.CountBefore(connection, schema, metric, range.First) : 0;
        var row = selection.Number(0);
        using var has = new Statement(connection, $"SELECT 1 FROM {schema.Table} x WHERE x.id = {row} AND {selection.Where}");
        selection.Bind(has);
        var places = new List<(string, long)>();
        foreach (var one in wanted)
        {
            has.Bind(int.Parse(row[1..], CultureInfo.InvariantCulture), one);
            if (has.Step())
            {
                places.Add((RecordId.Of(schema.Number, one), BlockIndex.CountBefore(connection, schema, metric, one) - before));
            }

            has.Reset();
        }

        return places;
    }

    private static List<(string, long)> Walked(SqliteConnection connection, SheetSchema schema, RowQuery query, Selection selection, SortedSet<long> wanted)
    {
        var places = new List<(string, long)>();
        var order = string.IsNullOrEmpty(query.SortField)
            ? "x.id"
            : RecordCursor.Order(Selection.FieldOf(schema, query.SortField, "sortField"), query.IsDescending);
        using var select = new Statement(connection, $"SELECT x.id FROM {schema.Table} x WHERE {selection.Where} ORDER BY {order}");
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
