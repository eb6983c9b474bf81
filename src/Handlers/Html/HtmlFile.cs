using Flatfile.Agent.Handlers.Reading;

namespace Flatfile.Agent.Handlers.Html;

/// <summary>An HTML file opened for reading: a first pass found its tables and their headers, the rows come from further passes.</summary>
internal sealed class HtmlFile : ITableFile
{
    private readonly FileContent _content;
    private readonly HtmlSource _source;
    private readonly IReadOnlyList<HtmlTable> _tables;
    private HtmlWalker? _walker;
    private int _next;

    private HtmlFile(FileContent content, HtmlSource source, IReadOnlyList<HtmlTableFacts> facts, ReadOptions options)
    {
        (_content, _source) = (content, source);
        var names = Names(facts, Path.GetFileNameWithoutExtension(content.Head.Name));
        var choice = new TableChoice(options);
        choice.Check([.. names]);
        _tables = [.. names.Zip(facts).Where(t => choice.Takes(t.First)).Select(t => new HtmlTable(t.First, t.Second.Number, t.Second.Close(options), this))];
        Decisions = [source.Decision];
    }

    public string Format => "HTML";

    public IReadOnlyList<ReadDecision> Decisions { get; }

    public double Progress => _source.Progress;

    /// <summary>Some bytes are not in the file's encoding; they read as U+FFFD.</summary>
    public bool HasFaults => _source.HasFaults;

    /// <exception cref="UnreadableFileException">It holds no table with rows.</exception>
    public static async Task<HtmlFile> OpenAsync(FileContent content, ReadOptions options, CancellationToken cancellationToken)
    {
        var source = await HtmlSource.OpenAsync(content, options, cancellationToken);
        var tables = Survey(source, cancellationToken);
        return tables.Count > 0 ? new HtmlFile(content, source, tables, options)
            : throw new UnreadableFileException("This HTML file holds no table with rows. Upload a page with a <table>, or the data as CSV.");
    }

    public ValueTask<ITable?> NextTableAsync(CancellationToken cancellationToken) =>
        ValueTask.FromResult<ITable?>(_next < _tables.Count ? _tables[_next++] : null);

    public ValueTask DisposeAsync() => _content.DisposeAsync();

    /// <summary>A walker that has not come to that table yet: the one of the table before goes on, unless the table stands inside that one.</summary>
    public HtmlWalker WalkTo(int table) => _walker is { } walker && walker.Begun <= table ? walker : _walker = new HtmlWalker(_source.Cut());

    private static List<HtmlTableFacts> Survey(HtmlSource source, CancellationToken cancellationToken)
    {
        var tables = new Dictionary<int, HtmlTableFacts>();
        var walker = new HtmlWalker(source.Cut());
        while (walker.Next() is { } row)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!tables.TryGetValue(row.Table, out var facts) && !row.IsBlank)
            {
                if (tables.Count == TableLimits.Tables)
                {
                    throw TableLimits.TooManyTables("Split the page, or upload the data as CSV.");
                }

                tables.Add(row.Table, facts = new HtmlTableFacts(row.Table));
            }

            facts?.Learn(row);
            if (facts is { Caption: "" })
            {
                facts.Caption = row.Caption;
            }
        }

        return [.. tables.Values.OrderBy(t => t.Number)];
    }

    private static IReadOnlyList<string> Names(IReadOnlyList<HtmlTableFacts> facts, string fileName) => TableChoice.Distinct(
        facts.Select((f, i) => f.Caption.Length > 0 ? f.Caption[..Math.Min(f.Caption.Length, 100)] : facts.Count == 1 ? fileName : $"Table {i + 1}"));
}
