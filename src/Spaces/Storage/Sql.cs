using Flatfile.Sqlite;
using Microsoft.Data.Sqlite;

namespace Flatfile.Spaces.Storage;

/// <summary>Short forms for statements with parameters. Texts of statements are constants; values are always parameters.</summary>
internal static class Sql
{
    /// <summary>Runs a statement and answers how many rows it changed.</summary>
    public static int Execute(this SqliteConnection connection, string sql, params ReadOnlySpan<(string Name, object? Value)> parameters) =>
        PreparedCommand.Run(connection, sql, parameters);

    /// <summary>The first column of the first row, or null.</summary>
    public static object? Scalar(this SqliteConnection connection, string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        using var command = PreparedCommand.Of(connection, sql, parameters);
        using var reader = command.Read();
        var value = reader.Read() && !reader.IsDBNull(0) ? reader.GetValue(0) : null;
        command.Keep();
        return value;
    }

    /// <summary>A whole number; 0 when there is no row.</summary>
    public static long Number(this SqliteConnection connection, string sql, params ReadOnlySpan<(string Name, object? Value)> parameters) =>
        Scalar(connection, sql, parameters) is long number ? number : 0;

    /// <summary>All rows.</summary>
    public static List<T> Rows<T>(
        this SqliteConnection connection, string sql, Func<SqliteDataReader, T> row, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        using var command = PreparedCommand.Of(connection, sql, parameters);
        using var reader = command.Read();
        var rows = new List<T>();
        while (reader.Read())
        {
            rows.Add(row(reader));
        }

        command.Keep();
        return rows;
    }

    /// <summary>The first row, or nothing.</summary>
    public static T? Row<T>(
        this SqliteConnection connection, string sql, Func<SqliteDataReader, T> row, params ReadOnlySpan<(string Name, object? Value)> parameters)
        where T : class
    {
        using var command = PreparedCommand.Of(connection, sql, parameters);
        using var reader = command.Read();
        var first = reader.Read() ? row(reader) : null;
        command.Keep();
        return first;
    }

    /// <summary>A text column that may be null.</summary>
    public static string? Text(this SqliteDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);

    /// <summary>A statement that is not kept, to read as a stream or to run many times.</summary>
    public static SqliteCommand Command(this SqliteConnection connection, string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters)
        {
            command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        }

        return command;
    }
}
