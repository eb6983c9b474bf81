using System.Globalization;

namespace Flatfile.Agent.Handlers.Typing;

/// <summary>Days as spreadsheets count them: 45000 is 2023-03-15.</summary>
/// <param name="count1904">Days are counted from 1904, as in old files of a Macintosh.</param>
public sealed class SerialDateReading(bool count1904 = false) : ValueReading
{
    /// <summary>1900 had no 29 February, though spreadsheets count one: below day 61 nobody can say which day is meant.</summary>
    private const double First = 61;

    private const double Last = 2_958_466;

    private static readonly DateTime From1900 = new(1899, 12, 30, 0, 0, 0, DateTimeKind.Unspecified);
    private static readonly DateTime From1904 = new(1904, 1, 1, 0, 0, 0, DateTimeKind.Unspecified);

    /// <inheritdoc />
    public override ColumnType Type => ColumnType.Date;

    /// <inheritdoc />
    public override string Description => count1904 ? "days of a spreadsheet since 1904" : "days of a spreadsheet since 1900";

    /// <summary>A day, or a day with its time where the number has decimals.</summary>
    public override string? Read(ReadOnlySpan<char> cell)
    {
        if (!double.TryParse(cell.Trim(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var days) || days is < First or >= Last || (count1904 && days >= Last - 1_462))
        {
            return null;
        }

        var seconds = Math.Round(days * 86_400);
        var at = (count1904 ? From1904 : From1900).AddSeconds(seconds);
        return at.ToString(at.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : "yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);
    }
}
