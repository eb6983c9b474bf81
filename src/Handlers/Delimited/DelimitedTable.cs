using Flatfile.Agent.Handlers.Reading;

namespace Flatfile.Agent.Handlers.Delimited;

/// <summary>One table of a delimited file. It can be read until the file moves on to the next.</summary>
internal sealed class DelimitedTable(DelimitedFile file, string name) : ITable
{
    private readonly SniffedHeader _header = file.Header;
    private readonly PassedRows _above = file.Above;
    private bool _ended;

    public string Name => name;

    public IReadOnlyList<string> Labels => _header.Labels;

    public IReadOnlyList<ReadDecision> Decisions => DelimitedDecisions.Of(file.Sniffed, _header, _above, _ended ? file.Below : PassedRows.None);

    public long Row => file.Row;

    public string? Refusal => file.Refusal;

    public string? OriginalHeader => file.OriginalHeader;

    public ReadOnlySpan<char> Original => file.Original;

    public ValueTask<bool> ReadAsync(CancellationToken cancellationToken)
    {
        if (_ended)
        {
            return ValueTask.FromResult(false);
        }

        var read = file.ReadAsync(cancellationToken);
        return read is { IsCompletedSuccessfully: true, Result: true } ? ValueTask.FromResult(true) : EndedAsync(read);
    }

    private async ValueTask<bool> EndedAsync(ValueTask<bool> read)
    {
        _ended = !await read;
        return !_ended;
    }

    public ReadOnlySpan<char> Cell(int column) => file.Cell(column);

    public CellKind Kind(int column) => file.Cell(column).IsEmpty ? CellKind.Empty : CellKind.Text;

    public string? Remark(int column) => file.Remark(column);
}
