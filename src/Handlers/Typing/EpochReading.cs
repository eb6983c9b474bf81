using System.Globalization;

namespace Flatfile.Agent.Handlers.Typing;

/// <summary>Seconds or milliseconds since 1970, ten or thirteen digits.</summary>
public sealed class EpochReading : ValueReading
{
    /// <inheritdoc />
    public override ColumnType Type => ColumnType.DateTime;

    /// <inheritdoc />
    public override string Description => "seconds or milliseconds since 1970";

    /// <summary>A day with its time in UTC.</summary>
    public override string? Read(ReadOnlySpan<char> cell)
    {
        cell = cell.Trim();
        if (cell.Length is not (10 or 13) || cell[0] == '0' || !long.TryParse(cell, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return null;
        }

        var at = cell.Length == 10 ? DateTimeOffset.FromUnixTimeSeconds(number) : DateTimeOffset.FromUnixTimeMilliseconds(number);
        return at.ToString(at.Millisecond == 0 ? "yyyy-MM-dd'T'HH:mm:ss'Z'" : "yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
    }
}
