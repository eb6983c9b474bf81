using Npgsql;

namespace Flatfile.Agent.Handlers.Egress.Database;

/// <summary>A table as the database describes it.</summary>
/// <param name="Schema">Its schema.</param>
/// <param name="Name">Its name.</param>
/// <param name="Columns">Its columns in order.</param>
/// <param name="Keys">The sets of columns by which its rows are different.</param>
internal sealed record TargetTable(string Schema, string Name, IReadOnlyList<TargetColumn> Columns, IReadOnlyList<IReadOnlyList<string>> Keys)
{
    private const string ColumnsQuery =
        """
        SELECT a.attname, format_type(a.atttypid, NULL), format_type(a.atttypid, a.atttypmod), t.typtype::text, a.attnotnull, a.atthasdef OR a.attidentity <> '', a.attgenerated <> '' OR a.attidentity = 'a',
               CASE WHEN a.atttypid = 'numeric'::regtype AND a.atttypmod > 0 THEN (a.atttypmod - 4) & 65535 END,
               CASE WHEN a.atttypid IN ('varchar'::regtype, 'bpchar'::regtype) AND a.atttypmod > 0 THEN a.atttypmod - 4 END
        FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_type t ON t.oid = a.atttypid
        WHERE n.nspname = $1 AND c.relname = $2 AND c.relkind IN ('r', 'p', 'v', 'f') AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum
        """;

    private const string KeysQuery =
        """
        SELECT array_agg(a.attname::text ORDER BY a.attnum)
        FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = ANY (i.indkey)
        WHERE n.nspname = $1 AND c.relname = $2 AND i.indisunique AND i.indisvalid AND i.indpred IS NULL AND i.indexprs IS NULL GROUP BY i.indexrelid
        """;

    /// <summary>Looks a table up; null when there is none of the name, or none that may be seen.</summary>
    public static async Task<TargetTable?> FindAsync(NpgsqlConnection connection, string schema, string name, CancellationToken cancellationToken)
    {
        var columns = await ReadAsync(connection, ColumnsQuery, schema, name, row => new TargetColumn(
            row.GetString(0), row.GetString(1), row.GetString(2), row.IsDBNull(7) ? null : row.GetInt32(7), row.IsDBNull(8) ? null : row.GetInt32(8),
            row.GetString(3) == "e", !row.GetBoolean(4), row.GetBoolean(5), row.GetBoolean(6)), cancellationToken);
        return columns.Count == 0
            ? null
            : new TargetTable(schema, name, columns, await ReadAsync(connection, KeysQuery, schema, name, row => row.GetFieldValue<string[]>(0), cancellationToken));
    }

    private static async Task<List<T>> ReadAsync<T>(NpgsqlConnection connection, string sql, string schema, string name, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection) { Parameters = { new() { Value = schema }, new() { Value = name } } };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var all = new List<T>();
        while (await reader.ReadAsync(cancellationToken))
        {
            all.Add(read(reader));
        }

        return all;
    }
}
