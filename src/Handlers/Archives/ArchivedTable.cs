using Flatfile.Agent.Handlers.Reading;

namespace Flatfile.Agent.Handlers.Archives;

/// <summary>A table of a file in an archive, under the name of both.</summary>
internal sealed class ArchivedTable(ITable inner, string name) : ITable
{
    public string Name => name;

    public IReadOnlyList<string> Labels => inner.Labels;

    public IReadOnlyList<ReadDecision> Decisions => inner.Decisions;

    public long Row => inner.Row;

    public string? Refusal => inner.Refusal;

    public ReadOnlySpan<char> Original => inner.Original;

    public ValueTask<bool> ReadAsync(CancellationToken cancellationToken) => inner.ReadAsync(cancellationToken);

    public ReadOnlySpan<char> Cell(int column) => inner.Cell(column);

    public CellKind Kind(int column) => inner.Kind(column);

    public string? Remark(int column) => inner.Remark(column);
}
