using System.Globalization;
using Flatfile.Agent.Handlers.Reading;

namespace Flatfile.Agent.Handlers.Spreadsheets;

/// <summary>Puts values into rows as the text that means what the sheet shows: numbers by their format, errors and missing results with a remark.</summary>
/// <param name="from1904">Days are counted from 1904.</param>
internal sealed class CellWriter(bool from1904)
{
    private const string NoResult = "Holds a formula whose result is not stored in the file. Open the file in a spreadsheet program, save it, and upload it again.";

    private readonly DateText _dates = new(from1904);
    private readonly Dictionary<string, string> _errors = new(StringComparer.Ordinal);

    /// <summary>Formats of cells whose shown text stands for the number, and of percentages.</summary>
    public HashSet<NumberFormat> Noted { get; } = [];

    /// <summary>Writes a number by its format.</summary>
    /// <param name="row">Receives the cell.</param>
    /// <param name="column">0 for A.</param>
    /// <param name="value">The number.</param>
    /// <param name="format">Tells what it means.</param>
    /// <param name="stored">The number as the file writes it where that is text, for digits that a double does not hold.</param>
    public bool Number(SheetRow row, int column, double value, NumberFormat format, ReadOnlySpan<byte> stored = default)
    {
        var target = row.Reserve(NumberSection.MaxMasked);
        string? remark = null;
        switch (format.Meaning)
        {
            case NumberMeaning.Date when _dates.Write(value, format.Shape, target) is > 0 and var length:
                return row.Add(column, CellKind.Date, length);
            case NumberMeaning.Date:
                remark = "Is shown as a date but is none: the number stands instead.";
                break;
            case NumberMeaning.Duration when DateText.WriteDuration(value, target) is > 0 and var length:
                return row.Add(column, CellKind.Text, length);
            case NumberMeaning.Identifier when format.WriteIdentifier(value, target) is > 0 and var length:
                Noted.Add(format);
                return row.Add(column, CellKind.Text, length);
            case NumberMeaning.Percent:
                Noted.Add(format);
                break;
        }

        if (!NumberText.IsWhole(stored))
        {
            return row.Add(column, CellKind.Number, NumberText.Write(value, target), remark);
        }

        for (var i = 0; i < stored.Length; i++)
        {
            target[i] = (char)stored[i];
        }

        return row.Add(column, CellKind.Number, stored.Length, remark);
    }

    public static bool Boolean(SheetRow row, int column, bool value) => row.Add(column, CellKind.Boolean, value ? "true" : "false");

    /// <summary>Writes an error such as <c>#N/A</c>.</summary>
    public bool Error(SheetRow row, int column, string error)
    {
        if (!_errors.TryGetValue(error, out var remark))
        {
            remark = $"Holds the error {error} of the spreadsheet. Correct the formula there, or enter the value here.";
            if (_errors.Count < 64)
            {
                _errors.Add(error, remark);
            }
        }

        return row.Add(column, CellKind.Error, error, remark);
    }

    /// <summary>Writes a date that stands as text in the file.</summary>
    public static bool IsoDate(SheetRow row, int column, ReadOnlySpan<char> text, NumberFormat format)
    {
        if (text.StartsWith('P') && Duration(text) is { } length)
        {
            return row.Add(column, CellKind.Text, DateText.WriteDuration(length.TotalDays, row.Reserve(DateText.MaxLength)));
        }

        if (!DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind | DateTimeStyles.NoCurrentDateDefault, out var moment))
        {
            return row.Add(column, CellKind.Text, text);
        }

        // A day and time without a zone is written like those that are counted; anything else stays as the file writes it.
        if (moment.Kind != DateTimeKind.Unspecified || text.Length < "yyyy-MM-ddTHH".Length || text[10] != 'T')
        {
            return row.Add(column, CellKind.Date, text);
        }

        var shape = format.Meaning == NumberMeaning.Date && format.Shape != DateShape.Time ? format.Shape : DateShape.DateAndTime;
        return row.Add(column, CellKind.Date, DateText.Write(DateText.Round(moment), shape, row.Reserve(DateText.MaxLength)));
    }

    private static TimeSpan? Duration(ReadOnlySpan<char> text)
    {
        try
        {
            return System.Xml.XmlConvert.ToTimeSpan(text.ToString());
        }
        catch (Exception fault) when (fault is FormatException or OverflowException)
        {
            return null;
        }
    }

    /// <summary>Writes a formula without its result.</summary>
    public static bool Unknown(SheetRow row, int column) => row.Add(column, CellKind.Empty, default(ReadOnlySpan<char>), NoResult);
}
