using System.Buffers;
using System.Text;
using System.Text.Unicode;
using Flatfile.Agent.Handlers.Reading;

namespace Flatfile.Agent.Handlers.Spreadsheets.Package;

/// <summary>Puts texts that a workbook keeps apart from its cells into rows.</summary>
/// <param name="strings">Null when the workbook has none.</param>
internal sealed class SharedText(SharedStrings? strings)
{
    /// <summary>Texts there are.</summary>
    public long Count => strings?.Count ?? 0;

    /// <summary>Adds a cell; refuses its row when there is no such text.</summary>
    /// <param name="row">Receives the cell.</param>
    /// <param name="column">0 for A.</param>
    /// <param name="index">The text's number; -1 for what is no number.</param>
    /// <param name="written">The number as the file writes it.</param>
    /// <returns>False when the row has a cell in this column already.</returns>
    public bool Add(SheetRow row, int column, long index, ReadOnlySpan<char> written)
    {
        if (strings is null || index < 0 || index >= strings.Count)
        {
            row.Refuse($"row {row.Number} refers to text number {written} in cell {CellName.Of(column, row.Number)}, of which the workbook has {Count}");
            return row.Add(column, CellKind.Text, written);
        }

        var text = strings.Get(index);
        if (text.Length > SheetRow.MaxCell * 3L)
        {
            row.RefuseLong(column);
            return true;
        }

        if (Utf8.ToUtf16(text, row.Reserve(text.Length), out _, out var length, replaceInvalidSequences: false) == OperationStatus.Done)
        {
            return length == 0 || row.Add(column, CellKind.Text, length);
        }

        row.Refuse($"row {row.Number} holds bytes that are no text in cell {CellName.Of(column, row.Number)}");
        return row.Add(column, CellKind.Text, Encoding.UTF8.GetString(text));
    }
}
