using System.Globalization;
using Flatfile.Agent.Handlers.Reading;
using Flatfile.Agent.Handlers.Spreadsheets.Package;

namespace Flatfile.Agent.Handlers.Spreadsheets.Xlsb;

/// <summary>Turns the record of a cell into a cell of a row.</summary>
/// <param name="writer">Writes what is no text.</param>
/// <param name="texts">Texts the cells refer to.</param>
/// <param name="styles">Number formats the cells refer to.</param>
internal sealed class XlsbCells(CellWriter writer, SharedText texts, IReadOnlyList<NumberFormat> styles)
{
    private const int StyleMask = 0xFFFFFF;

    /// <summary>Adds a cell.</summary>
    /// <param name="row">Receives it.</param>
    /// <param name="column">0 for A.</param>
    /// <param name="id">The record's id; of a short cell that of the long one.</param>
    /// <param name="record">The record.</param>
    /// <param name="at">Where the style stands in it; the value stands behind.</param>
    public void Add(SheetRow row, int column, int id, XlsbRecords record, int at)
    {
        var style = (int)(record.Number(at) & StyleMask);
        var format = style < styles.Count ? styles[style] : NumberFormat.General;
        at += sizeof(uint);
        var added = id switch
        {
            XlsbRecord.PackedNumberCell => writer.Number(row, column, PackedNumber.Unpack(record.Number(at)), format),
            XlsbRecord.NumberCell or XlsbRecord.NumberResult => writer.Number(row, column, record.Real(at), format),
            XlsbRecord.ErrorCell or XlsbRecord.ErrorResult => writer.Error(row, column, ErrorName.Of(record.Byte(at))),
            XlsbRecord.BooleanCell or XlsbRecord.BooleanResult => CellWriter.Boolean(row, column, record.Byte(at) != 0),
            XlsbRecord.TextCell or XlsbRecord.TextResult => Text(row, column, record.Text(ref at)),
            XlsbRecord.RichTextCell => Text(row, column, RichText(record, at)),
            XlsbRecord.SharedTextCell => texts.Add(row, column, record.Number(at), record.Number(at).ToString(CultureInfo.InvariantCulture)),
            _ => true,
        };
        if (!added)
        {
            row.Refuse($"row {row.Number} has the cell {CellName.Of(column, row.Number)} twice");
        }
    }

    private static ReadOnlySpan<char> RichText(XlsbRecords record, int at)
    {
        at++;
        return record.Text(ref at);
    }

    private static bool Text(SheetRow row, int column, ReadOnlySpan<char> text)
    {
        if (text.Length > SheetRow.MaxCell)
        {
            row.RefuseLong(column);
            return true;
        }

        return text.IsEmpty || row.Add(column, CellKind.Text, text);
    }
}
