using ExcelDataReader;

namespace Flatfile.Agent.Handlers.Spreadsheets.Library;

/// <summary>Reads the rows of a sheet through ExcelDataReader.</summary>
/// <param name="reader">At the sheet; not disposed here.</param>
/// <param name="cells">Writes what is no text.</param>
internal sealed class LibrarySheetReader(IExcelDataReader reader, CellWriter cells) : ISheetReader
{
    private const int RowsAtOnce = 1024;

    private static readonly DateTime FirstDay1900 = new(1899, 12, 31);
    private static readonly DateTime FirstDay1904 = new(1904, 1, 1);

    private readonly Dictionary<string, NumberFormat> _formats = new(StringComparer.Ordinal);

    /// <summary>Not told: it costs little to look.</summary>
    public (int First, int Last)? Width => null;

    public IReadOnlyList<MergedRange> HeaderMerges { get; } =
        [.. (reader.MergeCells ?? []).Where(m => m.FromRow < SheetHeader.MaxRow).Take(SheetHeader.MaxMerges).Select(m => new MergedRange(m.FromRow + 1, m.ToRow + 1, m.FromColumn, m.ToColumn))];

    public long Merges { get; } = reader.MergeCells?.Length ?? 0;

    /// <summary>Not told.</summary>
    public long HiddenRows => 0;

    public double Progress => reader.RowCount <= 0 ? 0 : Math.Clamp((reader.Depth + 1.0) / reader.RowCount, 0, 1);

    public ValueTask<bool> ReadAsync(SheetRow row, CancellationToken cancellationToken)
    {
        while (Next(cancellationToken))
        {
            LibraryFaults.Guard(() => Take(row), withPassword: false);
            if (row.HasContent)
            {
                return ValueTask.FromResult(true);
            }
        }

        return ValueTask.FromResult(false);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private bool Next(CancellationToken cancellationToken)
    {
        if (reader.Depth % RowsAtOnce == 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
        }

        return LibraryFaults.Guard(reader.Read, withPassword: false);
    }

    private bool Take(SheetRow row)
    {
        row.Clear(reader.Depth + 1);
        for (var column = 0; column < reader.FieldCount; column++)
        {
            switch (reader.GetValue(column))
            {
                case null or "":
                    break;
                case string text:
                    row.Add(column, Reading.CellKind.Text, text);
                    break;
                case bool value:
                    CellWriter.Boolean(row, column, value);
                    break;
                case DateTime moment:
                    Moment(row, column, moment);
                    break;
                case TimeSpan length:
                    cells.Number(row, column, length.TotalDays, NumberFormat.BuiltIn(46));
                    break;
                case IConvertible number:
                    cells.Number(row, column, number.ToDouble(System.Globalization.CultureInfo.InvariantCulture), Format(column));
                    break;
            }
        }

        return true;
    }

    /// <summary>The library makes a moment of every number shown as a date or time: a time of day stands on the first day there is.</summary>
    private void Moment(SheetRow row, int column, DateTime moment)
    {
        var shape = Format(column) is { Meaning: NumberMeaning.Date } format ? format.Shape : DateShape.Either;
        var rounded = moment.AddTicks(TimeSpan.TicksPerMillisecond / 2);
        rounded = rounded.AddTicks(-(rounded.Ticks % TimeSpan.TicksPerMillisecond));
        var target = row.Reserve(DateText.MaxLength);
        var isTime = shape is DateShape.Time or DateShape.Either && (rounded.Date == FirstDay1900 || rounded.Date == FirstDay1904);
        row.Add(column, Reading.CellKind.Date, isTime ? DateText.WriteTime(rounded.TimeOfDay, target) : DateText.Write(rounded, shape, target));
    }

    private NumberFormat Format(int column)
    {
        var code = reader.GetNumberFormatString(column);
        if (string.IsNullOrEmpty(code))
        {
            return NumberFormat.General;
        }

        if (!_formats.TryGetValue(code, out var format))
        {
            format = NumberFormat.Parse(code);
            _formats.Add(code, format);
        }

        return format;
    }
}
