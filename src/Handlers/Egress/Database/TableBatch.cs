using System.Text.Json;
using Npgsql;

namespace Flatfile.Agent.Handlers.Egress.Database;

/// <summary>Brings the rows of one page into the table, and finds those that cannot be: their own values first, then what the database says to them.</summary>
internal sealed class TableBatch(NpgsqlConnection connection, TablePlan plan)
{
    private const string Savepoint = "range";

    private readonly List<JsonElement> _staged = [];

    /// <summary>The rows that were refused, each with the reasons.</summary>
    public Dictionary<string, List<Rejections.FieldRejection>> Refused { get; } = new(StringComparer.Ordinal);

    /// <summary>Makes the temporary table of a plan.</summary>
    public static async Task PrepareAsync(NpgsqlConnection connection, TablePlan plan, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(plan.CreateStaging, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Writes rows, in the transaction that is given.</summary>
    /// <returns>How many are in the table.</returns>
    public async Task<int> WriteAsync(IReadOnlyList<JsonElement> rows, NpgsqlTransaction transaction, CancellationToken cancellationToken)
    {
        await CopyAsync(rows, cancellationToken);
        if (_staged.Count > 0)
        {
            await InsertAsync(0, _staged.Count - 1, transaction, cancellationToken);
        }

        return rows.Count - Refused.Count;
    }

    private async Task CopyAsync(IReadOnlyList<JsonElement> rows, CancellationToken cancellationToken)
    {
        await using (var empty = new NpgsqlCommand(plan.Empty, connection))
        {
            await empty.ExecuteNonQueryAsync(cancellationToken);
        }

        await using var copy = await connection.BeginBinaryImportAsync(plan.Copy, cancellationToken);
        var values = new object?[plan.Fields.Count];
        foreach (var row in rows)
        {
            if (!Convert(row, values))
            {
                continue;
            }

            await copy.StartRowAsync(cancellationToken);
            await copy.WriteAsync((long)_staged.Count, NpgsqlTypes.NpgsqlDbType.Bigint, cancellationToken);
            for (var i = 0; i < values.Length; i++)
            {
                await (values[i] is { } value ? copy.WriteAsync(value, plan.Fields[i].Type, cancellationToken) : copy.WriteNullAsync(cancellationToken));
            }

            _staged.Add(row);
        }

        await copy.CompleteAsync(cancellationToken);
    }

    private bool Convert(JsonElement row, object?[] values)
    {
        var (cells, isGood) = (row.GetProperty("values"), true);
        for (var i = 0; i < values.Length; i++)
        {
            var field = plan.Fields[i];
            var value = cells.TryGetProperty(field.Field.Key, out var cell) && cell.TryGetProperty("value", out var found) ? found : default;
            (values[i], var fault) = ColumnValue.Of(value, field.Column);
            if (fault is not null)
            {
                Refuse(row, field.Field.Key, fault);
                isGood = false;
            }
        }

        return isGood;
    }

    /// <summary>Writes a run of rows. When the database refuses it, its halves are tried: so the rows that are at fault are found, and only they are left out.</summary>
    private async Task InsertAsync(int from, int to, NpgsqlTransaction transaction, CancellationToken cancellationToken)
    {
        await transaction.SaveAsync(Savepoint, cancellationToken);
        try
        {
            await using var insert = new NpgsqlCommand(plan.Insert, connection) { Parameters = { new() { Value = (long)from }, new() { Value = (long)to } } };
            await insert.ExecuteNonQueryAsync(cancellationToken);
            await transaction.ReleaseAsync(Savepoint, cancellationToken);
            return;
        }
        catch (PostgresException fault) when (IsOfRows(fault))
        {
            await transaction.RollbackAsync(Savepoint, cancellationToken);
            await transaction.ReleaseAsync(Savepoint, cancellationToken);
            if (from == to)
            {
                Refuse(_staged[from], FieldOf(fault), $"The database refused the row: {fault.MessageText}. Correct it, or see the owner of {plan.Table}.");
                return;
            }
        }

        var middle = from + ((to - from) / 2);
        await InsertAsync(from, middle, transaction, cancellationToken);
        await InsertAsync(middle + 1, to, transaction, cancellationToken);
    }

    /// <summary>Values, constraints, one key twice in a statement, and what triggers raise.</summary>
    private static bool IsOfRows(PostgresException fault) =>
        fault.SqlState[..2] is "22" or "23" || fault.SqlState is PostgresErrorCodes.CardinalityViolation or PostgresErrorCodes.RaiseException;

    private string FieldOf(PostgresException fault) =>
        (plan.Fields.FirstOrDefault(f => f.Column.Name == fault.ColumnName)
            ?? plan.Fields.FirstOrDefault(f => fault.ConstraintName?.Contains(f.Column.Name, StringComparison.OrdinalIgnoreCase) == true)
            ?? plan.Fields[0]).Field.Key;

    private void Refuse(JsonElement row, string field, string reason)
    {
        var id = row.GetProperty("id").GetString()!;
        if (!Refused.TryGetValue(id, out var reasons))
        {
            Refused[id] = reasons = [];
        }

        reasons.Add(new Rejections.FieldRejection { Field = field, Message = reason });
    }
}
