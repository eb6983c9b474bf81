using System.Globalization;
using System.Text.Json;
using Flatfile.Agent.Handlers.Reading;

namespace Flatfile.Agent.Handlers.Spreadsheets;

/// <summary>A sheet as a table: the columns that hold something, the rows below the header.</summary>
/// <param name="name">The sheet's name.</param>
/// <param name="reader">At the sheet's beginning.</param>
/// <param name="layout">Which rows and columns the table is made of.</param>
/// <param name="notes">What the cells were made of, for the decisions.</param>
internal sealed class SpreadsheetTable(string name, ISheetReader reader, SheetLayout layout, CellWriter notes) : ITable
{
    private readonly SheetRow _row = new();
    private readonly HashSet<int> _columns = [.. layout.Columns];
    private string? _original;

    public string Name => name;

    public IReadOnlyList<string> Labels => layout.Labels;

    public IReadOnlyList<ReadDecision> Decisions => [.. layout.Decisions, .. Counted()];

    public long Row => _row.Number;

    public string? Refusal { get; private set; }

    public ReadOnlySpan<char> Original => _original ??= Json();

    public async ValueTask<bool> ReadAsync(CancellationToken cancellationToken)
    {
        _original = null;
        while (await reader.ReadAsync(_row, cancellationToken))
        {
            if (_row.Number >= layout.Header.FirstDataRow)
            {
                Refusal = _row.Refusal ?? Outside();
                return true;
            }
        }

        return false;
    }

    public ReadOnlySpan<char> Cell(int column) => _row.Text(layout.Columns[column]);

    public CellKind Kind(int column) => _row.Kind(layout.Columns[column]);

    public string? Remark(int column) => _row.Remark(layout.Columns[column]);

    /// <summary>A value beside the table, where the sheet said it has none, would be lost.</summary>
    private string? Outside()
    {
        for (var i = 0; i < _row.Count; i++)
        {
            var column = _row.ColumnAt(i);
            if (!_columns.Contains(column) && !_row.Text(column).IsWhiteSpace())
            {
                return $"row {Row} has a value in cell {CellName.Of(column, Row)}, beside the table's {layout.Columns.Count} columns";
            }
        }

        return null;
    }

    private string Json()
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartArray();
            for (var column = 0; column <= Enumerable.Range(0, _row.Count).Select(_row.ColumnAt).DefaultIfEmpty(-1).Max(); column++)
            {
                json.WriteStringValue(_row.Text(column));
            }

            json.WriteEndArray();
        }

        return System.Text.Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    private IEnumerable<ReadDecision> Counted()
    {
        if (reader.Merges > 0)
        {
            yield return new ReadDecision("mergedCells", Text(reader.Merges), 1, "The value of merged cells stands in the first of them; the others are empty.");
        }

        if (reader.HiddenRows > 0)
        {
            yield return new ReadDecision("hiddenRows", Text(reader.HiddenRows), 1, "Rows that the sheet hides, by a filter or by hand, are read like the others.");
        }

        foreach (var format in notes.Noted.OrderBy(f => f.Code, StringComparer.Ordinal))
        {
            yield return format.Meaning == NumberMeaning.Percent
                ? new ReadDecision("numberFormat", format.Code, 1, "Percentages are read as the number that is stored: 25% is 0.25.")
                : new ReadDecision("numberFormat", format.Code, 0.9, "Whole numbers in this format are read as they are shown, with their zeros and signs.");
        }
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
