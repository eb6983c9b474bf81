using System.Globalization;
using System.Text;
using Flatfile.Agent.Handlers.Reading;
using Flatfile.Agent.Handlers.Spreadsheets.Package;

namespace Flatfile.Agent.Handlers.Spreadsheets.Xls;

/// <summary>Turns the record of a cell into cells of a row.</summary>
/// <param name="writer">Writes what is no text.</param>
/// <param name="texts">Texts the cells refer to.</param>
/// <param name="styles">Number formats the cells refer to.</param>
/// <param name="codePage">What the bytes of texts are before Excel 97; null for Unicode.</param>
internal sealed class XlsCells(CellWriter writer, SharedText texts, IReadOnlyList<NumberFormat> styles, Encoding? codePage)
{
    private const int ColumnAt = 2;
    private const int StyleAt = 4;
    private const int ValueAt = 6;
    private const int PackedLength = 6;
    private const int NoNumber = 0xFFFF;

    /// <summary>True for the records of cells that hold something.</summary>
    public static bool Are(int id) =>
        id is BiffRecord.PackedNumbers or BiffRecord.PackedNumber or BiffRecord.Number or BiffRecord.SharedText or BiffRecord.BooleanOrError
            or BiffRecord.Formula or BiffRecord.FormulaOf3 or BiffRecord.FormulaOf4 or BiffRecord.Text or BiffRecord.RichText;

    /// <summary>Adds what a record holds.</summary>
    /// <param name="row">Receives it.</param>
    /// <param name="records">Has read the record; a text may lead on to those behind.</param>
    /// <returns>False for a formula whose result is the text in a record behind it.</returns>
    public bool Add(SheetRow row, BiffRecords records)
    {
        var column = records.Small(ColumnAt);
        switch (records.Id)
        {
            case BiffRecord.PackedNumbers:
                for (var at = StyleAt; at + PackedLength + sizeof(ushort) <= records.Data.Length; at += PackedLength)
                {
                    Check(row, column, writer.Number(row, column, PackedNumber.Unpack(records.Number(at + sizeof(ushort))), Format(records.Small(at))));
                    column++;
                }

                return true;
            case BiffRecord.PackedNumber:
                Check(row, column, writer.Number(row, column, PackedNumber.Unpack(records.Number(ValueAt)), Format(records.Small(StyleAt))));
                return true;
            case BiffRecord.Number:
                Check(row, column, writer.Number(row, column, records.Real(ValueAt), Format(records.Small(StyleAt))));
                return true;
            case BiffRecord.SharedText:
                Check(row, column, texts.Add(row, column, records.Number(ValueAt), records.Number(ValueAt).ToString(CultureInfo.InvariantCulture)));
                return true;
            case BiffRecord.BooleanOrError:
                Check(row, column, BooleanOrError(row, column, records.Byte(ValueAt), records.Byte(ValueAt + 1) != 0));
                return true;
            case BiffRecord.Formula or BiffRecord.FormulaOf3 or BiffRecord.FormulaOf4:
                return Result(row, column, records);
            default:
                Text(row, column, new BiffText(records, ValueAt, codePage).Read(lengthBytes: 2));
                return true;
        }
    }

    /// <summary>Adds the text of a formula's result, which has a record of its own.</summary>
    public void TextResult(SheetRow row, int column, BiffRecords records) => Text(row, column, new BiffText(records, 0, codePage).Read(lengthBytes: 2));

    private static void Text(SheetRow row, int column, ReadOnlySpan<char> text) => Check(row, column, text.IsEmpty || row.Add(column, CellKind.Text, text));

    private NumberFormat Format(int style) => style < styles.Count ? styles[style] : NumberFormat.General;

    private bool BooleanOrError(SheetRow row, int column, byte value, bool isError) =>
        isError ? writer.Error(row, column, ErrorName.Of(value)) : CellWriter.Boolean(row, column, value != 0);

    private bool Result(SheetRow row, int column, BiffRecords records)
    {
        if (records.Small(ValueAt + 6) != NoNumber)
        {
            Check(row, column, writer.Number(row, column, records.Real(ValueAt), Format(records.Small(StyleAt))));
            return true;
        }

        var kind = records.Byte(ValueAt);
        if (kind is 1 or 2)
        {
            Check(row, column, BooleanOrError(row, column, records.Byte(ValueAt + 2), kind == 2));
        }

        return kind != 0;
    }

    private static void Check(SheetRow row, int column, bool added)
    {
        if (!added)
        {
            row.Refuse($"row {row.Number} has the cell {CellName.Of(column, row.Number)} twice");
        }
    }
}
