using System.Text;
using System.Text.Json;
using Flatfile.Agent.Handlers.Reading;

namespace Flatfile.Agent.Handlers.Ledger;

/// <summary>
/// The account of a file: what it was read as, and for every row whether it was written or why not. Kept on disk while the file is read,
/// so that a file of refused rows needs no more memory than any other.
/// </summary>
internal sealed class FileLedger : IAsyncDisposable
{
    private readonly FileStream _refusals = SpoolFile.Create();
    private readonly FileStream _originals = SpoolFile.Create();
    private readonly List<LedgerTable> _tables = [];
    private byte[] _bytes = new byte[4096];

    /// <summary>The tables begun so far.</summary>
    public IReadOnlyList<LedgerTable> Tables => _tables;

    /// <summary>Of all tables.</summary>
    public RowTally Total { get; } = new();

    /// <summary>A table begins; its rows follow.</summary>
    public LedgerTable Begin(ITable table, string sheetId)
    {
        var begun = new LedgerTable(table, sheetId);
        _tables.Add(begun);
        return begun;
    }

    /// <summary>A row was read and will be written.</summary>
    public void Take(LedgerTable table)
    {
        table.Tally.Take();
        Total.Take();
    }

    /// <summary>The server acknowledged rows.</summary>
    public void Write(LedgerTable table, long rows)
    {
        table.Tally.Write(rows);
        Total.Write(rows);
    }

    /// <summary>The current row of a table cannot be written.</summary>
    public void Refuse(LedgerTable table, string reason)
    {
        if (table.Tally.Refused == 0 && table.Source.OriginalHeader is { } header)
        {
            WriteOriginal(header);
        }

        table.Tally.Refuse(table.Source.Row, reason);
        Total.Refuse(table.Source.Row, reason);
        if (Total.Refused > 1)
        {
            _refusals.WriteByte((byte)',');
        }

        using (var writer = new Utf8JsonWriter(_refusals))
        {
            writer.WriteStartObject();
            writer.WriteString("table", table.Source.Name);
            writer.WriteNumber("row", table.Source.Row);
            if (table.Source.RefusedColumn is { } column)
            {
                writer.WriteString("column", table.Source.Labels[column]);
            }

            writer.WriteString("reason", reason);
            writer.WriteEndObject();
        }

        WriteOriginal(table.Source.Original);
    }

    /// <summary>The refused rows as they stand in the file, those of a table below its header; from the start.</summary>
    public Stream Originals()
    {
        _originals.Position = 0;
        return _originals;
    }

    /// <summary>The refused rows as members of a JSON array without its brackets; from the start.</summary>
    public Stream Refusals()
    {
        _refusals.Position = 0;
        return _refusals;
    }

    public async ValueTask DisposeAsync()
    {
        await _refusals.DisposeAsync();
        await _originals.DisposeAsync();
    }

    private void WriteOriginal(ReadOnlySpan<char> original)
    {
        original = original.TrimEnd("\r\n");
        var needed = Encoding.UTF8.GetMaxByteCount(original.Length) + 1;
        if (_bytes.Length < needed)
        {
            _bytes = new byte[needed];
        }

        var length = Encoding.UTF8.GetBytes(original, _bytes);
        _bytes[length] = (byte)'\n';
        _originals.Write(_bytes, 0, length + 1);
    }
}
