using System.Xml;

namespace Flatfile.Agent.Handlers.Typing;

/// <summary>Times of a day, or lengths of time.</summary>
/// <param name="type"><see cref="ColumnType.Time"/> or <see cref="ColumnType.Duration"/>.</param>
public sealed class TimeReading(ColumnType type = ColumnType.Time) : ValueReading
{
    /// <inheritdoc />
    public override ColumnType Type => type;

    /// <inheritdoc />
    public override string Description => type == ColumnType.Time ? "time of day" : "length of time";

    /// <summary><c>10:30:00</c> for a time, <c>PT26H30M</c> for a length.</summary>
    public override string? Read(ReadOnlySpan<char> cell) =>
        type == ColumnType.Time ? TimeText.Parse(cell)?.Iso : DurationOf(cell.Trim()) is { } length ? XmlConvert.ToString(length) : null;

    internal static TimeSpan? DurationOf(ReadOnlySpan<char> cell)
    {
        if (cell.Length is < 3 or > 32)
        {
            return null;
        }

        if (cell[0] is 'P' or 'p')
        {
            try
            {
                return XmlConvert.ToTimeSpan(cell.ToString().ToUpperInvariant());
            }
            catch (FormatException)
            {
                return null;
            }
            catch (OverflowException)
            {
                return null;
            }
        }

        Span<int> parts = stackalloc int[3];
        var count = 0;
        foreach (var range in cell.Split(':'))
        {
            var part = cell[range];
            if (count == 3 || part.Length is 0 or > 4 || (count > 0 && part.Length != 2) || !AsciiDigits.Are(part))
            {
                return null;
            }

            parts[count++] = int.Parse(part, System.Globalization.CultureInfo.InvariantCulture);
        }

        return count >= 2 && parts[1] < 60 && parts[2] < 60 ? new TimeSpan(parts[0], parts[1], parts[2]) : null;
    }
}
