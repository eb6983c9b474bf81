using Flatfile.Agent.Handlers.Reading;

namespace Flatfile.Agent.Handlers.Xml;

/// <summary>An XML file opened for reading: a first pass found its records and columns, each table is read by a pass of its own.</summary>
internal sealed class XmlFile : ITableFile
{
    private const string Separator = "/";

    private readonly FileContent _content;
    private readonly XmlSource _source;
    private readonly IReadOnlyList<XmlTable> _tables;
    private int _next;

    private XmlFile(FileContent content, XmlSource source, XmlSurvey survey, ReadOptions options)
    {
        (_content, _source) = (content, source);
        var (records, decisions) = XmlRecords.Find(survey, options);
        var fileName = Path.GetFileNameWithoutExtension(content.Head.Name);
        var names = records.Count == 1 ? [fileName] : TableChoice.Distinct(records.Select(r => r.Name));
        var choice = new TableChoice(options);
        choice.Check([.. names]);
        _tables = [.. names.Zip(records).Where(t => choice.Takes(t.First)).Select(t => new XmlTable(t.First, t.Second, survey, source, new XmlColumns(t.Second, options.PathSeparator ?? Separator)))];
        Decisions = [source.Decision, .. decisions];
    }

    public string Format => "XML";

    public IReadOnlyList<ReadDecision> Decisions { get; }

    public double Progress => _tables.Count == 0 ? 1 : Math.Min(1, (Math.Max(0, _next - 1) + _source.Progress) / _tables.Count);

    /// <exception cref="UnreadableFileException">It is no XML, or holds no records.</exception>
    public static async Task<XmlFile> OpenAsync(FileContent content, ReadOptions options, CancellationToken cancellationToken)
    {
        var source = await XmlSource.OpenAsync(content, options, cancellationToken);
        return new XmlFile(content, source, XmlSurvey.Run(source, cancellationToken), options);
    }

    public ValueTask<ITable?> NextTableAsync(CancellationToken cancellationToken)
    {
        Close();
        return ValueTask.FromResult<ITable?>(_next < _tables.Count ? _tables[_next++] : null);
    }

    public async ValueTask DisposeAsync()
    {
        Close();
        await _content.DisposeAsync();
    }

    private void Close()
    {
        if (_next > 0)
        {
            _tables[_next - 1].Dispose();
        }
    }
}
