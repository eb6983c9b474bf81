using Microsoft.Data.Sqlite;

namespace Flatfile.Spaces.Records;

/// <summary>Finds the n-th row of a sheet by counting blocks of rows, so that the last page costs what the first does.</summary>
internal static class BlockIndex
{
    /// <summary>The first row of the block that holds row number <paramref name="offset"/> of the metric, and how many to skip in it.</summary>
    /// <returns>Nothing when there are fewer rows.</returns>
    public static (long Row, long Skip)? Locate(SqliteConnection connection, int sheet, BlockMetric metric, long offset)
    {
        using var select = new Statement(connection, $"SELECT block, {Sql(metric)} FROM record_blocks WHERE sheet = ? ORDER BY block");
        select.Bind(1, sheet);
        while (select.Step())
        {
            var count = select.Long(1);
            if (offset < count)
            {
                return (select.Long(0) << RecordSql.BlockBits, offset);
            }

            offset -= count;
        }

        return null;
    }

    /// <summary>How many rows of the metric lie before a row.</summary>
    public static long CountBefore(SqliteConnection connection, SheetSchema schema, BlockMetric metric, long row)
    {
        var block = row >> RecordSql.BlockBits;
        var whole = Statement.Scalar(connection, $"SELECT SUM({Sql(metric)}) FROM record_blocks WHERE sheet = ? AND block < ?", schema.Number, block) ?? 0;
        var condition = metric switch { BlockMetric.Valid => " AND bad IS NULL", BlockMetric.Errors => " AND bad IS NOT NULL", _ => "" };
        var rest = Statement.Scalar(connection, $"SELECT COUNT(*) FROM {schema.Table} WHERE id >= ? AND id < ?{condition}", block << RecordSql.BlockBits, row) ?? 0;
        return whole + rest;
    }

    private static string Sql(BlockMetric metric) => metric switch
    {
        BlockMetric.Valid => "total - errors",
        BlockMetric.Errors => "errors",
        _ => "total",
    };
}
