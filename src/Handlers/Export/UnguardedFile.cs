using Flatfile.Agent.Handlers.Reading;

namespace Flatfile.Agent.Handlers.Export;

/// <summary>A file whose texts were made harmless when it was exported, read as they were before: one apostrophe less in front.</summary>
internal sealed class UnguardedFile(ITableFile file) : ITableFile
{
    /// <inheritdoc />
    public string Format => file.Format;

    /// <inheritdoc />
    public IReadOnlyList<ReadDecision> Decisions =>
        [.. file.Decisions, new("guarded", "true", 1, "The reading options say that texts begin with an apostrophe where a spreadsheet would take them for formulas.")];

    /// <inheritdoc />
    public double Progress => file.Progress;

    /// <inheritdoc />
    public async ValueTask<ITable?> NextTableAsync(CancellationToken cancellationToken) =>
        await file.NextTableAsync(cancellationToken) is { } table ? new Table(table) : null;

    /// <inheritdoc />
    public ValueTask DisposeAsync() => file.DisposeAsync();

    private sealed class Table(ITable table) : ITable
    {
        public string Name => table.Name;

        public IReadOnlyList<string> Labels { get; } = [.. table.Labels.Select(l => FormulaGuard.Undo(l).ToString())];

        public IReadOnlyList<ReadDecision> Decisions => table.Decisions;

        public long Row => table.Row;

        public string? Refusal => table.Refusal;

        public ReadOnlySpan<char> Original => table.Original;

        public ValueTask<bool> ReadAsync(CancellationToken cancellationToken) => table.ReadAsync(cancellationToken);

        public ReadOnlySpan<char> Cell(int column) => FormulaGuard.Undo(table.Cell(column));

        public CellKind Kind(int column) => table.Kind(column);

        public string? Remark(int column) => table.Remark(column);
    }
}
