using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Flatfile.Agent.Handlers.Reading;

using Flatfile.Agent.Handlers.Spreadsheets.Package;

namespace Flatfile.Agent.Handlers.Spreadsheets.Xlsx;

/// <summary>Turns what a cell of a sheet's XML says into a cell of a row.</summary>
/// <param name="writer">Writes what is no text.</param>
/// <param name="strings">Texts the cells refer to; null when the workbook has none.</param>
/// <param name="styles">Number formats the cells refer to.</param>
internal sealed class XlsxCells(CellWriter writer, SharedStrings? strings, IReadOnlyList<NumberFormat> styles)
{
    // A decimal with no more digits than these is the shortest text of the double it is stored in.
    private const int SafeDigits = 15;

    private readonly SharedText _texts = new(strings);

    /// <summary>Adds a cell.</summary>
    /// <param name="row">Receives it.</param>
    /// <param name="column">0 for A.</param>
    /// <param name="type">The attribute t: what <paramref name="raw"/> is.</param>
    /// <param name="style">The attribute s; its number format tells what a number means.</param>
    /// <param name="raw">The value as it stands in the file; empty for none.</param>
    /// <param name="formula">The value is a formula's result.</param>
    public void Add(SheetRow row, int column, ReadOnlySpan<byte> type, int style, ReadOnlySpan<byte> raw, bool formula)
    {
        if (raw.IsEmpty)
        {
            if (formula && !type.SequenceEqual("str"u8))
            {
                CellWriter.Unknown(row, column);
            }

            return;
        }

        if (raw.Length > SheetRow.MaxCell * 6L)
        {
            row.RefuseLong(column);
            return;
        }

        var added = type switch
        {
            [] or [(byte)'n'] => Number(row, column, style, raw),
            [(byte)'s'] => Shared(row, column, raw),
            [(byte)'b'] => CellWriter.Boolean(row, column, raw is [(byte)'1'] or [(byte)'t', ..]),
            [(byte)'e'] => writer.Error(row, column, Encoding.UTF8.GetString(raw)),
            [(byte)'d'] => CellWriter.IsoDate(row, column, Encoding.UTF8.GetString(raw), Format(style)),
            _ => Text(row, column, raw),
        };
        if (!added)
        {
            row.Refuse($"row {row.Number} has the cell {CellName.Of(column, row.Number)} twice");
        }
    }

    private NumberFormat Format(int style) => (uint)style < (uint)styles.Count ? styles[style] : NumberFormat.General;

    private bool Number(SheetRow row, int column, int style, ReadOnlySpan<byte> raw)
    {
        var format = Format(style);
        if (format.Meaning == NumberMeaning.Number && IsShortest(raw))
        {
            var target = row.Reserve(raw.Length);
            for (var i = 0; i < raw.Length; i++)
            {
                target[i] = (char)raw[i];
            }

            return row.Add(column, CellKind.Number, raw.Length);
        }

        raw = raw.Trim(" \t\r\n"u8);
        if (double.TryParse(raw, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value))
        {
            return writer.Number(row, column, value, format, raw);
        }

        return raw.IsEmpty || row.Add(column, CellKind.Text, Encoding.UTF8.GetString(raw), "Is marked as a number in the file but is none.");
    }

    /// <summary>True when the text is the number in its shortest form: a whole number of any length, or a decimal whose digits a double holds.</summary>
    private static bool IsShortest(ReadOnlySpan<byte> raw)
    {
        var digits = raw[0] == '-' ? raw[1..] : raw;
        if (digits.IsEmpty || digits.Length >= NumberText.MaxLength || digits[0] is < (byte)'0' or > (byte)'9' || (digits[0] == '0' && digits.Length > 1 && digits[1] != '.'))
        {
            return false;
        }

        var point = digits.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        return point < 0
            || (digits[point] == '.' && digits.Length - 1 <= SafeDigits && digits[^1] is > (byte)'0' and <= (byte)'9'
                && digits[(point + 1)..].IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0 && !digits.StartsWith("0.000000"u8));
    }

    private bool Shared(SheetRow row, int column, ReadOnlySpan<byte> raw)
    {
        var isNumber = Utf8Parser.TryParse(raw, out long index, out var used) && used == raw.Length;
        return isNumber && index >= 0 && index < _texts.Count ? _texts.Add(row, column, index, default) : _texts.Add(row, column, -1, Encoding.UTF8.GetString(raw));
    }

    private static bool Text(SheetRow row, int column, ReadOnlySpan<byte> raw)
    {
        var length = XmlText.Decode(raw, row.Reserve(raw.Length));
        return length < 0 ? NotText(row, column, raw) : length == 0 || row.Add(column, CellKind.Text, length);
    }

    private static bool NotText(SheetRow row, int column, ReadOnlySpan<byte> bytes)
    {
        row.Refuse($"row {row.Number} holds bytes that are no text in cell {CellName.Of(column, row.Number)}");
        return row.Add(column, CellKind.Text, Encoding.UTF8.GetString(bytes));
    }
}
